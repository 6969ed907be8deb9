// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/romberg.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

namespace reprise::engine {
namespace {

constexpr const char* kRomberg = "Romberg ratio";
constexpr const char* kLimits = "limits of stability";

std::size_t direction_of(double ap_m, double ml_m) {
  const double turns = std::atan2(ml_m, ap_m) / (2 * kPi) * static_cast<double>(kLeanDirections);
  const long sector = std::lround(turns);
  return static_cast<std::size_t>((sector + static_cast<long>(kLeanDirections)) %
                                  static_cast<long>(kLeanDirections));
}

/// The largest value that `count` neighbors in a row all reach.
double longest_kept(const std::vector<double>& values, std::size_t count) {
  double best = 0;
  for (std::size_t i = 0; i + count <= values.size(); ++i) {
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(i);
    // Most starts fail at their first sample, so the inner search is rarely entered.
    if (*first <= best) continue;
    best = std::max(best, *std::min_element(first, first + static_cast<std::ptrdiff_t>(count)));
  }
  return best;
}

}  // namespace

Result<RombergRatios> romberg_ratios(const SwayMeasures& eyes_open, const SwayMeasures& eyes_closed) {
  const double durations = eyes_closed.duration / eyes_open.duration;
  if (!(durations > 0.9 && durations < 1.1)) {
    return fail(ErrorCode::invalid_argument, kRomberg,
                "the recordings last " + std::to_string(eyes_open.duration.value()) + " s and " +
                    std::to_string(eyes_closed.duration.value()) + " s; they may differ by a tenth",
                "cut the longer one to the length of the shorter");
  }
  if (!(eyes_open.mean_velocity_mps > 0) || !(eyes_open.ellipse.area > 0)) {
    return fail(ErrorCode::nothing_measured, kRomberg, "there is no sway with open eyes",
                "repeat the recording with open eyes");
  }
  RombergRatios ratios;
  ratios.velocity = eyes_closed.mean_velocity_mps / eyes_open.mean_velocity_mps;
  ratios.area = eyes_closed.ellipse.area / eyes_open.ellipse.area;
  ratios.path_length = eyes_closed.path_length_m / eyes_open.path_length_m;
  return ratios;
}

Result<LimitsOfStability> limits_of_stability(const CopView& path, const LimitsOfStabilityOptions& options) {
  if (auto ok = detail::check_cop(path, {}, kLimits); !ok) return tl::unexpected(ok.error());
  if (options.foot_length && !(options.foot_length->value() >= 0.1 && options.foot_length->value() <= 0.4)) {
    return fail(ErrorCode::invalid_argument, kLimits,
                "the foot length is " + std::to_string(options.foot_length->value()) +
                    " m; it must lie between 0.1 and 0.4 m",
                "give the foot length in meters");
  }
  const auto in_samples = [&](Seconds time) {
    return static_cast<std::size_t>(std::max(1L, std::lround(time.value() * path.rate.value())));
  };
  const std::size_t quiet = in_samples(options.quiet_start);
  const std::size_t hold = in_samples(options.hold);
  if (quiet + hold > path.size()) {
    return fail(ErrorCode::nothing_measured, kLimits, "the recording ends before the first lean",
                "record the quiet start and every lean in one recording");
  }
  LimitsOfStability result;
  const auto mean_start = [&](std::span<const double> samples) {
    const auto part = samples.first(quiet);
    return std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(quiet);
  };
  result.neutral = {mean_start(path.ap_m), mean_start(path.ml_m)};

  // Per direction, the projection of its own samples and 0 elsewhere: an excursion ends where its sector
  // does.
  std::array<std::vector<double>, kLeanDirections> excursions;
  for (auto& values : excursions) values.assign(path.size(), 0.0);
  for (std::size_t i = 0; i < path.size(); ++i) {
    const double ap = path.ap_m[i] - result.neutral.ap_m;
    const double ml = path.ml_m[i] - result.neutral.ml_m;
    const std::size_t d = direction_of(ap, ml);
    const double angle = 2 * kPi * static_cast<double>(d) / static_cast<double>(kLeanDirections);
    excursions[d][i] = ap * std::cos(angle) + ml * std::sin(angle);
  }
  double sum = 0;
  int leaned = 0;
  for (std::size_t d = 0; d < kLeanDirections; ++d) {
    const double farthest = longest_kept(excursions[d], hold);
    if (farthest < options.least.value()) continue;
    Lean lean{Meters{farthest}, std::nullopt};
    if (options.foot_length) lean.foot_length_share = farthest / options.foot_length->value();
    result.leans[d] = lean;
    sum += farthest;
    ++leaned;
  }
  if (leaned > 0) result.mean_excursion = Meters{sum / leaned};
  return result;
}

}  // namespace reprise::engine
