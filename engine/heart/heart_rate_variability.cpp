// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/heart_rate_variability.h"

#include <algorithm>
#include <cmath>

#include "engine/heart/nn_statistics.h"
#include "engine/heart/rhythm_regularity.h"

namespace reprise::engine {
namespace {

constexpr double kMinuteS = 60;
constexpr double kGoodS = 300;  // customary length of a short recording
constexpr double kLfMinimumS = 120;
constexpr double kManyCorrected = 0.05;
constexpr double kTooManyCorrected = 0.20;

void limit(HrvRating& rating, HrvQuality quality, HrvCaveat caveat) {
  rating.quality = std::max(rating.quality, quality);
  if (std::find(rating.caveats.begin(), rating.caveats.end(), caveat) == rating.caveats.end()) {
    rating.caveats.push_back(caveat);
  }
}

HrvRating rate(double duration_s, double shortest_s, double corrected, bool broken, bool irregular) {
  HrvRating rating;
  if (duration_s < kGoodS) limit(rating, HrvQuality::limited, HrvCaveat::too_short);
  if (duration_s < shortest_s) limit(rating, HrvQuality::unusable, HrvCaveat::too_short);
  if (corrected > kManyCorrected) limit(rating, HrvQuality::limited, HrvCaveat::many_corrected);
  if (corrected > kTooManyCorrected) limit(rating, HrvQuality::unusable, HrvCaveat::many_corrected);
  if (broken) limit(rating, HrvQuality::limited, HrvCaveat::broken);
  if (irregular) limit(rating, HrvQuality::unusable, HrvCaveat::irregular_rhythm);
  return rating;
}

double total_s(std::span<const double> durations_s) {
  double sum = 0;
  for (const double d : durations_s) sum += d;
  return sum;
}

double corrected_share_of(std::span<const NnInterval> nn) {
  if (nn.empty()) return 0;
  const auto corrected =
      std::count_if(nn.begin(), nn.end(), [](const NnInterval& interval) { return interval.corrected; });
  return static_cast<double>(corrected) / static_cast<double>(nn.size());
}

}  // namespace

Result<HeartRateVariability> heart_rate_variability(std::span<const RrInterval> intervals,
                                                    const HrvSpectrumOptions& options) {
  const auto nn = nn_intervals(intervals);
  if (auto ok = detail::check_nn(nn, "heart rate variability"); !ok) return tl::unexpected(ok.error());
  HeartRateVariability result;
  const auto part = longest_part(nn);
  result.usable_share = usable_share(intervals);
  result.corrected_share = corrected_share_of(part);
  result.longest_part = Seconds{total_s(detail::durations_s(part))};
  if (auto domain = hrv_time_domain(nn)) result.time = *domain;
  if (auto domain = hrv_frequency_domain(nn, options)) result.frequency = *domain;
  if (auto domain = hrv_nonlinear(nn)) result.nonlinear = *domain;

  const auto regularity = rhythm_regularity(intervals);
  const bool irregular = regularity && regularity->irregular;
  const bool broken = part.size() < nn.size();
  const double measured_s = total_s(detail::measured_s(nn));
  const double part_s = result.longest_part.value();
  const double unusable = 1 - result.usable_share;
  result.time_rating = rate(measured_s, kMinuteS, nn.empty() ? 1 : unusable, false, irregular);
  result.frequency_rating = rate(part_s, kLfMinimumS, result.corrected_share, broken, irregular);
  result.nonlinear_rating = rate(part_s, kLfMinimumS, result.corrected_share, broken, irregular);
  // A value that could not be computed is rated so.
  if (!result.time) limit(result.time_rating, HrvQuality::unusable, HrvCaveat::too_short);
  if (!result.frequency) limit(result.frequency_rating, HrvQuality::unusable, HrvCaveat::too_short);
  if (!result.nonlinear) limit(result.nonlinear_rating, HrvQuality::unusable, HrvCaveat::too_short);
  return result;
}

}  // namespace reprise::engine
