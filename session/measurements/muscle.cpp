// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/muscle.h"

#include <algorithm>
#include <cmath>

#include "engine/muscle/emg_envelope.h"
#include "engine/muscle/emg_measures.h"
#include "engine/muscle/emg_onset.h"
#include "engine/muscle/emg_quality.h"

namespace reprise::session {
namespace {

using enum SignalMeasure;

constexpr double kMicrovoltsPerVolt = 1e6;
// Of onsets: the published marks of two methods differ by 2 to 9 ms (docs/accuracy.md, "Muscle").
constexpr double kOnsetErrorS = 0.01;

struct Analyzed {
  std::vector<double> filtered;
  std::vector<double> envelope;
  engine::EmgBursts bursts;
};

Result<Analyzed> analyze(const MuscleRecording& muscle, const engine::EmgFilterOptions& options) {
  auto filtered = engine::filter_emg(muscle.samples_v, muscle.rate, options);
  if (!filtered) return tl::unexpected(filtered.error());
  auto envelope = engine::linear_envelope(filtered->samples, muscle.rate);
  if (!envelope) return tl::unexpected(envelope.error());
  auto bursts = engine::emg_bursts(muscle.samples_v, muscle.rate);
  if (!bursts) return tl::unexpected(bursts.error());
  return Analyzed{std::move(filtered->samples), std::move(*envelope), std::move(*bursts)};
}

void warn_of_fault(MeasurementDocument& d, const MuscleRecording& muscle) {
  const auto quality = engine::emg_quality(muscle.samples_v, muscle.rate);
  if (!quality) return;
  if (quality->mains) {
    d.warnings.push_back({"mains_hum", "Mains hum was found and taken away.",
                          "Keep cables short and away from the mains; check the reference electrode."});
  }
  if (!quality->fault) return;
  switch (*quality->fault) {
    case engine::EmgFault::flat:
      d.warnings.push_back({"flat", "Parts of the signal are flat.", "Check the cable and the amplifier."});
      return;
    case engine::EmgFault::clipped:
      d.warnings.push_back({"clipped", "The amplifier saturates: amplitudes and frequencies are too low.",
                            "Choose a smaller gain."});
      return;
    case engine::EmgFault::detached:
      d.warnings.push_back({"detached", "The signal is almost nothing but mains hum.",
                            "Check that the electrodes stick to the skin."});
      return;
  }
}

double mean_within(const std::vector<double>& values, const engine::EmgBurst& burst, Hertz rate) {
  const auto at = [&](Seconds time) {
    return std::min(values.size(), static_cast<std::size_t>(time.value() * rate.value()));
  };
  double sum = 0;
  const std::size_t begin = at(burst.onset);
  const std::size_t end = std::max(begin + 1, at(burst.offset));
  for (std::size_t i = begin; i < std::min(end, values.size()); ++i) sum += values[i];
  return sum / static_cast<double>(end - begin);
}

// The mean amplitude over the contractions; empty without any.
std::optional<double> add_bursts(MeasurementDocument& d, const MuscleRecording& muscle, const Analyzed& a,
                                 EventTable& table) {
  std::vector<double> durations;
  std::vector<double> amplitudes;
  for (const engine::EmgBurst& burst : a.bursts.bursts) {
    const double amplitude = mean_within(a.envelope, burst, muscle.rate);
    amplitudes.push_back(amplitude);
    const double duration = (burst.offset - burst.onset).value();
    if (burst.complete) durations.push_back(duration);
    table.rows.push_back({burst.onset,
                          burst.offset,
                          muscle.side,
                          muscle.part,
                          burst.complete ? "" : "cut_off",
                          {duration, amplitude}});
  }
  const ValueOf of{muscle.side, muscle.part, true};
  add_value(d, activations, static_cast<double>(a.bursts.bursts.size()), of);
  if (auto mean = repeated(durations)) {
    mean->method_sd = kOnsetErrorS;
    add_mean(d, activation_time, *mean, of);
  }
  const auto mean = repeated(amplitudes);
  if (!mean) return std::nullopt;
  add_mean(d, emg_amplitude, *mean, of);
  return mean->mean;
}

void add_fatigue(MeasurementDocument& d, const MuscleRecording& muscle, const Analyzed& a) {
  const auto fatigue = engine::emg_fatigue(a.filtered, muscle.rate);
  if (!fatigue) {
    const std::string why = "fatigue: " + fatigue.error().cause;
    if (std::find(d.not_measured.begin(), d.not_measured.end(), why) == d.not_measured.end())
      d.not_measured.push_back(why);
    return;
  }
  add_value(d, emg_median_frequency, fatigue->initial.value(), {muscle.side, muscle.part, false});
  // Its interval is of 95 %; nine of ten lie within 1.645 / 1.96 of it.
  constexpr double kNineOfTenShare = 1.645 / 1.96;
  add_value(d, fatigue_slope, fatigue->slope_hzps, {muscle.side, muscle.part, true},
            fatigue->slope_confidence_hzps * kNineOfTenShare);
  SignalPlot plot{"median_frequency", "s", "Hz", true, {}, {}, {}};
  plot.lines.push_back({muscle.part.empty() ? "median_frequency" : muscle.part, muscle.side, fatigue->time_s,
                        fatigue->median_hz});
  d.plots.push_back(std::move(plot));
}

void add_reference(MeasurementDocument& d, const MuscleRecording& muscle,
                   const engine::EmgFilterOptions& options, std::optional<double> amplitude) {
  if (muscle.reference_v.empty() || !amplitude) return;
  const auto filtered = engine::filter_emg(muscle.reference_v, muscle.rate, options);
  const auto envelope = filtered.and_then(
      [&](const engine::FilteredEmg& f) { return engine::linear_envelope(f.samples, muscle.rate); });
  const auto reference = envelope.and_then(
      [&](const std::vector<double>& e) { return engine::reference_amplitude(e, muscle.rate); });
  if (!reference) {
    d.warnings.push_back({"no_reference",
                          "The reference contraction could not be measured: " + reference.error().cause,
                          reference.error().remedy});
    return;
  }
  add_value(d, emg_of_reference, *amplitude / *reference, {muscle.side, muscle.part, true});
}

void add_muscle_plot(MeasurementDocument& d, const MuscleRecording& muscle, const Analyzed& a) {
  const auto in_microvolts = [](const std::vector<double>& values) {
    std::vector<double> uv(values);
    for (double& value : uv) value *= kMicrovoltsPerVolt;
    return uv;
  };
  SignalPlot plot{"emg_signal", "s", "µV", true, {}, {}, {}};
  plot.lines.push_back(
      plot_line("filtered", std::nullopt, Seconds{0}, muscle.rate, in_microvolts(a.filtered)));
  plot.lines.push_back(
      plot_line("envelope", std::nullopt, Seconds{0}, muscle.rate, in_microvolts(a.envelope)));
  for (const engine::EmgBurst& burst : a.bursts.bursts)
    plot.spans.push_back({"contraction", burst.onset.value(), burst.offset.value()});
  plot.part = muscle.part;
  d.plots.push_back(std::move(plot));
}

// Both sides of a muscle, if both have a mean amplitude.
void compare_sides(MeasurementDocument& d, const std::string& part) {
  const auto amplitude = [&](Side side) -> std::optional<double> {
    for (const SignalMeasure measure : {emg_of_reference, emg_amplitude}) {
      for (const MeasuredValue& value : d.values) {
        if (value.measure == measure && value.side == side && value.part == part) return value.value;
      }
    }
    return std::nullopt;
  };
  const auto left = amplitude(Side::left);
  const auto right = amplitude(Side::right);
  if (!left || !right) return;
  const auto index = engine::symmetry_index(*left, *right);
  if (index && *index) add_value(d, emg_asymmetry, std::abs(**index), {.part = part, .primary = true});
}

}  // namespace

Result<MeasurementDocument> measure_muscles(const MeasurementInput& input,
                                            std::span<const MuscleRecording> muscles,
                                            const engine::EmgFilterOptions& options) {
  if (muscles.empty()) {
    return fail(ErrorCode::nothing_measured, "measuring muscles", "there is no recording of a muscle",
                "name the channel, e.g. --column channel_1=emg");
  }
  MeasurementDocument d = begin_measurement(MeasurementKind::muscle,
                                            "Surface EMG: band-pass 20 to 450 Hz; contractions by the "
                                            "Teager-Kaiser operator and a double threshold.",
                                            input);
  d.not_measured = {"force", "muscles beside the electrodes"};
  EventTable table{"contractions", {activation_time, emg_amplitude}, {}};
  std::vector<std::string> parts;
  std::optional<Error> first_error;
  for (const MuscleRecording& muscle : muscles) {
    const auto analyzed = analyze(muscle, options);
    if (!analyzed && analyzed.error().code != ErrorCode::nothing_measured)
      return tl::unexpected(analyzed.error());
    if (!analyzed) {
      // A loose electrode of several does not void the others.
      d.not_measured.push_back(muscle.part + ": " + analyzed.error().cause);
      if (!first_error) first_error = analyzed.error();
      continue;
    }
    warn_of_fault(d, muscle);
    const auto amplitude = add_bursts(d, muscle, *analyzed, table);
    const double peak = *std::max_element(analyzed->envelope.begin(), analyzed->envelope.end());
    add_value(d, emg_peak, peak, {muscle.side, muscle.part, false});
    add_reference(d, muscle, options, amplitude);
    add_muscle_plot(d, muscle, *analyzed);
    add_fatigue(d, muscle, *analyzed);
    if (std::find(parts.begin(), parts.end(), muscle.part) == parts.end()) parts.push_back(muscle.part);
  }
  if (parts.empty()) return tl::unexpected(std::move(*first_error));
  for (const std::string& part : parts) compare_sides(d, part);
  d.tables.push_back(std::move(table));
  return d;
}

}  // namespace reprise::session
