// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/outliers.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

/// Predicts a sample from its neighbors.
std::optional<double> expected(const SignalWithGaps& signal, std::size_t i) {
  constexpr std::size_t kReach = 3;
  std::vector<double> middles;
  for (std::size_t k = 1; k <= std::min({kReach, i, signal.size() - 1 - i}); ++k) {
    if (signal[i - k] && signal[i + k]) middles.push_back(0.5 * (*signal[i - k] + *signal[i + k]));
  }
  if (middles.size() < 2) return std::nullopt;
  return median(middles);
}

}  // namespace

SignalWithGaps replace_outliers(const SignalWithGaps& signal, const OutlierOptions& options) {
  constexpr double kNormal = 1.4826;  // of a normal distribution: deviation over median absolute deviation
  constexpr std::size_t kAround = 7;
  std::vector<std::optional<double>> wanted(signal.size());
  for (std::size_t i = 0; i < signal.size(); ++i) {
    if (signal[i]) wanted[i] = expected(signal, i);
  }
  SignalWithGaps out = signal;
  std::vector<double> off;
  for (std::size_t i = 0; i < signal.size(); ++i) {
    if (!wanted[i]) continue;
    off.clear();
    for (std::size_t k = i - std::min(i, kAround); k <= std::min(i + kAround, signal.size() - 1); ++k) {
      if (wanted[k]) off.push_back(std::abs(*signal[k] - *wanted[k]));
    }
    const double allowed = std::max(options.least_off, options.deviations * kNormal * median(off));
    if (std::abs(*signal[i] - *wanted[i]) > allowed) out[i] = wanted[i];
  }
  return out;
}

}  // namespace reprise::engine
