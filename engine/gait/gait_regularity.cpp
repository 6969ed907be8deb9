// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/gait_regularity.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numeric>
#include <vector>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kRegularityStage = "regularity of gait";

/// Preconditions: centered samples; lag below their count.
double unbiased_autocovariance(std::span<const double> x, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = 0; i + lag < x.size(); ++i) sum += x[i] * x[i + lag];
  return sum / static_cast<double>(x.size() - lag);
}

double best_near(std::span<const double> x, double lag, double variance) {
  const auto first = static_cast<std::size_t>(std::ceil(0.8 * lag));
  const auto last = std::min(static_cast<std::size_t>(1.2 * lag), x.size() - 1);
  double best = -1;
  for (std::size_t k = std::min(first, last); k <= last; ++k) {
    best = std::max(best, unbiased_autocovariance(x, k) / variance);
  }
  return best;
}

}  // namespace

Result<StepRegularity> step_regularity(std::span<const double> acceleration_mps2, Hertz rate,
                                       Seconds step_time) {
  if (auto ok = detail::check_rate(rate, kRegularityStage); !ok) return tl::unexpected(ok.error());
  if (!(step_time.value() > 0) || !(step_time.value() < 1e3)) {
    return fail(ErrorCode::invalid_argument, kRegularityStage, "the step time is not positive",
                "give the mean time of a step");
  }
  const double lag = step_time.value() * rate.value();
  const auto at_least = static_cast<std::size_t>(std::ceil(4 * lag));
  if (auto ok =
          detail::check_samples(acceleration_mps2, std::max<std::size_t>(at_least, 4), kRegularityStage);
      !ok) {
    return tl::unexpected(ok.error());
  }
  std::vector<double> centered(acceleration_mps2.begin(), acceleration_mps2.end());
  const double mean =
      std::accumulate(centered.begin(), centered.end(), 0.0) / static_cast<double>(centered.size());
  for (double& x : centered) x -= mean;
  const double variance = unbiased_autocovariance(centered, 0);
  if (!(variance > 1e-9)) {
    return fail(ErrorCode::nothing_measured, kRegularityStage, "nothing moves", "measure a walking bout");
  }
  StepRegularity regularity;
  regularity.step = best_near(centered, lag, variance);
  regularity.stride = best_near(centered, 2 * lag, variance);
  if (regularity.stride > 0) regularity.symmetry = regularity.step / regularity.stride;
  return regularity;
}

Result<double> harmonic_ratio(std::span<const double> stride_mps2, TrunkAxis axis) {
  if (auto ok = detail::check_samples(stride_mps2, 8, kRegularityStage); !ok)
    return tl::unexpected(ok.error());
  const std::size_t n = stride_mps2.size();
  const std::size_t pairs = std::min<std::size_t>(10, (n - 1) / 4);
  double odd = 0;
  double even = 0;
  for (std::size_t k = 1; k <= 2 * pairs; ++k) {
    const std::complex<double> turn =
        std::polar(1.0, -2 * kPi * static_cast<double>(k) / static_cast<double>(n));
    std::complex<double> phase = 1;
    std::complex<double> sum = 0;
    for (const double x : stride_mps2) {
      sum += x * phase;
      phase *= turn;
    }
    (k % 2 == 1 ? odd : even) += std::abs(sum);
  }
  const double over = axis == TrunkAxis::mediolateral ? odd : even;
  const double under = axis == TrunkAxis::mediolateral ? even : odd;
  if (!(under > 1e-9 * static_cast<double>(n))) {
    return fail(ErrorCode::nothing_measured, kRegularityStage, "the stride has no harmonics to compare",
                "measure a walking bout");
  }
  return over / under;
}

}  // namespace reprise::engine
