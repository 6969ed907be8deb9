// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/trunk_sway.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "engine/signal/butterworth.h"
#include "engine/signal/check.h"
#include "engine/signal/spectral_moments.h"
#include "engine/signal/spectrum.h"

namespace reprise::engine {
namespace {

constexpr const char* kTrunkSway = "trunk sway";

/// Two directions across the vertical: forward and to the right if `forward` is known, any two otherwise.
struct HorizontalAxes {
  Eigen::Vector3d first, second;
};

Result<HorizontalAxes> horizontal_axes(const Eigen::Vector3d& up,
                                       const std::optional<Vec3<Sensor>>& forward) {
  Eigen::Vector3d first;
  if (forward) {
    first = forward->v - forward->v.dot(up) * up;
    // Closer than 15 degrees to the vertical its horizontal part is mostly error.
    if (!(first.norm() > 0.26 * forward->v.norm())) {
      return fail(ErrorCode::invalid_argument, kTrunkSway, "the forward direction is vertical",
                  "give the sensor's axis that points forward, or none");
    }
  } else {
    first = up.unitOrthogonal();
  }
  first.normalize();
  return HorizontalAxes{first, first.cross(up)};
}

using TwoSeries = std::array<std::vector<double>, 2>;

/// The horizontal acceleration, low-passed and without its mean.
Result<TwoSeries> horizontal_acceleration(const InertialView& trunk, const HorizontalAxes& axes,
                                          Hertz low_pass) {
  TwoSeries horizontal;
  for (const auto& sample : trunk.acceleration_mps2) {
    horizontal[0].push_back(sample.v.dot(axes.first));
    horizontal[1].push_back(sample.v.dot(axes.second));
  }
  ButterworthOptions filter;
  filter.cutoff = low_pass;
  for (auto& series : horizontal) {
    auto filtered = butterworth_zero_phase(series, trunk.rate, filter);
    if (!filtered) return tl::unexpected(filtered.error());
    double mean = 0;
    for (const double v : *filtered) mean += v / static_cast<double>(filtered->size());
    for (double& v : *filtered) v -= mean;
    series = std::move(*filtered);
  }
  return horizontal;
}

/// The inclination along both axes, radians: small angles, as sway is.
Result<TwoSeries> inclination(const InertialView& trunk, const Eigen::Vector3d& up, double gravity_mps2,
                              const HorizontalAxes& axes, const TwoSeries& acceleration, Hertz crossover) {
  ButterworthOptions slow;
  slow.cutoff = crossover;
  TwoSeries result;
  for (std::size_t k = 0; k < 2; ++k) {
    const auto low = butterworth_zero_phase(acceleration[k], trunk.rate, slow);
    if (!low) return tl::unexpected(low.error());
    result[k].resize(low->size());
    for (std::size_t i = 0; i < low->size(); ++i) result[k][i] = std::atan2((*low)[i], gravity_mps2);
    if (!trunk.has_gyroscope()) continue;
    // The vertical moves against the sensor: d(up)/dt = up x angular velocity.
    const Eigen::Vector3d& axis = k == 0 ? axes.first : axes.second;
    std::vector<double> turned(low->size(), 0.0);
    for (std::size_t i = 1; i < turned.size(); ++i) {
      const Eigen::Vector3d mean_rate =
          (trunk.angular_velocity_radps[i].v + trunk.angular_velocity_radps[i - 1].v) / 2;
      turned[i] = turned[i - 1] + up.cross(mean_rate).dot(axis) / trunk.rate.value();
    }
    // A constant bias integrates to a straight line, which the zero-phase filter keeps and so cancels.
    const auto turned_slowly = butterworth_zero_phase(turned, trunk.rate, slow);
    if (!turned_slowly) return tl::unexpected(turned_slowly.error());
    for (std::size_t i = 0; i < turned.size(); ++i) result[k][i] += turned[i] - (*turned_slowly)[i];
  }
  return result;
}

void add_angles(TrunkSway& sway, const TwoSeries& angles_rad) {
  double squares = 0;
  double widest = 0;
  for (const auto& series : angles_rad) {
    double mean = 0;
    for (const double v : series) mean += v / static_cast<double>(series.size());
    for (const double v : series) squares += (v - mean) * (v - mean) / static_cast<double>(series.size());
  }
  // The widest extent over a half turn of directions does not depend on the choice of axes.
  for (int step = 0; step < 36; ++step) {
    const double c = std::cos(kPi * step / 36), s = std::sin(kPi * step / 36);
    double low = 1e300, high = -1e300;
    for (std::size_t i = 0; i < angles_rad[0].size(); ++i) {
      const double along = c * angles_rad[0][i] + s * angles_rad[1][i];
      low = std::min(low, along);
      high = std::max(high, along);
    }
    widest = std::max(widest, high - low);
  }
  sway.rms_sway_angle = Radians{std::sqrt(squares)};
  sway.range_sway_angle = Radians{widest};
}

Result<Hertz> planar_mean_frequency(const TwoSeries& horizontal, Hertz rate) {
  WelchOptions halves;
  halves.segment = std::max<std::size_t>(8, (horizontal[0].size() + 1) / 2);
  auto spectrum = welch(horizontal[0], rate, halves);
  if (!spectrum) return tl::unexpected(spectrum.error());
  const auto second = welch(horizontal[1], rate, halves);
  if (!second) return tl::unexpected(second.error());
  // The sum of both densities is the trace of the spectral matrix: the same for any two horizontal axes.
  for (std::size_t k = 0; k < second->density.size(); ++k) spectrum->density[k] += second->density[k];
  const auto moments = spectral_moments(*spectrum);
  if (!moments) {
    return fail(ErrorCode::nothing_measured, kTrunkSway, "the trunk sensor does not move at all",
                "check that the sensor is worn and not stuck");
  }
  return moments->mean_frequency;
}

}  // namespace

namespace detail {

Result<Vec3<Sensor>> mean_specific_force(const InertialView& view, Seconds shortest, Hertz slowest_rate,
                                         std::string_view stage) {
  const std::string step(stage);
  if (auto ok = check_rate(view.rate, stage); !ok) return tl::unexpected(ok.error());
  if (view.rate < slowest_rate) {
    return fail(ErrorCode::unsupported, step,
                "the rate is " + std::to_string(view.rate.value()) + " Hz; at least " +
                    std::to_string(slowest_rate.value()) + " Hz are needed",
                "record at 50 Hz or more");
  }
  if (view.duration() < shortest || view.size() < 16) {
    return fail(ErrorCode::nothing_measured, step,
                "the recording lasts " + std::to_string(view.duration().value()) + " s; at least " +
                    std::to_string(shortest.value()) + " s are needed",
                "record longer: 30 to 60 s");
  }
  if (view.has_gyroscope() && view.angular_velocity_radps.size() != view.size()) {
    return fail(ErrorCode::invalid_argument, step, "accelerometer and gyroscope differ in samples",
                "give both at the same times, or no gyroscope");
  }
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (std::size_t i = 0; i < view.size(); ++i) {
    sum += view.acceleration_mps2[i].v;
    const bool finite = view.acceleration_mps2[i].v.allFinite() &&
                        (!view.has_gyroscope() || view.angular_velocity_radps[i].v.allFinite());
    if (!finite) {
      return fail(ErrorCode::invalid_argument, step,
                  "sample " + std::to_string(i) + " is not a finite number",
                  "split the recording at missing samples");
    }
  }
  sum /= static_cast<double>(view.size());
  const double norm = sum.norm();
  if (norm < 0.75 * kGravityMps2 || norm > 1.25 * kGravityMps2) {
    return fail(ErrorCode::invalid_argument, step,
                "the mean acceleration is " + std::to_string(norm) + " m/s2; at rest it is 9.81 m/s2",
                norm > 0.75 && norm < 1.25 ? "the values look like multiples of g: multiply by 9.81"
                                           : "give m/s2 with gravity included");
  }
  return Vec3<Sensor>{sum};
}

}  // namespace detail

Result<TrunkSway> trunk_sway(const InertialView& trunk, const TrunkSwayOptions& options) {
  const auto mean = detail::mean_specific_force(trunk, options.shortest, options.slowest_rate, kTrunkSway);
  if (!mean) return tl::unexpected(mean.error());
  const double gravity_mps2 = mean->norm();
  const Eigen::Vector3d up = mean->v / gravity_mps2;
  const auto axes = horizontal_axes(up, options.forward);
  if (!axes) return tl::unexpected(axes.error());
  const auto horizontal = horizontal_acceleration(trunk, *axes, options.low_pass);
  if (!horizontal) return tl::unexpected(horizontal.error());
  const auto& [first, second] = *horizontal;

  TrunkSway sway;
  sway.duration = trunk.duration();
  double squares_first = 0, squares_second = 0, squares_step = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    squares_first += first[i] * first[i];
    squares_second += second[i] * second[i];
    if (i == 0) continue;
    const double step = std::hypot(first[i] - first[i - 1], second[i] - second[i - 1]);
    sway.path_mps2 += step;
    squares_step += step * step;
  }
  const auto n = static_cast<double>(first.size());
  sway.rms_mps2 = std::sqrt((squares_first + squares_second) / n);
  // Rounding of the filter leaves some 1e-14 of a constant signal.
  if (sway.rms_mps2 < 1e-9) {
    return fail(ErrorCode::nothing_measured, kTrunkSway, "the trunk sensor does not move at all",
                "check that the sensor is worn and not stuck");
  }
  sway.rms_jerk_mps3 = std::sqrt(squares_step / (n - 1)) * trunk.rate.value();
  const auto frequency = planar_mean_frequency(*horizontal, trunk.rate);
  if (!frequency) return tl::unexpected(frequency.error());
  sway.mean_frequency = *frequency;
  auto ellipse = prediction_ellipse(first, second, options.ellipse_probability);
  if (!ellipse) return tl::unexpected(ellipse.error());
  sway.ellipse = *ellipse;
  if (options.forward) {
    sway.rms_ap_mps2 = std::sqrt(squares_first / n);
    sway.rms_ml_mps2 = std::sqrt(squares_second / n);
  } else {
    sway.ellipse.angle = Radians{0};
  }
  const auto angles = inclination(trunk, up, gravity_mps2, *axes, *horizontal, options.angle_crossover);
  if (!angles) return tl::unexpected(angles.error());
  add_angles(sway, *angles);
  return sway;
}

}  // namespace reprise::engine
