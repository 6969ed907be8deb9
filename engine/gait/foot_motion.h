// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "base/frames.h"
#include "base/units.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// How much a foot moves around each sample: least in mid-stance. (rad/s)^2.
struct FootMotion {
  std::vector<double> energy;  ///< one a sample
  double energy_of_swing = 0;  ///< 95th percentile of the rotation's share alone
};

/// The value that `share` (0 to 1) of all values do not exceed. Precondition: not empty.
[[nodiscard]] inline double quantile(std::vector<double> values, double share) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// Means over a window centered on each sample; the ends see shorter windows.
[[nodiscard]] inline std::vector<double> centered_means(std::span<const double> values, std::size_t half) {
  const std::size_t n = values.size();
  std::vector<double> sums(n + 1, 0);
  for (std::size_t i = 0; i < n; ++i) sums[i + 1] = sums[i] + values[i];
  std::vector<double> means(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t begin = i > half ? i - half : 0;
    const std::size_t end = std::min(n, i + half + 1);
    means[i] = std::max(0.0, sums[end] - sums[begin]) / static_cast<double>(end - begin);
  }
  return means;
}

/// The index of the smallest value in [begin, end); begin if that is empty.
[[nodiscard]] inline std::size_t lowest_in(std::span<const double> values, std::size_t begin,
                                           std::size_t end) {
  end = std::min(end, values.size());
  if (begin >= end) return begin;
  const auto part = values.subspan(begin, end - begin);
  return begin + static_cast<std::size_t>(std::min_element(part.begin(), part.end()) - part.begin());
}

/// Averages the rotation's energy over a window (Rampp et al. 2014) and adds that of the acceleration's
/// deviation from gravity: 3 m/s2 weigh as much as 1 rad/s (unsourced), so that the moment in which a lifted
/// foot changes its turn is no mid-stance. Empty recordings have none.
template <class Frame>
[[nodiscard]] FootMotion foot_motion(std::span<const Vec3<Frame>> acceleration_mps2,
                                     std::span<const Vec3<Frame>> angular_velocity_radps,
                                     const Vec3<Frame>& bias_radps, Hertz rate, Seconds window) {
  constexpr double kWeight = 1.0 / 9;
  FootMotion motion;
  if (acceleration_mps2.empty()) return motion;
  const auto half = static_cast<std::size_t>(std::max(1.0, window.value() * rate.value() / 2));
  std::vector<double> energy;
  energy.reserve(acceleration_mps2.size());
  for (const auto& w : angular_velocity_radps) energy.push_back((w.v - bias_radps.v).squaredNorm());
  motion.energy_of_swing = quantile(centered_means(energy, half), 0.95);
  for (std::size_t i = 0; i < energy.size(); ++i) {
    energy[i] += kWeight * std::pow(acceleration_mps2[i].norm() - kGravityMps2, 2);
  }
  motion.energy = centered_means(energy, half);
  return motion;
}

}  // namespace reprise::engine
