// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/qrs_detection.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/signal/check.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr Seconds kShortestEcg{2};
constexpr double kOffMedianMv = 2;
constexpr Seconds kEdge{0.15};

/// Fills in the ends of the amplifier's range, where the caller does not know them.
ElectrodeContactOptions with_range(std::span<const double> ecg_mv, ElectrodeContactOptions options) {
  const double middle = median(std::vector<double>(ecg_mv.begin(), ecg_mv.end()));
  const auto [lowest, highest] = std::minmax_element(ecg_mv.begin(), ecg_mv.end());
  if (!options.lowest_mv && middle - *lowest >= kOffMedianMv) options.lowest_mv = *lowest;
  if (!options.highest_mv && *highest - middle >= kOffMedianMv) options.highest_mv = *highest;
  return options;
}

std::vector<SampleRange> unusable_stretches(std::span<const double> ecg_mv, Hertz rate,
                                            const ElectrodeContactOptions& options) {
  ElectrodeContact contact(rate, options);
  std::vector<SampleRange> stretches;
  for (std::size_t i = 0; i < ecg_mv.size(); ++i) {
    if (!contact.step(ecg_mv[i])) continue;
    if (stretches.empty() || contact.lost_since() > stretches.back().end) {
      stretches.push_back({contact.lost_since(), i + 1});
    } else {
      stretches.back().end = i + 1;
    }
  }
  return stretches;
}

/// Runs the detector over the recording; beats of stretches that turned out to be noise are taken back.
QrsDetection detect_all(QrsDetector& detector, std::span<const double> ecg_mv) {
  QrsDetection detection;
  std::optional<std::size_t> noise_begin;
  const auto take = [&](const EcgBeat& beat) {
    if (noise_begin && beat.sample > *noise_begin) {
      detection.unusable.push_back({*noise_begin, beat.sample});
      noise_begin.reset();
    }
    detection.beats.push_back(beat);
  };
  for (const double sample : ecg_mv) {
    if (auto beat = detector.step(sample)) take(*beat);
    if (detector.noisy_since() && !noise_begin) {
      noise_begin = detector.noisy_since();
      std::erase_if(detection.beats, [&](const EcgBeat& beat) { return beat.sample >= *noise_begin; });
    }
  }
  for (const EcgBeat& beat : detector.finish()) take(beat);
  if (noise_begin) detection.unusable.push_back({*noise_begin, ecg_mv.size()});
  return detection;
}

/// Sorts stretches and joins those that overlap.
void merge(std::vector<SampleRange>& stretches) {
  std::sort(stretches.begin(), stretches.end(),
            [](const SampleRange& a, const SampleRange& b) { return a.begin < b.begin; });
  std::vector<SampleRange> merged;
  for (const SampleRange& stretch : stretches) {
    if (!merged.empty() && stretch.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, stretch.end);
    } else {
      merged.push_back(stretch);
    }
  }
  stretches = std::move(merged);
}

bool lies_in(const EcgBeat& beat, const SampleRange& range, std::size_t edge) {
  return beat.sample + edge >= range.begin && beat.sample < range.end;
}

}  // namespace

Result<QrsDetection> detect_qrs(std::span<const double> ecg_mv, Hertz rate, const QrsOptions& options) {
  constexpr const char* kStage = "QRS detection";
  QrsOptions complete = options;
  if (auto ok = detail::check_samples(ecg_mv, 1, kStage); !ok) return tl::unexpected(ok.error());
  complete.contact = with_range(ecg_mv, options.contact);
  auto detector = QrsDetector::create(rate, complete);
  if (!detector) return tl::unexpected(detector.error());
  if (static_cast<double>(ecg_mv.size()) < kShortestEcg.value() * rate.value()) {
    return fail(ErrorCode::nothing_measured, kStage, "the ECG is shorter than 2 seconds", "record longer");
  }
  QrsDetection detection = detect_all(*detector, ecg_mv);
  for (const SampleRange& stretch : unusable_stretches(ecg_mv, rate, complete.contact)) {
    detection.unusable.push_back(stretch);
  }
  merge(detection.unusable);
  const auto edge = static_cast<std::size_t>(std::lround(kEdge.value() * rate.value()));
  std::erase_if(detection.beats, [&](const EcgBeat& beat) {
    return beat.sample >= ecg_mv.size() ||
           std::any_of(detection.unusable.begin(), detection.unusable.end(),
                       [&](const SampleRange& range) { return lies_in(beat, range, edge); });
  });
  return detection;
}

Result<std::vector<RrInterval>> rr_from_ecg(const QrsDetection& detection, Hertz rate,
                                            const RrOptions& options) {
  if (auto ok = detail::check_rate(rate, "RR intervals"); !ok) return tl::unexpected(ok.error());
  auto intervals = rr_from_beats(beat_times_s(detection.beats, rate), options);
  if (!intervals) return tl::unexpected(intervals.error());
  auto stretch = detection.unusable.begin();
  for (std::size_t i = 0; i < intervals->size(); ++i) {
    const auto from = detection.beats[i].sample;
    while (stretch != detection.unusable.end() && stretch->end <= from) ++stretch;
    if (stretch == detection.unusable.end()) break;
    if (stretch->begin < detection.beats[i + 1].sample) (*intervals)[i].kind = RrKind::gap;
  }
  classify_rr(*intervals, options);
  return intervals;
}

std::vector<double> beat_times_s(std::span<const EcgBeat> beats, Hertz rate) {
  std::vector<double> times_s;
  times_s.reserve(beats.size());
  for (const EcgBeat& beat : beats) times_s.push_back(beat.position / rate.value());
  return times_s;
}

}  // namespace reprise::engine
