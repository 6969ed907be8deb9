// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/endurance.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::session {
namespace {

using enum SignalMeasure;

constexpr const char* kEnduranceStage = "summing up an endurance session";
constexpr double kSecondsInMinute = 60;
// A sample of the strap counts until the next one, at most this long. Unsourced default.
constexpr Seconds kLongestHold{5};
// Below this share of a phase the strap's mean does not stand for it. Unsourced default.
constexpr double kEnoughOfPhase = 0.5;

struct Allowed {
  SignalMeasure measure;
  double least, most;
};
// Scales end where they end; beyond the other bounds no body is. Unsourced defaults.
constexpr std::array<Allowed, 7> kAllowed = {{{effort_borg, 6, 20},
                                              {effort_cr10, 0, 10},
                                              {breathlessness, 0, 10},
                                              {heart_rate, 20, 300},
                                              {oxygen_saturation, 1, 100},
                                              {systolic_pressure, 20, 350},
                                              {diastolic_pressure, 10, 300}}};

std::string name_of(EndurancePhase phase) {
  return std::string{kEndurancePhaseNames[static_cast<std::size_t>(phase)]};
}

std::string name_of(EnduranceMoment moment) {
  return std::string{kEnduranceMomentNames[static_cast<std::size_t>(moment)]};
}

tl::unexpected<Error> wrong_session(std::string cause) {
  return fail(ErrorCode::invalid_argument, kEnduranceStage, std::move(cause),
              "give times in order and values as their scales have them");
}

SignalMeasure effort_of(engine::EffortScale scale) {
  return scale == engine::EffortScale::borg_6_to_20 ? effort_borg : effort_cr10;
}

// From the unit of display to the engine's.
double engine_value(SignalMeasure measure, double shown) {
  return shown / info(measure).factor;
}

bool is_allowed(const EnduranceValue& value, engine::EffortScale scale) {
  const auto* allowed = std::find_if(kAllowed.begin(), kAllowed.end(),
                                     [&](const Allowed& one) { return one.measure == value.measure; });
  const bool other_scale =
      (value.measure == effort_borg || value.measure == effort_cr10) && value.measure != effort_of(scale);
  return allowed != kAllowed.end() && !other_scale && value.value >= allowed->least &&
         value.value <= allowed->most && std::isfinite(value.time.value());
}

Result<void> check_session(const EnduranceSession& s) {
  Seconds last{0};
  Seconds total{0};
  for (const EnduranceStretch& one : s.stretches) {
    if (!(one.start >= last) || !(one.end >= one.start) || !std::isfinite(one.end.value()))
      return wrong_session("the phases are out of order");
    total += one.end - one.start;
    last = one.end;
  }
  if (!(total > Seconds{0}) && (s.values.empty() || !s.stretches.empty())) {
    return fail(ErrorCode::nothing_measured, kEnduranceStage,
                "no phase of the session was done, and nothing was measured at rest",
                "start the session and go on for some minutes");
  }
  for (const EnduranceValue& value : s.values) {
    if (!is_allowed(value, s.scale))
      return wrong_session(std::string{info(value.measure).name} + " is outside its scale");
  }
  constexpr double kMostBpm = 300;  // unsourced default
  Seconds before{-1};
  for (const StrapRate& rate : s.rates) {
    if (!(rate.time > before) || !std::isfinite(rate.time.value()) || !(rate.rate_bpm > 0) ||
        !(rate.rate_bpm <= kMostBpm))
      return wrong_session("the heart rates are out of order, or no heart beats so");
    before = rate.time;
  }
  if (s.rate_low_bpm.has_value() != s.rate_high_bpm.has_value())
    return wrong_session("the planned range of heart rates is incomplete");
  for (auto one = s.devices.begin(); one != s.devices.end(); ++one) {
    const bool twice = std::any_of(s.devices.begin(), one,
                                   [&](const EnduranceDevice& other) { return other.kind == one->kind; });
    if (twice || one->usable < 0 || one->no_contact < 0 || one->usable > one->received ||
        one->no_contact > one->received)
      return wrong_session("a device counts more usable values than it sent, or is there twice");
  }
  return {};
}

// The stretch of a phase in which a time lies; null: none.
const EnduranceStretch* stretch_at(const EnduranceSession& s, Seconds time, EndurancePhase phase) {
  const auto found = std::find_if(s.stretches.begin(), s.stretches.end(), [&](const EnduranceStretch& one) {
    return one.phase == phase && time >= one.start && time < one.end;
  });
  return found == s.stretches.end() ? nullptr : &*found;
}

Seconds length_of(const EnduranceSession& s, EndurancePhase phase) {
  Seconds total{0};
  for (const EnduranceStretch& one : s.stretches)
    if (one.phase == phase) total += one.end - one.start;
  return total;
}

// Of the strap's samples within one phase, each held until the next: how long they were there, their mean,
// and how long they lay within the plan.
struct PhaseRates {
  Seconds measured{0};
  Seconds in_plan{0};
  double weighted = 0;
  [[nodiscard]] std::optional<double> mean_bpm() const {
    if (!(measured > Seconds{0})) return std::nullopt;
    return weighted / measured.value();
  }
};

PhaseRates rates_in(const EnduranceSession& s, EndurancePhase phase) {
  PhaseRates sum;
  for (std::size_t i = 0; i < s.rates.size(); ++i) {
    const StrapRate& rate = s.rates[i];
    const EnduranceStretch* stretch = stretch_at(s, rate.time, phase);
    if (stretch == nullptr) continue;
    const Seconds next = i + 1 < s.rates.size() ? s.rates[i + 1].time : rate.time + Seconds{1};
    const Seconds held = std::min(std::min(next, stretch->end) - rate.time, kLongestHold);
    sum.measured += held;
    sum.weighted += held.value() * rate.rate_bpm;
    if (s.rate_low_bpm && rate.rate_bpm >= *s.rate_low_bpm && rate.rate_bpm <= *s.rate_high_bpm)
      sum.in_plan += held;
  }
  return sum;
}

// The highest median of any ten seconds: one artefact is no peak.
std::optional<double> highest_bpm(const EnduranceSession& s) {
  constexpr Seconds kWindow{10};            // unsourced default
  constexpr std::size_t kLeastSamples = 5;  // unsourced default
  std::optional<double> highest;
  std::size_t from = 0;
  for (std::size_t to = 1; to <= s.rates.size(); ++to) {
    while (s.rates[to - 1].time - s.rates[from].time > kWindow) ++from;
    if (to - from < kLeastSamples) continue;
    std::vector<double> window;
    for (std::size_t i = from; i < to; ++i) window.push_back(s.rates[i].rate_bpm);
    const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
    std::nth_element(window.begin(), middle, window.end());
    highest = std::max(highest.value_or(0), *middle);
  }
  return highest;
}

DeviceKind source_of_rates(const EnduranceSession& s) {
  return s.imported.empty() ? DeviceKind::heart_rate_strap : DeviceKind::imported_file;
}

void add_devices(MeasurementDocument& d, const EnduranceSession& s) {
  const auto share_of = [](int some, int all) -> std::optional<double> {
    if (all <= 0) return std::nullopt;
    return static_cast<double>(some) / all;
  };
  for (const EnduranceDevice& one : s.devices) {
    DeviceUsed device;
    device.kind = one.kind;
    device.name = device_name(one.name);
    if (one.battery_percent) device.battery = std::clamp(*one.battery_percent / 100, 0.0, 1.0);
    device.usable = share_of(one.usable, one.received);
    device.no_contact = share_of(one.no_contact, one.received);
    device.notices = one.notices;
    d.devices.push_back(std::move(device));
  }
  if (!s.imported.empty()) {
    DeviceUsed file;
    file.kind = DeviceKind::imported_file;
    file.name = s.imported;
    d.devices.push_back(std::move(file));
  }
  // Of a heart rate also what it did not send counts.
  Seconds exercised{0}, measured{0};
  for (const EndurancePhase phase :
       {EndurancePhase::warm_up, EndurancePhase::main, EndurancePhase::cool_down}) {
    exercised += length_of(s, phase);
    measured += rates_in(s, phase).measured;
  }
  if (!(exercised > Seconds{0})) return;
  for (DeviceUsed& device : d.devices)
    if (device.kind == source_of_rates(s)) device.usable = std::min(measured / exercised, 1.0);
}

void add_heart(MeasurementDocument& d, const EnduranceSession& s) {
  if (s.rates.empty()) {
    d.not_measured.emplace_back("heart rate during the session: no strap was worn");
    return;
  }
  const DeviceKind source = source_of_rates(s);
  const auto add_highest = [&] {
    if (const auto highest = highest_bpm(s))
      add_value(d, heart_rate_most, *highest / kSecondsInMinute, {.device = source});
  };
  const Seconds length = length_of(s, EndurancePhase::main);
  if (!(length > Seconds{0})) {
    d.not_measured.emplace_back("mean heart rate and recovery: no main part was done");
    add_highest();
    return;
  }
  const PhaseRates main = rates_in(s, EndurancePhase::main);
  if (main.measured >= kEnoughOfPhase * length) {
    add_value(d, heart_rate, *main.mean_bpm() / kSecondsInMinute, {.primary = true, .device = source});
    if (s.rate_low_bpm)
      add_value(d, target_time, main.in_plan / main.measured, {.primary = true, .device = source});
  } else {
    d.not_measured.emplace_back(source == DeviceKind::imported_file
                                    ? "mean heart rate: the file has less than half of the main part"
                                    : "mean heart rate: the strap delivered less than half of the main part");
  }
  add_highest();
  Seconds end{0};
  for (const EnduranceStretch& one : s.stretches)
    if (one.phase == EndurancePhase::main) end = one.end;
  std::vector<engine::HeartRateSample> samples;
  for (const StrapRate& rate : s.rates) samples.push_back({rate.time, rate.rate_bpm});
  const auto recovery = engine::heart_rate_recovery(samples, end);
  if (!recovery) {
    d.not_measured.emplace_back("recovery of the heart rate: " + recovery.error().cause);
    return;
  }
  const auto add_drop = [&](SignalMeasure measure, const std::optional<double>& drop) {
    if (drop) add_value(d, measure, *drop / kSecondsInMinute, {.device = source});
  };
  add_drop(heart_rate_recovery_60, recovery->drop_60_s_bpm);
  add_drop(heart_rate_recovery_120, recovery->drop_120_s_bpm);
}

// Ratings during the session as their mean, the others as they are; of oxygen the lowest, of breathlessness
// the highest: what matters is the worst.
void add_rated(MeasurementDocument& d, const EnduranceSession& s) {
  for (const EnduranceMoment moment :
       {EnduranceMoment::before, EnduranceMoment::during, EnduranceMoment::after}) {
    for (const Allowed& one : kAllowed) {
      std::vector<const EnduranceValue*> given;
      for (const EnduranceValue& value : s.values)
        if (value.moment == moment && value.measure == one.measure) given.push_back(&value);
      if (given.empty()) continue;
      const bool during = moment == EnduranceMoment::during;
      const std::string part = name_of(moment);
      // `of`: the value that is given, or stands for those that the mean is over.
      const auto add_given = [&](const EnduranceValue& of, double value, bool primary) {
        add_value(d, one.measure, value, {.part = part, .primary = primary, .device = of.device});
        d.values.back().entered = !of.device;
      };
      const auto less = [](const EnduranceValue* a, const EnduranceValue* b) { return a->value < b->value; };
      if (!during) {
        add_given(*given.back(), engine_value(one.measure, given.back()->value), false);
      } else if (one.measure == oxygen_saturation) {
        const EnduranceValue& lowest = **std::min_element(given.begin(), given.end(), less);
        add_given(lowest, engine_value(one.measure, lowest.value), false);
      } else if (one.measure == breathlessness) {
        const EnduranceValue& highest = **std::max_element(given.begin(), given.end(), less);
        add_given(highest, engine_value(one.measure, highest.value), false);
      } else {
        std::vector<double> values;
        for (const EnduranceValue* value : given) values.push_back(engine_value(one.measure, value->value));
        // The ratings differ because the effort does: their spread says nothing of an error.
        const RepeatedValue all = *repeated(values);
        add_given(*given.front(), all.mean, one.measure == effort_of(s.scale));
        d.values.back().spread = all.sd;
        d.values.back().count = static_cast<int>(all.count);
      }
    }
  }
}

EventTable phases_of(const EnduranceSession& s) {
  EventTable table{"phases", {heart_rate, effort_of(s.scale)}, {}};
  for (const EnduranceStretch& one : s.stretches) {
    double rates = 0;
    std::size_t count = 0;
    for (const StrapRate& rate : s.rates) {
      if (rate.time < one.start || rate.time >= one.end) continue;
      rates += rate.rate_bpm;
      ++count;
    }
    std::optional<double> effort;
    for (const EnduranceValue& value : s.values) {
      if (value.moment == EnduranceMoment::during && value.measure == effort_of(s.scale) &&
          value.time >= one.start && value.time < one.end)
        effort = value.value;
    }
    table.rows.push_back(
        {one.start,
         one.end,
         std::nullopt,
         name_of(one.phase),
         "",
         {count > 0 ? std::optional{rates / static_cast<double>(count) / kSecondsInMinute} : std::nullopt,
          effort}});
  }
  return table;
}

SignalPlot heart_rate_plot(const EnduranceSession& s) {
  SignalPlot plot{"heart_rate", "s", "/min", true, {}, {}, {}};
  PlotLine line{"heart_rate", std::nullopt, {}, {}, true};
  const std::size_t step = 1 + s.rates.size() / kPlotPoints;
  for (std::size_t i = 0; i < s.rates.size(); i += step) {
    line.x.push_back(s.rates[i].time.value());
    line.y.push_back(s.rates[i].rate_bpm);
  }
  plot.lines.push_back(std::move(line));
  const double end = s.stretches.back().end.value();
  const auto add_limit = [&](const char* name, const std::optional<double>& bpm) {
    if (bpm) plot.lines.push_back({name, std::nullopt, {0, end}, {*bpm, *bpm}, false});
  };
  add_limit("planned_least", s.rate_low_bpm);
  add_limit("planned_most", s.rate_high_bpm);
  for (const EnduranceStretch& one : s.stretches)
    plot.spans.push_back({name_of(one.phase), one.start.value(), one.end.value()});
  return plot;
}

void compare_with_plan(MeasurementDocument& d, const EnduranceSession& s) {
  const MeasuredValue* effort = nullptr;
  for (const MeasuredValue& value : d.values)
    if (value.measure == effort_of(s.scale) && value.part == "during") effort = &value;
  if (effort == nullptr) return;
  const auto compared = engine::compare_effort(s.scale, effort->value, s.effort_low, s.effort_high);
  if (!compared || compared->level == engine::EffortLevel::as_planned) return;
  const bool above = compared->level == engine::EffortLevel::above_plan;
  d.warnings.push_back({above ? "effort_above_plan" : "effort_below_plan",
                        above ? "The effort was above the plan." : "The effort was below the plan.",
                        "Talk about the pace, or change the plan."});
}

}  // namespace

Result<MeasurementDocument> measure_endurance(const MeasurementInput& input,
                                              const EnduranceSession& session) {
  if (auto right = check_session(session); !right) return tl::unexpected(right.error());
  MeasurementDocument d = begin_measurement(
      MeasurementKind::endurance,
      session.imported.empty() ? "A session by effort; heart rate as the strap gives it, ratings and other "
                                 "values as entered or sent."
                               : "A session by effort; heart rate from an imported file (" +
                                     session.imported + "), ratings and other values as entered or sent.",
      input);
  add_devices(d, session);
  Seconds exercised{0};
  for (const EnduranceStretch& one : session.stretches) exercised += one.end - one.start;
  if (session.stretches.empty()) {
    d.not_measured.emplace_back("the session: it did not start");
    add_rated(d, session);
    return d;
  }
  add_value(d, exercise_time, exercised.value(), {.primary = true});
  add_heart(d, session);
  add_rated(d, session);
  compare_with_plan(d, session);
  d.tables.push_back(phases_of(session));
  if (!session.rates.empty()) d.plots.push_back(heart_rate_plot(session));
  return d;
}

}  // namespace reprise::session
