// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/phone_motion.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/signal/check.h"

namespace reprise::session {
namespace {

constexpr const char* kMotionStage = "reading the phone's motion";
constexpr Seconds kShortestMotion{2};
constexpr Seconds kLongestPause{0.5};
constexpr Hertz kLeastMotionRate{20};

Result<Hertz> usual_rate(std::span<const double> times_s) {
  std::vector<double> steps;
  steps.reserve(times_s.size());
  for (std::size_t i = 1; i < times_s.size(); ++i) steps.push_back(times_s[i] - times_s[i - 1]);
  const double longest = *std::max_element(steps.begin(), steps.end());
  if (longest > kLongestPause.value()) {
    return fail(ErrorCode::nothing_measured, kMotionStage, "the sensors paused for more than half a second",
                "keep the page open and the screen on, and repeat the test");
  }
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  const Hertz usual = rate(Seconds{*middle});
  if (usual < kLeastMotionRate) {
    return fail(ErrorCode::unsupported, kMotionStage, "the sensors gave fewer than 20 samples a second",
                "close other apps and turn power saving off, and repeat the test");
  }
  return usual;
}

Vec3<Sensor> between(std::span<const double> motion, std::size_t before, double share, std::size_t first) {
  Vec3<Sensor> v;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double a = motion[before * kMotionNumbers + first + axis];
    const double b = motion[(before + 1) * kMotionNumbers + first + axis];
    v.v[static_cast<Eigen::Index>(axis)] = a + share * (b - a);
  }
  return v;
}

}  // namespace

Result<engine::InertialSamples> phone_motion(std::span<const double> times_s,
                                             std::span<const double> motion) {
  if (motion.size() != times_s.size() * kMotionNumbers) {
    return fail(ErrorCode::invalid_argument, kMotionStage, "there are not six values for each time",
                "give acceleration and rotation of each sample");
  }
  if (times_s.size() < 2 || times_s.back() - times_s.front() < kShortestMotion.value()) {
    return fail(ErrorCode::nothing_measured, kMotionStage, "the recording is shorter than two seconds",
                "record the whole test");
  }
  if (auto rise = engine::detail::check_times(times_s, times_s.size(), kMotionStage); !rise)
    return tl::unexpected(rise.error());
  if (auto finite = engine::detail::check_samples(motion, 1, kMotionStage); !finite)
    return tl::unexpected(finite.error());
  const auto usual = usual_rate(times_s);
  if (!usual) return tl::unexpected(usual.error());
  engine::InertialSamples samples;
  samples.rate = *usual;
  const double step = period(*usual).value();
  std::size_t before = 0;
  for (std::size_t i = 0;; ++i) {
    const double time = times_s.front() + static_cast<double>(i) * step;
    if (time > times_s.back()) break;
    while (before + 2 < times_s.size() && times_s[before + 1] < time) ++before;
    const double share =
        std::clamp((time - times_s[before]) / (times_s[before + 1] - times_s[before]), 0.0, 1.0);
    samples.acceleration_mps2.push_back(between(motion, before, share, 0));
    samples.angular_velocity_radps.push_back(between(motion, before, share, 3));
  }
  return samples;
}

}  // namespace reprise::session
