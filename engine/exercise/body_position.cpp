// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/body_position.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/measure.h"

namespace reprise::engine {
namespace {

using P = BodyPosition;

constexpr std::array<std::string_view, kBodyPositionCount> kPositionNames = {
    "standing",      "sitting",        "long_sitting", "lying_on_back",
    "lying_on_side", "lying_on_front", "kneeling",     "on_hands_and_knees"};

constexpr double kDegree = kPi / 180;
// Inclinations from the vertical: below the first certainly upright (or hanging), above the second certainly
// level.
constexpr double kTrunkUpright = 45 * kDegree;
constexpr double kTrunkLevel = 60 * kDegree;
constexpr double kLegDown = 40 * kDegree;
constexpr double kLegLevel = 60 * kDegree;
constexpr double kKneeHigher = 100 * kDegree;  // above, perhaps not on a chair
constexpr double kKneeHigh = 120 * kDegree;    // above, certainly not
// Upward component of the chest's direction.
constexpr double kChestUp = 0.5;
constexpr double kChestSideways = 0.3;
constexpr double kShortestM = 0.05;

bool seen(const Pose& pose, Landmark landmark) {
  return pose.visibility[landmark] >= kMinVisibility;
}

/// Returns the angle to straight down of the segment from `left_from` to `left_to`, or of its counterpart on
/// the right if that hangs down more. Empty if neither is seen.
std::optional<double> least_from_down(const Pose& pose, Landmark left_from, Landmark left_to) {
  std::optional<double> least;
  for (const Side side : {Side::left, Side::right}) {
    const Landmark from = side == Side::left ? left_from : mirrored(left_from);
    const Landmark to = side == Side::left ? left_to : mirrored(left_to);
    if (!seen(pose, from) || !seen(pose, to)) continue;
    const auto along = unit(pose.world_m[to] - pose.world_m[from], kShortestM);
    if (!along) continue;
    const double angle = std::acos(std::clamp(-along->dot(camera_up()), -1.0, 1.0));
    if (!least || angle < *least) least = angle;
  }
  return least;
}

/// Whether a segment hangs down or is level; in between, both.
struct Way {
  bool down = true;
  bool level = true;
  explicit Way(const std::optional<double>& from_down)
      : down(!from_down || *from_down < kLegLevel), level(!from_down || *from_down > kLegDown) {}
};

BodyPositions upright(const std::optional<double>& thigh, const std::optional<double>& shin) {
  if (!thigh) return {P::standing, P::sitting};
  const Way thighs{thigh};
  const Way shins{shin};
  BodyPositions possible;
  if (thighs.down) {
    if (!shin || shins.down) possible.add(P::standing);
    if (shin && shins.level) possible.add(P::kneeling);
  }
  if (thighs.level) {
    // On the floor with bent knees, the knees are higher than the hips.
    if (shins.down && *thigh < kKneeHigh) possible.add(P::sitting);
    if (shins.level || *thigh > kKneeHigher) possible.add(P::long_sitting);
  }
  return possible;
}

BodyPositions level(double chest_up, const std::optional<double>& thigh, const std::optional<double>& shin) {
  BodyPositions possible;
  if (chest_up > kChestSideways) possible.add(P::lying_on_back);
  if (std::abs(chest_up) < kChestUp) possible.add(P::lying_on_side);
  if (chest_up > -kChestSideways) return possible;
  // Chest down; bending forward looks the same.
  const Way thighs{thigh};
  const Way shins{shin};
  const bool legs_seen = thigh && shin;
  if (!legs_seen || (shins.level && thighs.level) || *shin > kPi / 2) possible.add(P::lying_on_front);
  if (thighs.down && shins.level) possible.add(P::on_hands_and_knees);
  if (thighs.down && shins.down) possible.add(P::standing);
  if (thighs.level && shins.down) possible.add(P::sitting);
  return possible;
}

}  // namespace

std::string_view name(BodyPosition position) {
  return kPositionNames[static_cast<std::size_t>(position)];
}

std::optional<BodyPosition> body_position_from_name(std::string_view name) {
  const auto found = std::find(kPositionNames.begin(), kPositionNames.end(), name);
  if (found == kPositionNames.end()) return std::nullopt;
  return static_cast<BodyPosition>(found - kPositionNames.begin());
}

BodyPositions possible_positions(const Pose& pose) {
  const auto axes = trunk_axes(pose);
  const auto side_seen = [&](Landmark left) { return seen(pose, left) || seen(pose, mirrored(left)); };
  if (!axes || !side_seen(Landmark::left_shoulder) || !side_seen(Landmark::left_hip))
    return BodyPositions::all();
  const double inclination = std::acos(std::clamp(axes->up.dot(camera_up()), -1.0, 1.0));
  if (!std::isfinite(inclination)) return BodyPositions::all();
  const auto thigh = least_from_down(pose, Landmark::left_hip, Landmark::left_knee);
  const auto shin = least_from_down(pose, Landmark::left_knee, Landmark::left_ankle);
  BodyPositions possible;
  if (inclination < kTrunkLevel) possible.add(upright(thigh, shin));
  if (inclination > kTrunkUpright) possible.add(level(axes->forward.dot(camera_up()), thigh, shin));
  return possible;
}

}  // namespace reprise::engine
