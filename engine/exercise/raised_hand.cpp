#include "engine/exercise/raised_hand.h"

#include <algorithm>

#include "engine/motion/body_axes.h"

namespace reprise {
namespace {

constexpr double kShortestTrunkM = 0.05;  // shorter than this, it is no scale

/// Height of a wrist above the head in trunk lengths; empty where it is not seen.
std::optional<double> above_head(const Pose& pose, Side side) {
  using L = Landmark;
  const L wrist = side == Side::left ? L::left_wrist : L::right_wrist;
  const double trunk_m = (mid_shoulders(pose) - mid_hips(pose)).norm();
  if (!(pose.visibility[wrist] >= kMinVisibility) || !(trunk_m > kShortestTrunkM)) return std::nullopt;
  const auto height_m = [&](L landmark) { return pose.world_m[landmark].dot(camera_up()); };
  const double head_m = std::max({height_m(L::nose), height_m(L::left_ear), height_m(L::right_ear)});
  return (height_m(wrist) - head_m) / trunk_m;
}

}  // namespace

std::optional<Side> RaisedHand::step(const PoseFrame& frame) {
  const Seconds time = frame.time;
  if (last_frame_ && !(time > *last_frame_)) return now();
  if (last_frame_ && time - *last_frame_ > kHandForgotten) *this = {};
  last_frame_ = time;
  for (const Side side : {Side::left, Side::right}) {
    bool& up = up_[static_cast<std::size_t>(side)];
    const auto height = frame.pose ? above_head(*frame.pose, side) : std::nullopt;
    up = height && *height > (up ? kHandUpUntil : kHandUpFrom);
  }
  if (up_[0] != up_[1]) {
    const Side alone = up_[0] ? Side::left : Side::right;
    if (side_ != alone) since_ = time;
    side_ = alone;
    last_ = time;
  } else if (up_[0] || time - last_ > kHandUpGap) {  // both at once, or down
    side_.reset();
  }
  return now();
}

std::optional<Side> RaisedHand::now() const {
  return side_ && last_ - since_ >= kHandUpFor ? side_ : std::nullopt;
}

}  // namespace reprise
