// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmark_smoothing.h"

#include <cmath>

namespace reprise::engine {
namespace {

// Below this the body has no size, and speeds cannot be scaled by it: values pass unchanged (as in
// MediaPipe).
constexpr double kMinBodySizePx = 1e-6;

double weight_of_new(Hertz cutoff, double dt) {
  const double time_constant = 1.0 / (2.0 * kPi * cutoff.value());
  return 1.0 / (1.0 + time_constant / dt);
}

double mix(double old_value, double new_value, double weight) {
  return weight * new_value + (1.0 - weight) * old_value;
}

}  // namespace

// One filter step, the same for all channels of one kind.
struct LandmarkSmoother::Step {
  const LandmarkFilterOptions& options;
  double dt;
  double speed_scale;

  double operator()(Channel& channel, double raw) const {
    const double speed = (raw - channel.raw) * speed_scale / dt;
    channel.derivative = mix(channel.derivative, speed, weight_of_new(options.derivative_cutoff, dt));
    const Hertz cutoff{options.min_cutoff.value() + options.beta * std::abs(channel.derivative)};
    channel.value = mix(channel.value, raw, weight_of_new(cutoff, dt));
    channel.raw = raw;
    return channel.value;
  }
  void operator()(Point& point, ImagePoint& p) const {
    p = {(*this)(point.axes[0], p.x_px), (*this)(point.axes[1], p.y_px), (*this)(point.axes[2], p.z_px)};
  }
  void operator()(Point& point, Vec3<Camera>& p) const {
    for (int axis = 0; axis < 3; ++axis)
      p.v[axis] = (*this)(point.axes[static_cast<std::size_t>(axis)], p.v[axis]);
  }
};

void LandmarkSmoother::start(Point& point, double x, double y, double z) {
  point.axes = {Channel{x, x, 0}, Channel{y, y, 0}, Channel{z, z, 0}};
}

LandmarkSmoother::State LandmarkSmoother::started(const LandmarkReading& reading, Seconds time) const {
  State state;
  state.time = time;
  state.visibility = reading.pose.visibility;
  const auto start_image = [](Point& point, const ImagePoint& p) { start(point, p.x_px, p.y_px, p.z_px); };
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    if (reading.pose.image) start_image(state.image[i], (*reading.pose.image)[i]);
    const Eigen::Vector3d& world = reading.pose.world_m[i].v;
    start(state.world[i], world.x(), world.y(), world.z());
  }
  start_image(state.center, reading.center);
  start_image(state.circle, reading.circle);
  return state;
}

LandmarkReading LandmarkSmoother::smooth(const LandmarkReading& reading, Seconds time) {
  if (!last_ || !(time > last_->time)) {
    last_ = started(reading, time);
    return reading;
  }
  const double dt = (time - last_->time).value();
  last_->time = time;
  LandmarkReading smoothed = reading;
  const Step world{options_.world, dt, 1.0};
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    world(last_->world[i], smoothed.pose.world_m[i]);
    last_->visibility[i] = mix(last_->visibility[i], reading.pose.visibility[i], options_.visibility_weight);
    smoothed.pose.visibility[i] = last_->visibility[i];
  }
  const double body_size_px = 2.0 * body_radius_px(reading);
  if (body_size_px < kMinBodySizePx) return smoothed;
  const Step image{options_.image, dt, 1.0 / body_size_px};
  const Step region{options_.region, dt, 1.0 / body_size_px};
  if (smoothed.pose.image)
    for (std::size_t i = 0; i < kLandmarkCount; ++i) image(last_->image[i], (*smoothed.pose.image)[i]);
  region(last_->center, smoothed.center);
  region(last_->circle, smoothed.circle);
  return smoothed;
}

}  // namespace reprise::engine
