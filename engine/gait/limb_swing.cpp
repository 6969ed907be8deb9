// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/limb_swing.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

/// Angular velocity across `up`, less its mean; means of `factor` samples.
std::vector<Eigen::Vector3d> tilting(const InertialView& samples, std::span<const Vec3<Sensor>> up,
                                     SampleRange range, std::size_t factor) {
  std::vector<Eigen::Vector3d> thin;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  for (std::size_t begin = range.begin; begin + factor <= range.end; begin += factor) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (std::size_t i = begin; i < begin + factor; ++i) {
      const Eigen::Vector3d& w = samples.angular_velocity_radps[i].v;
      sum += w - w.dot(up[i].v) * up[i].v;
    }
    thin.emplace_back(sum / static_cast<double>(factor));
    mean += thin.back();
  }
  if (!thin.empty()) mean /= static_cast<double>(thin.size());
  for (Eigen::Vector3d& w : thin) w -= mean;
  return thin;
}

double power_at(const std::vector<Eigen::Vector3d>& w, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = 0; i + lag < w.size(); ++i) sum += w[i].dot(w[i + lag]);
  return sum / static_cast<double>(w.size() - lag);
}

}  // namespace

std::optional<LimbSwing> limb_swing(const InertialView& samples, std::span<const Vec3<Sensor>> up,
                                    SampleRange range, const LimbSwingOptions& options) {
  if (!samples.has_gyroscope()) return std::nullopt;
  constexpr double kEnoughHz = 25;
  const auto factor =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(samples.rate.value() / kEnoughHz)));
  const double rate_hz = samples.rate.value() / static_cast<double>(factor);
  const auto shortest = static_cast<std::size_t>(std::lround(options.shortest_stride.value() * rate_hz));
  const auto longest = static_cast<std::size_t>(std::lround(options.longest_stride.value() * rate_hz));
  const auto w = tilting(samples, up, range, factor);
  if (shortest < 2 || w.size() < 2 * longest) return std::nullopt;
  std::vector<double> power;
  for (std::size_t lag = shortest - 1; lag <= longest + 1; ++lag) power.push_back(power_at(w, lag));
  const double most = *std::max_element(power.begin() + 1, power.end() - 1);
  if (!(most > options.least_repetition * power_at(w, 0))) return std::nullopt;
  // Two strides later it comes again as well: the first high peak.
  constexpr double kAsHigh = 0.85;
  std::size_t at = 1;
  while (at + 1 < power.size() &&
         !(power[at] >= kAsHigh * most && power[at] >= power[at - 1] && power[at] >= power[at + 1])) {
    ++at;
  }
  if (at + 1 >= power.size()) return std::nullopt;
  const double bend = power[at - 1] - 2 * power[at] + power[at + 1];
  const double offset = bend < 0 ? 0.5 * (power[at - 1] - power[at + 1]) / bend : 0;
  const Hertz stride_rate{rate_hz / (static_cast<double>(shortest - 1 + at) + offset)};
  // Of a sine the amplitude is the root of twice its power.
  const Radians angle{std::sqrt(2 * power[at]) / (2 * kPi * stride_rate.value())};
  if (angle < options.least_angle) return std::nullopt;
  return LimbSwing{stride_rate, angle};
}

}  // namespace reprise::engine
