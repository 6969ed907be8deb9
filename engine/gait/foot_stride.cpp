// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_stride.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

/// The entry of a trajectory at a time of the recording.
std::size_t entry_at(const FootTrajectory& path, Seconds time, Hertz rate) {
  const double sample = std::round(time.value() * rate.value()) - static_cast<double>(path.begin);
  return static_cast<std::size_t>(std::clamp(sample, 0.0, static_cast<double>(path.attitude.size() - 1)));
}

/// Sole to floor, toes up positive.
Radians foot_angle(const Attitude& attitude, const Vec3<Sensor>& forward) {
  return Radians{std::asin(std::clamp((attitude * forward).v.y(), -1.0, 1.0))};
}

/// Horizontal distance of the farthest point from the line between both ends.
double lateral_excursion(const FootTrajectory& path) {
  const auto& end = path.position_m.back().v;
  const double length = std::hypot(end.x(), end.z());
  if (!(length > 0.01)) return 0;
  double largest = 0;
  for (const auto& p : path.position_m) {
    largest = std::max(largest, std::abs(p.v.x() * end.z() - p.v.z() * end.x()) / length);
  }
  return largest;
}

bool is_flat_and_still(const InertialView& samples, const FootAlignment& alignment, std::size_t at,
                       const FootStrideOptions& options) {
  const Vec3<Foot> mean =
      alignment.rotation * mean_acceleration_around(samples, at, options.trajectory.gravity_window);
  const auto tilt = angle_between(mean, Vec3<Foot>(0, 1, 0));
  return std::abs(mean.norm() - kGravityMps2) <= options.max_gravity_error_mps2 && tilt &&
         *tilt <= options.max_mid_stance_tilt.value();
}

/// Height of a point of the foot, above that at the stride's first mid-stance, over the stride.
std::vector<double> point_heights(const FootTrajectory& path, const Vec3<Sensor>& from_sensor) {
  const double at_start = (path.attitude.front() * from_sensor).v.y();
  std::vector<double> heights;
  heights.reserve(path.attitude.size());
  for (std::size_t k = 0; k < path.attitude.size(); ++k) {
    heights.push_back(path.position_m[k].v.y() + (path.attitude[k] * from_sensor).v.y() - at_start);
  }
  return heights;
}

void measure_clearance(const FootTrajectory& path, const FootAlignment& alignment,
                       const FootGeometry& geometry, std::size_t lift, std::size_t landing,
                       FootStride& stride) {
  const auto to_sensor = alignment.rotation.inverse();
  const auto heel = point_heights(path, to_sensor * geometry.heel_from_sensor_m);
  stride.heel_height_m = *std::max_element(heel.begin(), heel.end());
  if (landing < lift + 4) return;
  // The toes dip between two humps; the outer quarters of the swing belong to lift-off and landing.
  const auto toe = point_heights(path, to_sensor * geometry.toe_from_sensor_m);
  const auto quarter = static_cast<std::ptrdiff_t>((landing - lift) / 4);
  stride.toe_clearance_m = *std::min_element(toe.begin() + static_cast<std::ptrdiff_t>(lift) + quarter,
                                             toe.begin() + static_cast<std::ptrdiff_t>(landing) - quarter);
}

}  // namespace

std::optional<FootStride> measure_stride(const InertialView& samples, const FootAlignment& alignment,
                                         const StrideEvents& events, const FootStrideOptions& options) {
  const auto path = reconstruct_foot_trajectory(samples, alignment.gyroscope_bias_radps, events.begin,
                                                events.end, options.trajectory);
  FootStride stride;
  stride.events = events;
  const auto& end = path.position_m.back().v;
  stride.stride_length_m = std::hypot(end.x(), end.z());
  stride.turn = heading_change(path.attitude.front(), path.attitude.back());
  stride.turns = std::abs(stride.turn.value()) > options.turn.value();
  if (stride.stride_length_m < options.shortest.value() && !stride.turns) return std::nullopt;

  stride.swing_time_s = (events.initial_contact - events.terminal_contact).value();
  if (events.previous_initial_contact) {
    const double time = (events.initial_contact - *events.previous_initial_contact).value();
    stride.stride_time_s = time;
    stride.speed_mps = stride.stride_length_m / time;
    stride.stance_time_s = time - stride.swing_time_s;
  }
  for (const auto& p : path.position_m) {
    stride.max_sensor_height_m = std::max(stride.max_sensor_height_m, p.v.y());
  }
  stride.lateral_excursion_m = lateral_excursion(path);
  const Vec3<Sensor> forward = alignment.rotation.inverse() * Vec3<Foot>(1, 0, 0);
  const std::size_t lift = entry_at(path, events.terminal_contact, samples.rate);
  const std::size_t landing = entry_at(path, events.initial_contact, samples.rate);
  const Radians flat = foot_angle(path.attitude.front(), forward);
  stride.foot_angle_at_initial_contact = foot_angle(path.attitude[landing], forward) - flat;
  stride.foot_angle_at_terminal_contact = foot_angle(path.attitude[lift], forward) - flat;
  if (options.geometry) measure_clearance(path, alignment, *options.geometry, lift, landing, stride);
  stride.doubtful = stride.stride_length_m > options.longest.value() ||
                    !is_flat_and_still(samples, alignment, events.begin, options) ||
                    !is_flat_and_still(samples, alignment, events.end, options);
  return stride;
}

}  // namespace reprise::engine
