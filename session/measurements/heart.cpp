// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/heart.h"

#include <algorithm>
#include <cmath>

#include "engine/heart/exertion.h"
#include "engine/heart/heart_rate_variability.h"
#include "engine/heart/qrs_detection.h"
#include "engine/heart/rhythm_regularity.h"

namespace reprise::session {
namespace {

using engine::NnInterval;
using engine::RrInterval;
using enum SignalMeasure;

constexpr double kPerMinute = 60;
constexpr double kMsPerS = 1000;
// Variability is measured over windows of five minutes, the length of the published reference windows; a
// stretch between gaps may give shorter ones.
constexpr Seconds kHrvWindow{300};
constexpr Seconds kShownEcg{10};

// [begin, end) of the intervals whose later beat lies within a window.
std::span<const RrInterval> within(std::span<const RrInterval> all, Seconds from, Seconds to) {
  const auto before = [](const RrInterval& r, Seconds time) { return r.end < time; };
  const auto begin = std::lower_bound(all.begin(), all.end(), from, before);
  const auto end = std::lower_bound(begin, all.end(), to, before);
  return {begin, end};
}

const char* caveat_words(engine::HrvCaveat caveat) {
  switch (caveat) {
    case engine::HrvCaveat::too_short: return "the recording is too short for it";
    case engine::HrvCaveat::many_corrected: return "too many intervals had to be corrected";
    case engine::HrvCaveat::broken: return "the recording has gaps";
    case engine::HrvCaveat::irregular_rhythm: return "the rhythm is irregular";
  }
  return "";
}

void refuse(MeasurementDocument& d, const char* domain, const engine::HrvRating& rating) {
  std::string why = std::string{domain} + " of heart rate variability";
  for (std::size_t i = 0; i < rating.caveats.size(); ++i)
    why += (i == 0 ? ": " : ", ") + std::string{caveat_words(rating.caveats[i])};
  if (std::find(d.not_measured.begin(), d.not_measured.end(), why) == d.not_measured.end())
    d.not_measured.push_back(why);
}

const std::vector<SignalMeasure> kWindowColumns = {heart_rate,     mean_nn,    sdnn,       rmssd, pnn50,
                                                   lf_power,       hf_power,   lf_hf,      sd1,   sd2,
                                                   sample_entropy, dfa_alpha1, usable_time};

// The values of one window, in the order of kWindowColumns; an unusable one stays empty.
std::vector<std::optional<double>> window_values(MeasurementDocument& d, std::span<const RrInterval> window) {
  std::vector<std::optional<double>> values(kWindowColumns.size());
  const auto set = [&](SignalMeasure measure, std::optional<double> value) {
    const auto column = std::find(kWindowColumns.begin(), kWindowColumns.end(), measure);
    values[static_cast<std::size_t>(column - kWindowColumns.begin())] = value;
  };
  set(usable_time, engine::usable_share(window));
  const auto hrv = engine::heart_rate_variability(window);
  if (!hrv) return values;
  if (hrv->time) {
    set(mean_nn, hrv->time->mean_nn.value());
    set(heart_rate, 1 / hrv->time->mean_nn.value());
  }
  if (hrv->time && hrv->time_rating.quality != engine::HrvQuality::unusable) {
    set(sdnn, hrv->time->sdnn.value());
    set(rmssd, hrv->time->rmssd.value());
    set(pnn50, hrv->time->pnn50);
  } else {
    refuse(d, "time domain", hrv->time_rating);
  }
  if (hrv->frequency && hrv->frequency_rating.quality != engine::HrvQuality::unusable) {
    set(lf_power, hrv->frequency->lf_s2);
    set(hf_power, hrv->frequency->hf_s2);
    set(lf_hf, hrv->frequency->lf_to_hf);
  } else {
    refuse(d, "frequency domain", hrv->frequency_rating);
  }
  if (hrv->nonlinear && hrv->nonlinear_rating.quality != engine::HrvQuality::unusable) {
    set(sd1, hrv->nonlinear->sd1.value());
    set(sd2, hrv->nonlinear->sd2.value());
    set(sample_entropy, hrv->nonlinear->sample_entropy);
    set(dfa_alpha1, hrv->nonlinear->dfa_alpha1);
  } else {
    refuse(d, "non-linear measures", hrv->nonlinear_rating);
  }
  return values;
}

// The intervals between two gaps of the recording, which no window crosses.
using Stretches = std::vector<std::span<const RrInterval>>;

void add_windows(MeasurementDocument& d, EventTable& table, std::span<const RrInterval> intervals,
                 bool only) {
  const Seconds first = intervals.front().end - intervals.front().duration;
  const Seconds last = intervals.back().end;
  for (Seconds from = first; from < last; from += kHrvWindow) {
    const Seconds to = std::min(last + Seconds{1e-9}, from + kHrvWindow);
    // A window of less than a fifth says little: a last one nothing that the one before does not.
    if ((from > first || !only) && to - from < 0.2 * kHrvWindow) break;
    const auto window = within(intervals, from, to);
    if (window.empty()) continue;
    table.rows.push_back({from, to, std::nullopt, "", "", window_values(d, window)});
  }
}

EventTable windows_of(MeasurementDocument& d, const Stretches& stretches) {
  EventTable table{"windows", kWindowColumns, {}};
  for (const auto& stretch : stretches) add_windows(d, table, stretch, stretches.size() == 1);
  if (table.rows.empty()) d.not_measured.emplace_back("heart rate variability: no part lasts a minute");
  return table;
}

// The mean over the windows that have a measure, each with the same weight.
void add_window_means(MeasurementDocument& d, const EventTable& windows) {
  for (std::size_t column = 0; column < windows.columns.size(); ++column) {
    const SignalMeasure measure = windows.columns[column];
    if (measure == heart_rate || measure == mean_nn || measure == usable_time) continue;
    std::vector<double> values;
    for (const MeasuredEvent& row : windows.rows) {
      if (row.values[column]) values.push_back(*row.values[column]);
    }
    if (const auto mean = repeated(values))
      add_mean(d, measure, *mean, {.primary = measure == rmssd || measure == sdnn});
  }
}

// Rates as means over ten seconds: single intervals hold breathing and misplaced beats.
std::vector<double> rates_of_ten_seconds(const std::vector<engine::HeartRateSample>& samples) {
  constexpr double kTen = 10;
  std::vector<double> means;
  std::size_t i = 0;
  while (i < samples.size()) {
    const double end = samples[i].time.value() + kTen;
    double sum = 0;
    std::size_t count = 0;
    for (; i < samples.size() && samples[i].time.value() < end; ++i, ++count) sum += samples[i].rate_bpm;
    constexpr std::size_t kLeast = 4;
    if (count >= kLeast) means.push_back(sum / static_cast<double>(count) / kPerMinute);
  }
  return means;
}

void add_rates(MeasurementDocument& d, std::span<const NnInterval> nn, std::optional<Seconds> end_of_effort) {
  const auto samples = engine::heart_rate_of(nn);
  double total_s = 0;
  for (const NnInterval& interval : nn) total_s += interval.corrected ? 0 : interval.duration.value();
  const auto measured = static_cast<double>(samples.size());
  if (total_s > 0) add_value(d, heart_rate, measured / total_s, {.primary = true});
  const auto tens = rates_of_ten_seconds(samples);
  if (!tens.empty()) {
    add_value(d, heart_rate_least, *std::min_element(tens.begin(), tens.end()));
    add_value(d, heart_rate_most, *std::max_element(tens.begin(), tens.end()));
  }
  if (total_s > 0) add_value(d, mean_nn, total_s / measured);
  if (!end_of_effort) return;
  const auto recovery = engine::heart_rate_recovery(samples, *end_of_effort);
  if (!recovery) {
    d.warnings.push_back({"no_recovery", recovery.error().cause, recovery.error().remedy});
    return;
  }
  const auto add_drop = [&](SignalMeasure measure, const std::optional<double>& drop) {
    if (drop) add_value(d, measure, *drop / kPerMinute, {.primary = true});
  };
  add_drop(heart_rate_recovery_60, recovery->drop_60_s_bpm);
  add_drop(heart_rate_recovery_120, recovery->drop_120_s_bpm);
}

SignalPlot tachogram_of(std::span<const RrInterval> intervals) {
  SignalPlot plot{"tachogram", "s", "ms", true, {}, {}, {}};
  PlotLine line{"rr_intervals", std::nullopt, {}, {}, true};
  const std::size_t step = 1 + intervals.size() / kPlotPoints;
  for (std::size_t i = 0; i < intervals.size(); i += step) {
    if (intervals[i].kind == engine::RrKind::gap) continue;
    line.x.push_back(intervals[i].end.value());
    line.y.push_back(intervals[i].duration.value() * kMsPerS);
  }
  plot.lines.push_back(std::move(line));
  constexpr std::size_t kMostMarks = 400;
  for (const RrInterval& r : intervals) {
    if (r.kind != engine::RrKind::ectopic && r.kind != engine::RrKind::artefact) continue;
    if (plot.marks.size() == kMostMarks) break;
    plot.marks.push_back({r.kind == engine::RrKind::ectopic ? "ectopic" : "artefact", r.end.value(),
                          r.duration.value() * kMsPerS, std::nullopt});
  }
  return plot;
}

SignalPlot poincare_of(std::span<const NnInterval> nn) {
  SignalPlot plot{"poincare", "ms", "ms", false, {}, {}, {}};
  constexpr std::size_t kMostPoints = 1500;
  const std::size_t step = 1 + nn.size() / kMostPoints;
  for (std::size_t i = 1; i < nn.size(); i += step) {
    if (nn[i].after_break || nn[i].corrected || nn[i - 1].corrected) continue;
    plot.marks.push_back(
        {"interval", nn[i - 1].duration.value() * kMsPerS, nn[i].duration.value() * kMsPerS, std::nullopt});
  }
  return plot;
}

void warn_of_quality(MeasurementDocument& d, std::span<const RrInterval> intervals) {
  const double usable = engine::usable_share(intervals);
  add_value(d, usable_time, usable);
  constexpr double kEnough = 0.8;
  if (usable < kEnough) {
    d.warnings.push_back({"few_usable", "Less than four fifths of the time hold normal intervals.",
                          "Moisten the electrodes or the strap, tighten it, and record again."});
  }
  const auto rhythm = engine::rhythm_regularity(intervals);
  if (rhythm && rhythm->irregular) {
    d.warnings.push_back({"irregular_rhythm",
                          "The intervals are irregular, so that heart rate variability is not measured. This "
                          "is no diagnosis: extra beats, fibrillation and poor contact look alike.",
                          "Look at the signal; if contact was good, a clinician should judge the rhythm."});
  }
}

const char* kind_words(engine::RrKind kind) {
  switch (kind) {
    case engine::RrKind::normal: return "";
    case engine::RrKind::ectopic: return "ectopic";
    case engine::RrKind::artefact: return "artefact";
    case engine::RrKind::gap: return "gap";
  }
  return "";
}

// Each interval, up to some hours of them: a day's list would be larger than all the rest.
void add_beats(MeasurementDocument& d, std::span<const RrInterval> intervals) {
  constexpr std::size_t kMostBeats = 20'000;
  if (intervals.size() > kMostBeats) return;
  EventTable table{"beats", {mean_nn}, {}};
  for (const RrInterval& r : intervals)
    table.rows.push_back(
        {r.end - r.duration, r.end, std::nullopt, "", kind_words(r.kind), {r.duration.value()}});
  d.tables.push_back(std::move(table));
}

void fill_heart(MeasurementDocument& d, std::span<const RrInterval> intervals, const Stretches& stretches,
                std::optional<Seconds> end_of_effort) {
  const auto nn = engine::nn_intervals(intervals);
  add_rates(d, nn, end_of_effort);
  EventTable windows = windows_of(d, stretches);
  add_window_means(d, windows);
  warn_of_quality(d, intervals);
  d.tables.push_back(std::move(windows));
  add_beats(d, intervals);
  d.plots.push_back(tachogram_of(intervals));
  d.plots.push_back(poincare_of(nn));
}

// The first seconds in which there are beats.
SignalPlot shown_ecg(const EcgLead& lead, const engine::QrsDetection& found) {
  SignalPlot plot{"ecg_signal", "s", "mV", true, {}, {}, {}};
  const auto length = static_cast<std::size_t>(kShownEcg.value() * lead.rate.value());
  const std::size_t first_beat = found.beats.front().sample;
  const std::size_t begin = first_beat > length / 10 ? first_beat - length / 10 : 0;
  const std::size_t end = std::min(lead.samples_mv.size(), begin + length);
  const std::vector<double> shown(lead.samples_mv.begin() + static_cast<std::ptrdiff_t>(begin),
                                  lead.samples_mv.begin() + static_cast<std::ptrdiff_t>(end));
  const Seconds from = lead.start + period(lead.rate) * static_cast<double>(begin);
  plot.lines.push_back(plot_line("ecg", std::nullopt, from, lead.rate, shown));
  for (const engine::EcgBeat& beat : found.beats) {
    if (beat.sample < begin || beat.sample >= end) continue;
    plot.marks.push_back({"beat", lead.start.value() + beat.position / lead.rate.value(),
                          lead.samples_mv[beat.sample], std::nullopt});
  }
  return plot;
}

tl::unexpected<Error> no_heartbeats() {
  return fail(ErrorCode::nothing_measured, "measuring the heart", "there are no heartbeats in the signal",
              "check electrodes or strap, and that the channel is an ECG or a list of RR intervals");
}

/// The beats of a part between gaps.
struct EcgPart {
  const EcgLead* lead = nullptr;
  engine::QrsDetection detection;
  std::vector<RrInterval> intervals;  ///< on the recording's clock
};

Result<EcgPart> beats_in(const EcgLead& lead) {
  auto found = engine::detect_qrs(lead.samples_mv, lead.rate);
  if (!found) return tl::unexpected(found.error());
  constexpr std::size_t kLeastBeats = 5;
  if (found->beats.size() < kLeastBeats) return no_heartbeats();
  auto intervals = engine::rr_from_ecg(*found, lead.rate);
  if (!intervals) return tl::unexpected(intervals.error());
  for (RrInterval& interval : *intervals) interval.end += lead.start;
  return EcgPart{&lead, std::move(*found), std::move(*intervals)};
}

Seconds duration_of(const EcgLead& lead) {
  return period(lead.rate) * static_cast<double>(lead.samples_mv.size());
}

void warn_of_gaps(MeasurementDocument& d, std::span<const EcgLead> parts, std::span<const EcgPart> found) {
  Seconds measured{0};
  for (const EcgPart& part : found) measured += duration_of(*part.lead);
  const Seconds whole = parts.back().start + duration_of(parts.back()) - parts.front().start;
  const auto tenths = [](Seconds s) {
    const std::string text = std::to_string(std::lround(s.value() * 10));
    return (text.size() == 1 ? "0" : text.substr(0, text.size() - 1)) + "." + text.back();
  };
  d.warnings.push_back({"gaps",
                        "The recording has " + std::to_string(parts.size() - 1) +
                            (parts.size() == 2 ? " gap" : " gaps") + ". Measured were " + tenths(measured) +
                            " s of " + tenths(whole) + " s, in " + std::to_string(found.size()) +
                            (found.size() == 1 ? " part" : " parts") +
                            "; no interval and no window reaches across a gap.",
                        "Check electrodes, strap and the recorder's memory."});
}

/// The intervals of all parts, with a gap between two; and where each part's begin and end.
std::pair<std::vector<RrInterval>, std::vector<std::pair<std::size_t, std::size_t>>> joined(
    std::span<const EcgPart> parts) {
  std::vector<RrInterval> all;
  std::vector<std::pair<std::size_t, std::size_t>> bounds;
  for (const EcgPart& part : parts) {
    const RrInterval& first = part.intervals.front();
    const Seconds start = first.end - first.duration;
    if (!all.empty()) all.push_back({start, start - all.back().end, engine::RrKind::gap});
    const std::size_t begin = all.size();
    all.insert(all.end(), part.intervals.begin(), part.intervals.end());
    bounds.emplace_back(begin, all.size());
  }
  return {std::move(all), std::move(bounds)};
}

}  // namespace

Result<MeasurementDocument> measure_ecg(const MeasurementInput& input, const EcgLead& lead,
                                        std::optional<Seconds> end_of_effort) {
  return measure_ecg(input, std::span{&lead, 1}, end_of_effort);
}

Result<MeasurementDocument> measure_ecg(const MeasurementInput& input, std::span<const EcgLead> parts,
                                        std::optional<Seconds> end_of_effort) {
  std::vector<EcgPart> found;
  std::optional<Error> first_error;
  for (const EcgLead& lead : parts) {
    auto part = beats_in(lead);
    if (part) {
      found.push_back(std::move(*part));
    } else if (!first_error) {
      first_error = std::move(part.error());
    }
  }
  if (found.empty()) {
    if (first_error) return tl::unexpected(std::move(*first_error));
    return no_heartbeats();
  }
  MeasurementDocument d = begin_measurement(
      MeasurementKind::heart,
      "R peaks of one ECG lead; heart rate variability in windows of up to five minutes that count alike.",
      input);
  d.not_measured = {"the electrocardiogram's waves and rhythm: this is no diagnosis"};
  const bool contact_lost =
      std::any_of(found.begin(), found.end(), [](const EcgPart& p) { return !p.detection.unusable.empty(); });
  if (contact_lost) {
    d.warnings.push_back({"electrode", "Parts of the signal are flat or at the amplifier's limit.",
                          "Check the electrodes; those parts are left out."});
  }
  if (parts.size() > 1) warn_of_gaps(d, parts, found);
  d.plots.push_back(shown_ecg(*found.front().lead, found.front().detection));
  const auto [intervals, bounds] = joined(found);
  Stretches stretches;
  for (const auto& [begin, end] : bounds)
    stretches.push_back(std::span{intervals}.subspan(begin, end - begin));
  fill_heart(d, intervals, stretches, end_of_effort);
  return d;
}

Result<MeasurementDocument> measure_intervals(const MeasurementInput& input,
                                              std::span<const RrInterval> intervals,
                                              std::optional<Seconds> end_of_effort) {
  if (intervals.empty()) return no_heartbeats();
  MeasurementDocument d = begin_measurement(MeasurementKind::heart,
                                            "Intervals between heartbeats as recorded; variability in "
                                            "windows of up to five minutes that count alike.",
                                            input);
  d.not_measured = {"the electrocardiogram: only the times of beats were recorded"};
  fill_heart(d, intervals, {intervals}, end_of_effort);
  return d;
}

}  // namespace reprise::session
