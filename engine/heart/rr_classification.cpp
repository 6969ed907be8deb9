// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/heart/rr_intervals.h"

namespace reprise::engine {
namespace {

// Lipponen & Tarvainen 2019.
constexpr double kQuartileDeviations = 5.2;
constexpr std::size_t kThresholdWindow = 91;
constexpr std::size_t kMedianWindow = 11;
constexpr double kEctopicSlope = 0.13;
constexpr double kEctopicOffset = 0.17;
constexpr double kFarFromMedian = 3;

/// A window of values around each place, kept sorted; shorter at the ends.
template <class Read>
std::vector<double> over_windows(std::span<const double> values, std::size_t width, Read read) {
  std::vector<double> sorted;
  std::vector<double> results(values.size());
  sorted.reserve(width + 1);
  const std::size_t half = width / 2;
  const auto insert = [&](double v) { sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), v), v); };
  const auto erase = [&](double v) { sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), v)); };
  for (std::size_t i = 0; i < std::min(half, values.size()); ++i) insert(values[i]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i + half < values.size()) insert(values[i + half]);
    if (i > half) erase(values[i - half - 1]);
    results[i] = read(std::span<const double>(sorted));
  }
  return results;
}

double quantile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// For each value 5.2 quartile deviations of the sizes around, not below `least`.
std::vector<double> thresholds(std::span<const double> values, std::span<const double> least) {
  std::vector<double> sizes(values.size());
  std::transform(values.begin(), values.end(), sizes.begin(), [](double v) { return std::abs(v); });
  auto limits = over_windows(sizes, kThresholdWindow, [](std::span<const double> sorted) {
    return kQuartileDeviations * (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
  });
  for (std::size_t i = 0; i < limits.size(); ++i) limits[i] = std::max(limits[i], least[i]);
  return limits;
}

/// What the rules look at, of one stretch without a gap.
struct RrFeatures {
  std::vector<double> rr_s, median_s;
  std::vector<double> change;     ///< from the interval before, in thresholds
  std::vector<double> deviation;  ///< from the median, in thresholds; doubled where shorter
  std::vector<double> deviation_threshold_s;
};

RrFeatures features_of(std::span<const RrInterval> intervals, double least_change) {
  RrFeatures f;
  for (const RrInterval& interval : intervals) f.rr_s.push_back(interval.duration.value());
  const std::size_t n = f.rr_s.size();
  f.median_s = over_windows(f.rr_s, kMedianWindow,
                            [](std::span<const double> sorted) { return quantile(sorted, 0.5); });
  f.change.assign(n, 0);
  f.deviation.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) f.change[i] = f.rr_s[i] - f.rr_s[i - 1];
    f.deviation[i] = f.rr_s[i] - f.median_s[i];
    if (f.deviation[i] < 0) f.deviation[i] *= 2;
  }
  std::vector<double> least_s(n);
  std::transform(f.median_s.begin(), f.median_s.end(), least_s.begin(),
                 [&](double median_s) { return least_change * median_s; });
  const auto change_threshold_s = thresholds(f.change, least_s);
  f.deviation_threshold_s = thresholds(f.deviation, least_s);
  for (std::size_t i = 0; i < n; ++i) {
    f.change[i] /= change_threshold_s[i];
    f.deviation[i] /= f.deviation_threshold_s[i];
  }
  return f;
}

/// A beat between intervals i - 1 and i came early or late: a change back follows one away.
bool is_ectopic_change(const RrFeatures& f, std::size_t i) {
  const double here = std::abs(f.change[i]);
  if (here <= 1 || i + 1 >= f.change.size()) return false;
  const double sign = f.change[i] > 0 ? 1 : -1;
  const double nearer = std::max(sign * f.change[i - 1], sign * f.change[i + 1]);
  return nearer < -kEctopicSlope * here - kEctopicOffset;
}

bool is_long_or_short(const RrFeatures& f, std::size_t i) {
  if (std::abs(f.deviation[i]) > kFarFromMedian) return true;
  if (std::abs(f.change[i]) <= 1) return false;
  const auto later = [&](std::size_t k) { return k < f.change.size() ? f.change[k] : 0.0; };
  return f.change[i] > 1 ? std::min(later(i + 1), later(i + 2)) < -1
                         : std::max(later(i + 1), later(i + 2)) > 1;
}

/// This interval and the next are one that an invented beat has parted.
bool is_parted(const RrFeatures& f, std::size_t i) {
  if (f.change[i] > -1 || i + 1 >= f.rr_s.size()) return false;
  return std::abs(f.rr_s[i] + f.rr_s[i + 1] - f.median_s[i]) < f.deviation_threshold_s[i];
}

void classify_stretch(std::span<RrInterval> intervals, const RrOptions& options) {
  constexpr std::size_t kFewest = 4;
  if (intervals.size() >= kFewest) {
    const RrFeatures f = features_of(intervals, options.least_change);
    for (std::size_t i = 1; i < intervals.size(); ++i) {
      if (is_ectopic_change(f, i)) {
        intervals[i - 1].kind = intervals[i].kind = RrKind::ectopic;
      } else if (is_long_or_short(f, i) && intervals[i].kind == RrKind::normal) {
        intervals[i].kind = RrKind::artefact;
        if (is_parted(f, i)) intervals[i + 1].kind = RrKind::artefact;
      }
    }
    // The first interval has no change of its own.
    if (std::abs(f.deviation[0]) > 1 && f.change[1] * f.deviation[0] < 0 && std::abs(f.change[1]) > 1) {
      intervals[0].kind = RrKind::artefact;
    }
  }
  for (RrInterval& interval : intervals) {
    if (interval.duration < options.shortest) interval.kind = RrKind::artefact;
  }
}

}  // namespace

void classify_rr(std::span<RrInterval> intervals, const RrOptions& options) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= intervals.size(); ++i) {
    if (i < intervals.size()) {
      if (intervals[i].duration > options.longest) intervals[i].kind = RrKind::gap;
      if (intervals[i].kind != RrKind::gap) {
        intervals[i].kind = RrKind::normal;
        continue;
      }
    }
    classify_stretch(intervals.subspan(begin, i - begin), options);
    begin = i + 1;
  }
}

}  // namespace reprise::engine
