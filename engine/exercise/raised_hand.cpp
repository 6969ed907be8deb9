// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/raised_hand.h"

#include <algorithm>
#include <array>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

constexpr double kShortestTrunkM = 0.05;  // shorter than this, it is no scale

/// Heights of both wrists above the head in trunk lengths, seen or estimated by the network.
std::optional<std::array<double, 2>> above_head(const Pose& pose) {
  using L = Landmark;
  const double trunk_m = (mid_shoulders(pose) - mid_hips(pose)).norm();
  if (!(trunk_m > kShortestTrunkM)) return std::nullopt;
  const auto height_m = [&](L landmark) { return pose.world_m[landmark].dot(camera_up()); };
  const double head_m = std::max({height_m(L::nose), height_m(L::left_ear), height_m(L::right_ear)});
  return std::array{(height_m(L::left_wrist) - head_m) / trunk_m,
                    (height_m(L::right_wrist) - head_m) / trunk_m};
}

}  // namespace

std::optional<Side> RaisedHand::step(const PoseFrame& frame) {
  const Seconds time = frame.time;
  if (last_frame_ && !(time > *last_frame_)) return now();
  if (last_frame_ && time - *last_frame_ > kHandForgotten) *this = {};
  last_frame_ = time;
  const auto heights = frame.pose ? above_head(*frame.pose) : std::nullopt;
  std::optional<Side> alone;
  bool both = false;
  if (heights) {
    for (const Side side : {Side::left, Side::right}) {
      const auto i = static_cast<std::size_t>(side);
      const Landmark wrist = side == Side::left ? Landmark::left_wrist : Landmark::right_wrist;
      const double limit = side_ == side ? kHandUpUntil : kHandUpFrom;
      if (!((*heights)[i] > limit && frame.pose->visibility[wrist] >= kMinVisibility)) continue;
      if ((*heights)[1 - i] < kOtherHandBelow) {
        alone = side;
      } else {
        both = true;
      }
    }
  }
  if (alone) {
    if (side_ != alone) since_ = time;
    side_ = alone;
    last_ = time;
  } else if (both || time - last_ > kHandUpGap) {
    side_.reset();
  }
  return now();
}

std::optional<Side> RaisedHand::now() const {
  return side_ && last_ - since_ >= kHandUpFor ? side_ : std::nullopt;
}

}  // namespace reprise::engine
