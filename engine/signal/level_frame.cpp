// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/level_frame.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/signal/butterworth.h"
#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kLevelStage = "direction of gravity";
using Directions = std::vector<Vec3<Sensor>>;

/// One pass of the complementary filter. It starts as a running mean, so that no single sample decides.
/// Precondition: at least one sample.
Directions complementary_pass(const InertialView& samples, const GravityOptions& options, bool backward) {
  const std::size_t n = samples.size();
  const double dt = 1 / samples.rate.value();
  const double settled_gain = 1 - std::exp(-dt / options.time_constant.value());
  Eigen::Vector3d up = samples.acceleration_mps2[backward ? n - 1 : 0].v.normalized();
  Directions directions(n);
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t i = backward ? n - 1 - k : k;
    // A direction fixed in the world turns against the sensor's rotation.
    const Eigen::Vector3d turn = samples.angular_velocity_radps[i].v * (backward ? -dt : dt);
    up -= turn.cross(up) - 0.5 * turn.cross(turn.cross(up));
    const Eigen::Vector3d& a = samples.acceleration_mps2[i].v;
    const double size = a.norm();
    if (size > 0) {
      const double excess = (size - kGravityMps2) / (0.2 * kGravityMps2);
      const double gain = std::max(settled_gain, 1 / static_cast<double>(k + 1));
      up += gain / (1 + excess * excess) * (a / size - up);
    }
    up.normalize();
    directions[i] = Vec3<Sensor>{up};
  }
  return directions;
}

Result<Directions> low_passed(const InertialView& samples, const GravityOptions& options) {
  ButterworthOptions filter;
  filter.order = options.order;
  filter.cutoff = options.cutoff;
  Directions directions(samples.size());
  std::vector<double> axis(samples.size());
  for (int k = 0; k < 3; ++k) {
    for (std::size_t i = 0; i < axis.size(); ++i) axis[i] = samples.acceleration_mps2[i].v[k];
    const auto slow = butterworth_zero_phase(axis, samples.rate, filter);
    if (!slow) return tl::unexpected(slow.error());
    for (std::size_t i = 0; i < axis.size(); ++i) directions[i].v[k] = (*slow)[i];
  }
  return directions;
}

}  // namespace

Result<Directions> gravity_directions(const InertialView& samples, const GravityOptions& options) {
  const std::size_t at_least = 2 * static_cast<std::size_t>(std::max(options.order, 0)) + 2;
  if (auto ok = detail::check_inertial(samples, Hertz{0}, at_least, kLevelStage); !ok) {
    return tl::unexpected(ok.error());
  }
  if (!(options.time_constant.value() > 0)) {
    return fail(ErrorCode::invalid_argument, kLevelStage, "the time constant is not positive",
                "choose a time constant of a few seconds");
  }
  Directions directions;
  if (options.use_gyroscope && samples.has_gyroscope()) {
    directions = complementary_pass(samples, options, false);
    const Directions backward = complementary_pass(samples, options, true);
    for (std::size_t i = 0; i < directions.size(); ++i) directions[i].v += backward[i].v;
  } else {
    auto slow = low_passed(samples, options);
    if (!slow) return slow;
    directions = std::move(*slow);
  }
  for (auto& direction : directions) {
    const double length = direction.norm();
    if (!(length > 1e-6)) {
      return fail(ErrorCode::nothing_measured, kLevelStage, "the accelerometer shows no gravity",
                  "check that the acceleration is the specific force in m/s2: 9.81 at rest");
    }
    direction.v /= length;
  }
  return directions;
}

std::vector<double> vertical_acceleration(std::span<const Vec3<Sensor>> acceleration_mps2,
                                          std::span<const Vec3<Sensor>> up) {
  std::vector<double> vertical(acceleration_mps2.size());
  for (std::size_t i = 0; i < vertical.size(); ++i)
    vertical[i] = acceleration_mps2[i].dot(up[i]) - kGravityMps2;
  return vertical;
}

std::vector<double> yaw_rate(std::span<const Vec3<Sensor>> angular_velocity_radps,
                             std::span<const Vec3<Sensor>> up) {
  std::vector<double> yaw(angular_velocity_radps.size());
  for (std::size_t i = 0; i < yaw.size(); ++i) yaw[i] = angular_velocity_radps[i].dot(up[i]);
  return yaw;
}

InertialView part_of(const InertialView& samples, std::size_t begin, std::size_t end) {
  InertialView part;
  part.rate = samples.rate;
  part.acceleration_mps2 = samples.acceleration_mps2.subspan(begin, end - begin);
  if (samples.has_gyroscope()) {
    part.angular_velocity_radps = samples.angular_velocity_radps.subspan(begin, end - begin);
  }
  return part;
}

double saturated_share(const InertialView& samples) {
  if (samples.size() == 0) return 0;
  const auto& a = samples.acceleration_mps2;
  Eigen::Array3d lowest = a.front().v;
  Eigen::Array3d highest = a.front().v;
  for (const auto& sample : a) {
    lowest = lowest.min(sample.v.array());
    highest = highest.max(sample.v.array());
  }
  std::size_t saturated = 0;
  std::array<std::size_t, 3> run{};
  for (const auto& sample : a) {
    bool held = false;
    for (int k = 0; k < 3; ++k) {
      const double value = sample.v[k];
      const bool extreme =
          std::abs(value) > 1.5 * kGravityMps2 && (value == lowest[k] || value == highest[k]);
      auto& length = run[static_cast<std::size_t>(k)];
      length = extreme ? length + 1 : 0;
      held = held || length >= 3;
    }
    if (held) ++saturated;
  }
  return static_cast<double>(saturated) / static_cast<double>(a.size());
}

namespace detail {

Result<void> check_inertial(const InertialView& samples, Hertz slowest, std::size_t at_least,
                            std::string_view stage) {
  if (auto ok = check_rate(samples.rate, stage); !ok) return ok;
  if (samples.rate < slowest) {
    return fail(ErrorCode::invalid_argument, std::string(stage),
                "the sampling rate is " + std::to_string(samples.rate.value()) + " Hz; at least " +
                    std::to_string(slowest.value()) + " Hz are needed",
                "record at 50 or 100 Hz");
  }
  if (samples.size() < at_least) {
    return fail(ErrorCode::nothing_measured, std::string(stage),
                "the recording has " + std::to_string(samples.size()) + " samples; at least " +
                    std::to_string(at_least) + " are needed",
                "record longer");
  }
  if (samples.has_gyroscope() && samples.angular_velocity_radps.size() != samples.size()) {
    return fail(ErrorCode::invalid_argument, std::string(stage),
                "the gyroscope has another count of samples than the accelerometer",
                "bring both to the same times first");
  }
  const auto first_bad = [](std::span<const Vec3<Sensor>> vectors) {
    return std::find_if(vectors.begin(), vectors.end(), [](const auto& s) { return !s.v.allFinite(); }) -
           vectors.begin();
  };
  for (const auto& vectors : {samples.acceleration_mps2, samples.angular_velocity_radps}) {
    const auto at = first_bad(vectors);
    if (at == static_cast<std::ptrdiff_t>(vectors.size())) continue;
    return fail(ErrorCode::invalid_argument, std::string(stage),
                "sample " + std::to_string(at) + " is not a finite number",
                "leave missing samples out and fill short gaps, or split the recording there");
  }
  return {};
}

}  // namespace detail

}  // namespace reprise::engine
