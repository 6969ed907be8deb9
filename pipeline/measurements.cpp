// SPDX-License-Identifier: Apache-2.0
#include "pipeline/measurements.h"

#include <algorithm>
#include <cmath>

#include "pipeline/daily_walking.h"
#include "pipeline/event_table.h"
#include "pipeline/ground_loads.h"
#include "pipeline/signal_file.h"
#include "report/measurements/measurement_report.h"
#include "sensing/signals/typed_signals.h"
#include "session/measurements/gait.h"
#include "session/measurements/heart.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/muscle.h"

namespace reprise::pipeline {
namespace {

namespace fs = std::filesystem;
using sensing::SignalRecording;
using session::MeasurementInput;

// The part of a run from one time to another.
engine::InertialSamples part_of(const sensing::InertialRun& run, Seconds from, Seconds to) {
  const double rate = run.samples.rate.value();
  const std::size_t size = run.samples.acceleration_mps2.size();
  const auto at = [&](Seconds time) {
    const double sample = std::round((time - run.start).value() * rate);
    return static_cast<std::ptrdiff_t>(std::clamp(sample, 0.0, static_cast<double>(size)));
  };
  engine::InertialSamples part;
  part.rate = run.samples.rate;
  const auto& a = run.samples.acceleration_mps2;
  part.acceleration_mps2.assign(a.begin() + at(from), a.begin() + at(to));
  const auto& w = run.samples.angular_velocity_radps;
  if (!w.empty()) part.angular_velocity_radps.assign(w.begin() + at(from), w.begin() + at(to));
  return part;
}

Result<session::MeasurementDocument> gait_of_feet(MeasurementInput input, const sensing::InertialSensor* left,
                                                  const sensing::InertialSensor* right) {
  Seconds from{0};
  Seconds to{1e12};
  const sensing::InertialRun* left_run = nullptr;
  const sensing::InertialRun* right_run = nullptr;
  for (const auto& [sensor, run] : {std::pair{left, &left_run}, std::pair{right, &right_run}}) {
    if (sensor == nullptr) continue;
    note_sensor(input, *sensor);
    *run = longest_run(*sensor);
    if (*run == nullptr) continue;
    from = std::max(from, (*run)->start);
    to = std::min(to, (*run)->start + duration_of(**run));
  }
  std::optional<engine::InertialSamples> left_samples;
  std::optional<engine::InertialSamples> right_samples;
  if (left_run != nullptr) left_samples = part_of(*left_run, from, to);
  if (right_run != nullptr) right_samples = part_of(*right_run, from, to);
  return session::measure_foot_gait(input, left_samples, right_samples);
}

// From its first sample to its last, gaps included.
Seconds span_of(const sensing::InertialSensor& sensor) {
  if (sensor.runs.empty()) return Seconds{0};
  return sensor.runs.back().start + duration_of(sensor.runs.back()) - sensor.runs.front().start;
}

Result<session::MeasurementDocument> days_of(SignalFile file, const sensing::InertialSensor& trunk,
                                             const GaitOptions& options) {
  DailyWalking days{options};
  days.begin_file(file.input.source.files.front());
  if (auto ok = days.add(file.recording, trunk); !ok) return tl::unexpected(ok.error());
  return days.finish(std::move(file.input));
}

// "left_thigh" is the thigh, on the left.
std::string without_side(const std::string& place) {
  for (const std::string_view side : {"left_", "right_"}) {
    if (place.rfind(side, 0) == 0) return place.substr(side.size());
  }
  return side_of(place) ? std::string{} : place;
}

// Volts for each unit; empty: not a voltage.
std::optional<double> volts_per(const std::string& unit) {
  static const std::map<std::string, double> kUnits = {{"V", 1}, {"mV", 1e-3}, {"uV", 1e-6}, {"nV", 1e-9}};
  const auto found = kUnits.find(unit);
  return found == kUnits.end() ? std::nullopt : std::optional{found->second};
}

// The longest stretch of a channel without missing samples.
engine::SampleRange longest_valid(const sensing::SignalChannel& channel) {
  engine::SampleRange longest{0, 0};
  std::size_t begin = 0;
  const auto offer = [&](std::size_t end) {
    if (end > begin && end - begin > longest.end - longest.begin) longest = {begin, end};
  };
  for (const engine::SampleRange& gap : channel.missing) {
    offer(gap.begin);
    begin = gap.end;
  }
  offer(channel.values.size());
  return longest;
}

session::MuscleRecording muscle_of(const sensing::SignalGroup& group, const sensing::SignalChannel& channel,
                                   const sensing::ChannelMeaning& meaning, MeasurementInput& input) {
  auto volts = volts_per(channel.unit);
  if (!volts) {
    input.warnings.push_back({"unit_guessed",
                              "The file does not say the unit of " + channel.name +
                                  "; millivolts are assumed, so amplitudes may be off by a factor.",
                              "Say it in NAME.columns.json."});
    volts = 1e-3;
  }
  session::MuscleRecording muscle;
  muscle.side = side_of(meaning.place);
  muscle.part = without_side(meaning.place);
  muscle.rate = group.rate;
  const engine::SampleRange run = longest_valid(channel);
  muscle.samples_v.assign(channel.values.begin() + static_cast<std::ptrdiff_t>(run.begin),
                          channel.values.begin() + static_cast<std::ptrdiff_t>(run.end));
  for (double& sample : muscle.samples_v) sample *= *volts;
  input.sensors.push_back(
      {"emg", channel.name, group.rate, period(group.rate) * static_cast<double>(run.end - run.begin)});
  return muscle;
}

// Every channel of EMG, or the only channel where its meaning is not known.
Result<std::vector<session::MuscleRecording>> muscles_in(SignalFile& file,
                                                         const sensing::MeaningOptions& said) {
  const auto meanings = sensing::channel_meanings(file.recording, said);
  if (!meanings) return tl::unexpected(meanings.error());
  std::size_t channels = 0;
  for (const sensing::SignalGroup& group : file.recording.groups) channels += group.channels.size();
  std::vector<session::MuscleRecording> muscles;
  for (std::size_t g = 0; g < file.recording.groups.size(); ++g) {
    const sensing::SignalGroup& group = file.recording.groups[g];
    for (std::size_t c = 0; c < group.channels.size(); ++c) {
      const sensing::ChannelMeaning& meaning = (*meanings)[g][c];
      const bool only = channels == 1 && meaning.quantity == sensing::SignalQuantity::unknown;
      if (meaning.quantity != sensing::SignalQuantity::emg && !only) continue;
      muscles.push_back(muscle_of(group, group.channels[c], meaning, file.input));
      if (muscles.back().part.empty() && channels > 1) muscles.back().part = group.channels[c].name;
    }
  }
  return muscles;
}

}  // namespace

Result<session::MeasurementDocument> measure_gait(const fs::path& path, const GaitOptions& options) {
  auto file = read_file_of_feet(path, options.file);
  if (!file) return tl::unexpected(file.error());
  const sensing::MeaningOptions meaning{options.file.meanings};
  const auto signals = sensing::inertial_sensors(file->recording, meaning);
  const bool by_load = !options.test && (options.load.body_mass_kg || !signals);
  if (by_load && forces_in(*file, options.file)) return gait_of_loads(std::move(*file), options);
  if (!signals) return tl::unexpected(signals.error());
  if (options.test) {
    auto back = trunk_of(file->input, file->recording, meaning);
    if (!back) return tl::unexpected(back.error());
    return session::measure_function_test(file->input, *back,
                                          {*options.test, options.course, options.body_height});
  }
  const auto* left = sensor_at(signals->sensors, {"left_foot", "left_ankle", "left"});
  const auto* right = sensor_at(signals->sensors, {"right_foot", "right_ankle", "right"});
  if (left != nullptr || right != nullptr) {
    add_findings(file->input, signals->findings);
    return gait_of_feet(std::move(file->input), left, right);
  }
  const sensing::InertialSensor* trunk = trunk_sensor(signals->sensors);
  if (trunk != nullptr && span_of(*trunk) >= kDailyLifeFrom) {
    add_findings(file->input, signals->findings);
    return days_of(std::move(*file), *trunk, options);
  }
  auto back = trunk_of(file->input, file->recording, meaning);
  if (!back) return tl::unexpected(back.error());
  engine::StepLengthOptions lengths;
  lengths.body_height = options.body_height;
  lengths.sensor_height = options.sensor_height;
  return session::measure_lower_back_gait(file->input, *back, lengths);
}

Result<session::MeasurementDocument> measure_muscle(const fs::path& path, const MuscleOptions& options) {
  auto file = read_signal_file(path, options.file);
  if (!file) return tl::unexpected(file.error());
  const sensing::MeaningOptions meaning{options.file.meanings};
  auto muscles = muscles_in(*file, meaning);
  if (!muscles) return tl::unexpected(muscles.error());
  if (!options.reference.empty()) {
    auto reference = read_signal_file(options.reference, options.file);
    if (!reference) return tl::unexpected(reference.error());
    const auto maximal = muscles_in(*reference, meaning);
    if (!maximal) return tl::unexpected(maximal.error());
    for (session::MuscleRecording& muscle : *muscles) {
      for (const session::MuscleRecording& same : *maximal) {
        if (same.part == muscle.part && same.side == muscle.side && same.rate == muscle.rate)
          muscle.reference_v = same.samples_v;
      }
    }
  }
  engine::EmgFilterOptions filter;
  filter.remove_ecg = options.remove_ecg;
  return session::measure_muscles(file->input, *muscles, filter);
}

Result<session::MeasurementDocument> measure_heart(const fs::path& path, const HeartOptions& options) {
  auto file = read_signal_file(path, options.file, options.annotator);
  if (!file) return tl::unexpected(file.error());
  const sensing::MeaningOptions meaning{options.file.meanings};
  const auto add_sensor = [&](const sensing::SingleSignal& signal, const char* position) {
    add_findings(file->input, signal.findings);
    double measured = 0;
    for (const sensing::SignalRun& run : signal.runs) measured += static_cast<double>(run.values.size());
    file->input.sensors.push_back({position, signal.name, signal.rate, period(signal.rate) * measured});
  };
  if (const auto beats = sensing::beat_intervals(file->recording);
      !beats.empty() && (!options.annotator.empty() || file->recording.groups.empty())) {
    std::vector<double> times = {(beats.front().end - beats.front().interval).value()};
    const auto label_of = [](const std::string& text) {
      return text == "N" ? engine::BeatLabel::normal : engine::BeatLabel::ectopic;
    };
    std::vector<engine::BeatLabel> labels = {label_of(beats.front().from)};
    for (const sensing::BeatInterval& beat : beats) {
      times.push_back(beat.end.value());
      labels.push_back(label_of(beat.to));
    }
    file->input.source.duration = beats.back().end;
    file->input.sensors.push_back({"rr_intervals", "annotated beats", Hertz{1}, file->input.source.duration});
    const auto intervals = engine::rr_from_labeled_beats(times, labels);
    if (!intervals) return tl::unexpected(intervals.error());
    return session::measure_intervals(file->input, *intervals, options.end_of_effort);
  }
  if (const auto rr =
          sensing::single_channel(file->recording, sensing::SignalQuantity::rr_interval, meaning)) {
    add_sensor(*rr, "rr_intervals");
    std::vector<double> all;
    for (const sensing::SignalRun& run : rr->runs)
      all.insert(all.end(), run.values.begin(), run.values.end());
    const auto intervals = engine::rr_from_strap(all);
    if (!intervals) return tl::unexpected(intervals.error());
    if (!intervals->empty()) file->input.source.duration = intervals->back().end;
    return session::measure_intervals(file->input, *intervals, options.end_of_effort);
  }
  const auto ecg = sensing::single_channel(file->recording, sensing::SignalQuantity::ecg, meaning);
  if (!ecg) return tl::unexpected(ecg.error());
  add_sensor(*ecg, "ecg");
  constexpr double kMvPerV = 1000;
  std::vector<session::EcgLead> parts;
  for (const sensing::SignalRun& run : ecg->runs) {
    session::EcgLead& part = parts.emplace_back(session::EcgLead{ecg->rate, run.values, run.start});
    if (ecg->unit != "V") continue;
    for (double& sample : part.samples_mv) sample *= kMvPerV;
  }
  return session::measure_ecg(file->input, parts, options.end_of_effort);
}

Result<std::vector<OutputFile>> measurement_outputs(const session::MeasurementDocument& document) {
  std::vector<OutputFile> files;
  auto json = session::to_measurement_json(document);
  if (!json) return tl::unexpected(json.error());
  files.push_back({"measurement.json", std::move(*json)});
  files.push_back({"report.html", report::render_measurement_report(document)});
  for (const session::EventTable& table : document.tables) {
    if (!table.rows.empty()) files.push_back({table.events + ".csv", event_table_csv(table)});
  }
  return files;
}

}  // namespace reprise::pipeline
