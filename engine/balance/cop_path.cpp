// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/cop_path.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

bool is_measured(const std::optional<CopPoint>& point) {
  return point && std::isfinite(point->ap_m) && std::isfinite(point->ml_m);
}

double range_of(std::span<const double> samples) {
  const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
  return *high - *low;
}

/// Appends the samples of a straight line from the path's last point to `end`, which comes after `missing`
/// samples, and `end` itself.
void append_bridged(CopPath& path, const CopPoint& end, std::size_t missing) {
  const double ap = path.ap_m.back();
  const double ml = path.ml_m.back();
  for (std::size_t k = 1; k <= missing + 1; ++k) {
    const double share = static_cast<double>(k) / static_cast<double>(missing + 1);
    path.ap_m.push_back(ap + share * (end.ap_m - ap));
    path.ml_m.push_back(ml + share * (end.ml_m - ml));
  }
}

}  // namespace

std::optional<CopPoint> cop_of_plate(double vertical_force_n, double moment_about_ap_nm,
                                     double moment_about_ml_nm, double unloaded_n) {
  if (!std::isfinite(vertical_force_n) || !std::isfinite(moment_about_ap_nm) ||
      !std::isfinite(moment_about_ml_nm) || vertical_force_n < unloaded_n || !(vertical_force_n > 0)) {
    return std::nullopt;
  }
  return CopPoint{-moment_about_ml_nm / vertical_force_n, moment_about_ap_nm / vertical_force_n};
}

Result<LongestPath> longest_path(const CopSeries& series, const CopPathOptions& options) {
  constexpr const char* kStage = "center of pressure";
  if (auto ok = detail::check_rate(series.rate, kStage); !ok) return tl::unexpected(ok.error());
  if (!(options.max_gap.value() >= 0)) {
    return fail(ErrorCode::invalid_argument, kStage, "the longest gap to fill is negative",
                "give 0 seconds or more");
  }
  const double filled = std::floor(std::min(options.max_gap.value() * series.rate.value(), 1e9) + 1e-9);
  const auto most_missing = static_cast<std::size_t>(filled);
  LongestPath best;
  CopPath current{series.rate, {}, {}};
  std::size_t first = 0;
  std::size_t missing = 0;
  const auto keep_longer = [&] {
    if (current.ap_m.size() <= best.path.ap_m.size()) return;
    best.path = current;
    best.first_sample = first;
  };
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    if (!is_measured(series.points[i])) {
      ++missing;
      continue;
    }
    if (current.ap_m.empty() || missing > most_missing) {
      keep_longer();
      first = i;
      current.ap_m.assign(1, series.points[i]->ap_m);
      current.ml_m.assign(1, series.points[i]->ml_m);
    } else {
      append_bridged(current, *series.points[i], missing);
    }
    missing = 0;
  }
  keep_longer();
  if (best.path.ap_m.empty()) {
    return fail(ErrorCode::nothing_measured, kStage, "no sample has enough load for a center of pressure",
                "stand on the plate or the insoles, and check that they are zeroed without load");
  }
  best.kept = static_cast<double>(best.path.ap_m.size()) / static_cast<double>(series.points.size());
  return best;
}

namespace detail {

Result<void> check_cop(const CopView& path, const CopLimits& limits, std::string_view stage) {
  const std::string step(stage);
  if (auto ok = check_rate(path.rate, stage); !ok) return ok;
  if (path.rate < limits.slowest_rate) {
    return fail(ErrorCode::unsupported, step,
                "the rate is " + std::to_string(path.rate.value()) + " Hz; at least " +
                    std::to_string(limits.slowest_rate.value()) + " Hz are needed",
                "record at 50 Hz or more");
  }
  if (path.ap_m.size() != path.ml_m.size()) {
    return fail(ErrorCode::invalid_argument, step, "the two directions have different numbers of samples",
                "give both directions of every sample");
  }
  if (auto ok = check_samples(path.ap_m, 2, stage); !ok) return ok;
  if (auto ok = check_samples(path.ml_m, 2, stage); !ok) return ok;
  if (path.duration() < limits.shortest) {
    return fail(ErrorCode::nothing_measured, step,
                "the recording lasts " + std::to_string(path.duration().value()) + " s; at least " +
                    std::to_string(limits.shortest.value()) + " s are needed",
                "record longer: 30 to 60 s");
  }
  const double widest = std::max(range_of(path.ap_m), range_of(path.ml_m));
  if (widest > limits.widest.value()) {
    return fail(ErrorCode::invalid_argument, step,
                "the center of pressure moves over " + std::to_string(widest) +
                    " m; a standing person's base of support is at most " +
                    std::to_string(limits.widest.value()) + " m wide",
                "give meters (centimeters divided by 100), or cut steps off");
  }
  // Twice the rounding of a float in meters: noise of any real sensor is larger.
  constexpr double kStuckM = 1e-6;
  if (widest < kStuckM) {
    return fail(ErrorCode::nothing_measured, step, "the center of pressure does not move at all",
                "check that the sensor is loaded and not stuck");
  }
  return {};
}

Thinned thin(std::span<const double> samples, Hertz rate, Hertz highest) {
  const auto block = static_cast<std::size_t>(std::max(1.0, std::ceil(rate / highest - 1e-9)));
  Thinned result{rate / static_cast<double>(block), {}};
  result.samples.reserve(samples.size() / block);
  for (std::size_t start = 0; start + block <= samples.size(); start += block) {
    double sum = 0;
    for (std::size_t i = start; i < start + block; ++i) sum += samples[i];
    result.samples.push_back(sum / static_cast<double>(block));
  }
  return result;
}

}  // namespace detail
}  // namespace reprise::engine
