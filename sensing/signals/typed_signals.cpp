// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/typed_signals.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"
#include "sensing/signals/inertial_units.h"
#include "sensing/signals/wfdb.h"

namespace reprise::sensing {
namespace {

constexpr const char* kTyping = "finding the signals to measure";
constexpr double kLeastRunS = 0.5;   // unsourced default
constexpr double kLeastForceN = 20;  // unsourced default

using engine::SampleRange;

/// The stretches of [0, size) in which no channel is missing.
std::vector<SampleRange> common_runs(const std::vector<const SignalChannel*>& channels, std::size_t size) {
  std::vector<SampleRange> missing;
  for (const SignalChannel* channel : channels)
    missing.insert(missing.end(), channel->missing.begin(), channel->missing.end());
  std::sort(missing.begin(), missing.end(),
            [](const SampleRange& a, const SampleRange& b) { return a.begin < b.begin; });
  std::vector<SampleRange> runs;
  std::size_t at = 0;
  for (const SampleRange& gap : missing) {
    if (gap.begin > at) runs.push_back({at, gap.begin});
    at = std::max(at, gap.end);
  }
  if (at < size) runs.push_back({at, size});
  return runs;
}

/// The channels of one sensor, as far as found.
struct SensorChannels {
  std::string place, name;
  std::array<const SignalChannel*, 3> acceleration = {}, angular_velocity = {};

  [[nodiscard]] static bool whole(const std::array<const SignalChannel*, 3>& axes) {
    return axes[0] != nullptr && axes[1] != nullptr && axes[2] != nullptr;
  }
};

std::vector<SensorChannels> sensors_of(const SignalGroup& group, const std::vector<ChannelMeaning>& meanings,
                                       std::vector<SignalFinding>& findings) {
  std::vector<SensorChannels> sensors;
  for (std::size_t c = 0; c < group.channels.size(); ++c) {
    const SignalChannel& channel = group.channels[c];
    const ChannelMeaning& meaning = meanings[c];
    const bool acceleration = meaning.quantity == SignalQuantity::acceleration;
    const auto axis = axis_index(meaning.axis);
    if ((!acceleration && meaning.quantity != SignalQuantity::angular_velocity) || !axis) continue;
    const std::string name = channel.sensor.empty() ? group.name : channel.sensor;
    auto at = std::find_if(sensors.begin(), sensors.end(), [&](const SensorChannels& s) {
      return s.place == meaning.place && s.name == name;
    });
    if (at == sensors.end()) at = sensors.insert(at, {meaning.place, name, {}, {}});
    const SignalChannel*& slot = (acceleration ? at->acceleration : at->angular_velocity)[*axis];
    if (slot != nullptr) {
      findings.push_back({"channel_ignored",
                          "Channel '" + shown(channel.name) + "' means the same as '" + shown(slot->name) +
                              "' and was not used.",
                          "Say what it measures in a description of the columns."});
      continue;
    }
    slot = &channel;
  }
  return sensors;
}

SensorAxes axes_of(const std::array<const SignalChannel*, 3>& channels) {
  SensorAxes axes;
  for (std::size_t i = 0; i < 3; ++i) axes.axes[i] = &channels[i]->values;
  axes.unit = channels[0]->unit;
  return axes;
}

std::vector<Vec3<Sensor>> vectors(const SensorAxes& axes, SampleRange run, double factor) {
  std::vector<Vec3<Sensor>> out;
  out.reserve(run.end - run.begin);
  for (std::size_t i = run.begin; i < run.end; ++i)
    out.emplace_back((*axes.axes[0])[i] * factor, (*axes.axes[1])[i] * factor, (*axes.axes[2])[i] * factor);
  return out;
}

InertialSensor typed_sensor(const SensorChannels& found, const SignalGroup& group,
                            std::vector<SignalFinding>& findings) {
  std::string shown_name = shown(found.place.empty() ? found.name : found.place);
  if (shown_name.empty()) shown_name = "the sensor";
  std::vector<const SignalChannel*> channels(found.acceleration.begin(), found.acceleration.end());
  const bool gyroscope = SensorChannels::whole(found.angular_velocity);
  if (gyroscope)
    channels.insert(channels.end(), found.angular_velocity.begin(), found.angular_velocity.end());
  std::vector<SampleRange> runs = common_runs(channels, group.size());
  const auto least = static_cast<std::size_t>(std::ceil(kLeastRunS * group.rate.value())) + 1;
  const std::size_t all = runs.size();
  runs.erase(std::remove_if(runs.begin(), runs.end(),
                            [&](const SampleRange& run) { return run.end - run.begin < least; }),
             runs.end());
  if (runs.size() < all) {
    findings.push_back({"short_runs",
                        std::to_string(all - runs.size()) + " stretches of '" + shown_name +
                            "' between gaps are shorter than half a second and were left out.",
                        ""});
  }
  InertialSensor sensor{found.place, found.name, {}};
  if (runs.empty()) return sensor;
  const SensorAxes acceleration = axes_of(found.acceleration);
  const double to_mps2 = acceleration_factor(acceleration, runs, shown_name, findings);
  SensorAxes angular_velocity;
  double to_radps = 1;
  if (gyroscope) {
    angular_velocity = axes_of(found.angular_velocity);
    to_radps =
        angular_velocity_factor(acceleration, angular_velocity, runs, group.rate, shown_name, findings);
  }
  for (const SampleRange& run : runs) {
    InertialRun typed{group.start + period(group.rate) * static_cast<double>(run.begin), {}};
    typed.samples.rate = group.rate;
    typed.samples.acceleration_mps2 = vectors(acceleration, run, to_mps2);
    if (gyroscope) typed.samples.angular_velocity_radps = vectors(angular_velocity, run, to_radps);
    sensor.runs.push_back(std::move(typed));
  }
  return sensor;
}

std::vector<SignalRun> runs_of(const SignalChannel& channel, const SignalGroup& group, double factor) {
  std::vector<SignalRun> runs;
  for (const SampleRange& range : common_runs({&channel}, group.size())) {
    SignalRun run{group.start + period(group.rate) * static_cast<double>(range.begin), {}};
    const auto from = channel.values.begin() + static_cast<std::ptrdiff_t>(range.begin);
    run.values.assign(from, from + static_cast<std::ptrdiff_t>(range.end - range.begin));
    for (double& v : run.values) v *= factor;
    runs.push_back(std::move(run));
  }
  return runs;
}

/// Whether `next` of `later` is the same channel as `channel`, after the end of `before`.
bool goes_on(const SignalGroup& before, const SignalChannel& channel, const SignalGroup& later,
             const SignalChannel& next) {
  const Seconds end = before.start + period(before.rate) * (static_cast<double>(before.size()) - 0.5);
  return later.name == before.name && later.rate == before.rate && later.start >= end &&
         next.name == channel.name && next.sensor == channel.sensor && next.unit == channel.unit;
}

/// What a force plate gives, as far as found.
struct PlateChannels {
  const SignalChannel* cop_ap = nullptr;
  const SignalChannel* cop_ml = nullptr;
  const SignalChannel* moment_x = nullptr;
  const SignalChannel* moment_y = nullptr;
  const SignalChannel* vertical = nullptr;
  bool axes_assumed = false;
};

PlateChannels plate_of(const SignalGroup& group, const std::vector<ChannelMeaning>& meanings) {
  PlateChannels plate;
  const auto put = [](const SignalChannel*& slot, const SignalChannel& channel) {
    if (slot == nullptr) slot = &channel;
  };
  for (std::size_t c = 0; c < group.channels.size(); ++c) {
    const SignalChannel& channel = group.channels[c];
    const SignalAxis axis = meanings[c].axis;
    if (meanings[c].quantity == SignalQuantity::center_of_pressure) {
      if (axis == SignalAxis::x || axis == SignalAxis::y) plate.axes_assumed = true;
      if (axis == SignalAxis::x || axis == SignalAxis::anteroposterior) put(plate.cop_ap, channel);
      if (axis == SignalAxis::y || axis == SignalAxis::mediolateral) put(plate.cop_ml, channel);
    }
    if (meanings[c].quantity == SignalQuantity::moment && axis == SignalAxis::x) put(plate.moment_x, channel);
    if (meanings[c].quantity == SignalQuantity::moment && axis == SignalAxis::y) put(plate.moment_y, channel);
    if (meanings[c].quantity == SignalQuantity::force &&
        (axis == SignalAxis::z || axis == SignalAxis::vertical))
      put(plate.vertical, channel);
  }
  return plate;
}

/// Cuts a run where the force is too small for a center of pressure.
void calculate_cop(const PlateChannels& plate, SampleRange range, const SignalGroup& group,
                   double force_factor, double moment_factor, ForcePlateSignals& out) {
  bool open = false;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const double force = plate.vertical->values[i] * force_factor;
    if (force < kLeastForceN) {
      open = false;
      continue;
    }
    if (!open) out.runs.push_back({group.start + period(group.rate) * static_cast<double>(i), {}, {}});
    open = true;
    // Moments turn with the sign of the force, so the raw force divides them.
    const double moments_per_force = moment_factor / std::abs(force_factor) / plate.vertical->values[i];
    out.runs.back().cop_ap_m.push_back(-plate.moment_y->values[i] * moments_per_force);
    out.runs.back().cop_ml_m.push_back(plate.moment_x->values[i] * moments_per_force);
  }
}

}  // namespace

std::string channel_list(const SignalRecording& recording) {
  std::string names;
  std::size_t count = 0;
  for (const auto& group : recording.groups) {
    for (const auto& channel : group.channels) {
      if (++count > 20) return names + ", ...";
      names += (names.empty() ? "" : ", ") + shown(channel.name);
    }
  }
  return names.empty() ? "there are none" : names;
}

Result<double> channel_factor(const SignalChannel& channel, std::string_view si, double otherwise,
                              std::string_view otherwise_unit, std::vector<SignalFinding>& findings) {
  const auto unit = si_unit(channel.unit);
  if (unit && unit->unit == si) return unit->factor;
  if (!channel.unit.empty()) {
    return fail(ErrorCode::invalid_argument, kTyping,
                "the unit of '" + shown(channel.name) + "' is '" + shown(channel.unit) +
                    "', which is not one of " + std::string{si},
                "correct the unit, or say what the channel measures, in a description of the columns");
  }
  findings.push_back({"unit_guessed",
                      "The unit of '" + shown(channel.name) + "' is not known; it was taken as " +
                          std::string{otherwise_unit} + ".",
                      "Give the unit in a description of the columns."});
  return otherwise;
}

std::vector<std::optional<double>> values_or_missing(const SignalChannel& channel, double factor) {
  std::vector<std::optional<double>> values;
  values.reserve(channel.values.size());
  for (const double v : channel.values) values.emplace_back(v * factor);
  for (const SampleRange& gap : channel.missing)
    std::fill(values.begin() + static_cast<std::ptrdiff_t>(gap.begin),
              values.begin() + static_cast<std::ptrdiff_t>(gap.end), std::nullopt);
  return values;
}

void note_assumed_axes(std::vector<SignalFinding>& findings) {
  const bool noted = std::any_of(findings.begin(), findings.end(),
                                 [](const SignalFinding& f) { return f.code == "axes_assumed"; });
  if (noted) return;
  findings.push_back({"axes_assumed", "The plate's x axis was taken as anteroposterior, y as mediolateral.",
                      "If that is wrong, say which channel is center_of_pressure_ap and _ml."});
}

double upward_sign(const SignalChannel& force, std::vector<SignalFinding>& findings) {
  // Weighted by size: an empty plate shows noise for most of the time.
  double weighted = 0;
  for (const double v : force.values) weighted += v * std::abs(v);
  if (weighted >= 0) return 1;
  findings.push_back({"force_turned", "The vertical force is mostly negative; its sign was turned.", ""});
  return -1;
}

Result<InertialSignals> inertial_sensors(const SignalRecording& recording, const MeaningOptions& options) {
  const auto meanings = channel_meanings(recording, options);
  if (!meanings) return tl::unexpected(meanings.error());
  InertialSignals out;
  for (std::size_t g = 0; g < recording.groups.size(); ++g) {
    for (const SensorChannels& found : sensors_of(recording.groups[g], (*meanings)[g], out.findings)) {
      if (!SensorChannels::whole(found.acceleration)) {
        out.findings.push_back({"axes_missing",
                                "Sensor '" + shown(found.place.empty() ? found.name : found.place) +
                                    "' lacks an axis of acceleration and was not used.",
                                "Say which columns are its axes in a description of the columns."});
        continue;
      }
      InertialSensor sensor = typed_sensor(found, recording.groups[g], out.findings);
      const auto same = std::find_if(out.sensors.begin(), out.sensors.end(), [&](const InertialSensor& s) {
        return s.place == sensor.place && s.name == sensor.name;
      });
      if (same == out.sensors.end()) {
        out.sensors.push_back(std::move(sensor));
      } else {
        for (auto& run : sensor.runs) same->runs.push_back(std::move(run));
      }
    }
  }
  if (out.sensors.empty()) {
    return fail(ErrorCode::nothing_measured, kTyping,
                "no sensor has three axes of acceleration; the channels are: " + channel_list(recording),
                "say what the channels measure in a description of the columns");
  }
  return out;
}

Result<SingleSignal> single_channel(const SignalRecording& recording, SignalQuantity quantity,
                                    const MeaningOptions& options) {
  const auto meanings = channel_meanings(recording, options);
  if (!meanings) return tl::unexpected(meanings.error());
  const SignalGroup* group = nullptr;
  const SignalChannel* channel = nullptr;
  std::vector<std::pair<const SignalGroup*, const SignalChannel*>> later;  // after long gaps
  std::size_t all = 0;
  for (std::size_t g = 0; g < recording.groups.size(); ++g) {
    for (std::size_t c = 0; c < recording.groups[g].channels.size(); ++c, ++all) {
      if ((*meanings)[g][c].quantity != quantity) continue;
      const SignalGroup& of = recording.groups[g];
      if (channel == nullptr) {
        group = &of;
        channel = &of.channels[c];
      } else if (goes_on(later.empty() ? *group : *later.back().first, *channel, of, of.channels[c])) {
        later.emplace_back(&of, &of.channels[c]);
      }
    }
  }
  SingleSignal out;
  if (channel == nullptr && all == 1) {
    const std::size_t g = recording.groups.front().channels.empty() ? recording.groups.size() - 1 : 0;
    if ((*meanings)[g].size() == 1 && (*meanings)[g][0].quantity == SignalQuantity::unknown) {
      group = &recording.groups[g];
      channel = &group->channels[0];
      out.findings.push_back({"meaning_assumed",
                              "The only channel, '" + shown(channel->name) + "', was taken as " +
                                  std::string{to_string(quantity)} + ".",
                              ""});
    }
  }
  if (channel == nullptr) {
    return fail(ErrorCode::nothing_measured, kTyping,
                "no channel is known to be " + std::string{to_string(quantity)} +
                    "; the channels are: " + channel_list(recording),
                "say what the channels measure in a description of the columns");
  }
  const auto unit = si_unit(channel->unit);
  out.name = channel->name;
  out.unit = unit ? unit->unit : "";
  out.rate = group->rate;
  out.runs = runs_of(*channel, *group, unit ? unit->factor : 1);
  for (const auto& [of, part] : later) {
    for (SignalRun& run : runs_of(*part, *of, unit ? unit->factor : 1)) out.runs.push_back(std::move(run));
  }
  if (out.runs.empty()) {
    return fail(ErrorCode::nothing_measured, kTyping,
                "all samples of '" + shown(channel->name) + "' are missing", "record again");
  }
  return out;
}

Result<ForcePlateSignals> force_plate(const SignalRecording& recording, const MeaningOptions& options) {
  const auto meanings = channel_meanings(recording, options);
  if (!meanings) return tl::unexpected(meanings.error());
  ForcePlateSignals out;
  for (std::size_t g = 0; g < recording.groups.size() && out.runs.empty(); ++g) {
    const SignalGroup& group = recording.groups[g];
    const PlateChannels plate = plate_of(group, (*meanings)[g]);
    const bool recorded = plate.cop_ap != nullptr && plate.cop_ml != nullptr;
    const bool calculable =
        plate.moment_x != nullptr && plate.moment_y != nullptr && plate.vertical != nullptr;
    if (!recorded && !calculable) continue;
    out.rate = group.rate;
    out.start = group.start;
    out.vertical_force_n.clear();
    double force_factor = 1;
    if (plate.vertical != nullptr) {
      const double sign = upward_sign(*plate.vertical, out.findings);
      const auto newton = channel_factor(*plate.vertical, "N", 1, "N", out.findings);
      if (!newton) return tl::unexpected(newton.error());
      force_factor = sign * *newton;
      out.vertical_force_n = values_or_missing(*plate.vertical, force_factor);
    }
    if (plate.axes_assumed || !recorded) note_assumed_axes(out.findings);
    if (!recorded) {
      const auto moment_factor = channel_factor(*plate.moment_x, "N.m", 1, "N.m", out.findings);
      if (!moment_factor) return tl::unexpected(moment_factor.error());
      for (const auto& range : common_runs({plate.moment_x, plate.moment_y, plate.vertical}, group.size()))
        calculate_cop(plate, range, group, force_factor, *moment_factor, out);
      continue;
    }
    const auto ap = channel_factor(*plate.cop_ap, "m", 0.01, "cm", out.findings);
    if (!ap) return tl::unexpected(ap.error());
    const auto ml = channel_factor(*plate.cop_ml, "m", 0.01, "cm", out.findings);
    if (!ml) return tl::unexpected(ml.error());
    std::vector<const SignalChannel*> used{plate.cop_ap, plate.cop_ml};
    if (plate.vertical != nullptr) used.push_back(plate.vertical);
    for (const auto& range : common_runs(used, group.size())) {
      ForcePlateRun run{group.start + period(group.rate) * static_cast<double>(range.begin), {}, {}};
      for (std::size_t i = range.begin; i < range.end; ++i) {
        run.cop_ap_m.push_back(plate.cop_ap->values[i] * *ap);
        run.cop_ml_m.push_back(plate.cop_ml->values[i] * *ml);
      }
      out.runs.push_back(std::move(run));
    }
  }
  if (out.runs.empty()) {
    return fail(
        ErrorCode::nothing_measured, kTyping,
        "there is neither a center of pressure nor moments with a vertical force; the channels are: " +
            channel_list(recording),
        "say what the channels measure in a description of the columns");
  }
  return out;
}

std::vector<BeatInterval> beat_intervals(const SignalRecording& recording) {
  std::vector<BeatInterval> intervals;
  const SignalAnnotation* before = nullptr;
  for (const SignalAnnotation& annotation : recording.annotations) {
    const std::string_view symbol = std::string_view{annotation.label}.substr(0, annotation.label.find(' '));
    if (!is_beat(symbol)) continue;
    if (before != nullptr && annotation.time > before->time) {
      intervals.push_back({annotation.time, annotation.time - before->time,
                           before->label.substr(0, before->label.find(' ')), std::string{symbol}});
    }
    before = &annotation;
  }
  return intervals;
}

}  // namespace reprise::sensing
