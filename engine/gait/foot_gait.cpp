// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_gait.h"

#include <string>
#include <utility>

#include "engine/orientation/saturation.h"

namespace reprise::engine {
namespace {

constexpr const char* kFootGait = "gait from foot sensors";

tl::unexpected<Error> no_walking(std::string cause) {
  return fail(ErrorCode::nothing_measured, kFootGait, std::move(cause),
              "record at least five strides of walking with the sensor firmly on the shoe");
}

Result<void> check_recording(const InertialView& samples, const FootGaitOptions& options) {
  if (auto ok = check_inertial(samples, kFootGait); !ok) return ok;
  if (!samples.has_gyroscope()) {
    return fail(ErrorCode::invalid_argument, kFootGait, "the recording has no gyroscope",
                "record acceleration and angular velocity together");
  }
  if (samples.rate < options.min_rate) {
    return fail(ErrorCode::invalid_argument, kFootGait,
                "the sampling rate is " + std::to_string(samples.rate.value()) + " Hz; at least " +
                    std::to_string(options.min_rate.value()) + " Hz",
                "set the sensor to 100 Hz and record again");
  }
  return {};
}

Result<FootWalk> analyze_one_foot(const InertialView& samples, const FootGaitOptions& options) {
  if (auto ok = check_recording(samples, options); !ok) return tl::unexpected(ok.error());
  const auto rests = find_rests(samples, options.rest);
  if (!rests) return tl::unexpected(rests.error());
  const auto bias = gyroscope_bias(samples, *rests);
  FootWalk walk;
  walk.gyroscope_bias_known = bias.has_value();
  walk.gyroscope_saturated_at_radps =
      saturation_limit(samples.angular_velocity_radps, kLeastGyroscopeRangeRadps, 3);
  walk.accelerometer_saturated_at_mps2 =
      saturation_limit(samples.acceleration_mps2, kLeastAccelerometerRangeMps2, 2);

  const Vec3<Sensor> known_bias = bias.value_or(Vec3<Sensor>{});
  const auto flats = find_foot_flats(samples, known_bias, options.foot_flat);
  const auto alignment = align_foot(samples, known_bias, flats);
  if (!alignment) return tl::unexpected(alignment.error());
  walk.alignment = *alignment;
  if (alignment->forward_share < options.min_forward_share) {
    return no_walking("the foot moves to and fro, and does not travel");
  }
  const auto strides = find_strides(in_foot_axes(samples, *alignment), options.strides);
  if (!strides) return tl::unexpected(strides.error());
  std::size_t clear = 0;
  for (const auto& events : *strides) {
    const auto stride = measure_stride(samples, *alignment, events, options.stride);
    if (!stride) continue;
    walk.strides.push_back(*stride);
    clear += stride->doubtful ? 0 : 1;
  }
  if (clear < options.least_strides) {
    return no_walking(std::to_string(clear) + " strides found; at least " +
                      std::to_string(options.least_strides));
  }
  walk.averages = average_strides(walk.strides);
  return walk;
}

}  // namespace

Result<FootGait> analyze_foot_gait(const std::optional<InertialView>& left,
                                   const std::optional<InertialView>& right, const FootGaitOptions& options) {
  if (!left && !right) {
    return fail(ErrorCode::invalid_argument, kFootGait, "there is no recording of either foot",
                "give the left foot's, the right foot's, or both");
  }
  FootGait gait;
  if (left) {
    auto walk = analyze_one_foot(*left, options);
    if (!walk) return tl::unexpected(walk.error());
    gait.left = std::move(*walk);
  }
  if (right) {
    auto walk = analyze_one_foot(*right, options);
    if (!walk) return tl::unexpected(walk.error());
    gait.right = std::move(*walk);
  }
  if (gait.left && gait.right) gait.two_feet = average_two_feet(gait.left->strides, gait.right->strides);
  return gait;
}

}  // namespace reprise::engine
