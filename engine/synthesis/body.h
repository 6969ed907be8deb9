// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/frames.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"
#include "engine/skeleton/dof.h"
#include "engine/skeleton/shape.h"

namespace reprise::engine {

/// What carries the body: it decides how high the pelvis is and what stays put.
enum class Support : std::uint8_t {
  standing,  ///< on both feet: the lower one touches the floor, the middle of the ankles stays put
  left_leg,  ///< the left foot touches the floor and stays put, whatever the right one does
  right_leg,
  seated,  ///< the hips stay at seat height
  supine,  ///< lying, head to -x: on the back, turned about its length by pelvis_rotation (90 on the right
           ///< side, 180 on the front); the lowest of hips and shoulders lies on the floor
  long_sitting,  ///< the pelvis upright on the floor
  hands,         ///< on both hands, hanging or propped: the middle of the wrists stays put
  shoulders,     ///< lying as supine, but on the lower shoulder alone: a bench, or an upright upper arm
};

/// Whether the body lies on this support, head to -x in the world before the pelvis turns.
[[nodiscard]] constexpr bool lies_on(Support support) {
  return support == Support::supine || support == Support::shoulders;
}

/// What a foot keeps to, beyond the given angles.
enum class FootRule : std::uint8_t {
  free,         ///< the angles alone
  flat,         ///< sole level and toes forward: turn of the shank, ankle and subtalar angles follow
  heel_slides,  ///< the heel rests on the floor: hip flexion follows
};

/// The ties between the body and the floor. A foot that does not carry the body is never below the floor: its
/// hip flexes as far as needed.
struct Stance {
  Support support = Support::standing;
  /// Empty: flat for a foot that the support stands on, free otherwise.
  std::optional<FootRule> left_foot = std::nullopt;
  std::optional<FootRule> right_foot = std::nullopt;
  /// Standing on two flat feet: ankles this far apart, as a fraction of stature; hip abduction follows, so
  /// that feet stay put while the knees bend, and internal rotation brings the knees together. Empty: the
  /// angles alone.
  std::optional<double> stance_width = std::nullopt;
  /// Height of the hip joints above the floor when seated. Empty: knee height.
  std::optional<Meters> seat_height = std::nullopt;
  /// Height above the floor, as a fraction of stature, of what carries the feet (a step), the wrists (a bar)
  /// or the shoulder (a bench); 0 to 2. Other supports ignore it.
  double support_height = 0;
  /// In a jump: height of the carrying feet above their support, as a fraction of stature; 0 to 0.5.
  double flight = 0;
};

/// Left and right exchanged.
[[nodiscard]] Stance mirrored(const Stance& stance);

/// A body in one posture.
struct BodyFigure {
  PerLandmark<Vec3<World>> landmarks;  ///< meters; the floor is y = 0
  Posture posture;  ///< the angles as drawn: those that follow from the stance have been filled in
  /// By Segment (engine/skeleton/skeleton.h), kSegmentCount; columns: its x, y and z in the world.
  std::vector<Eigen::Matrix3d> turned;
};

/// Draws the body (engine/skeleton/skeleton.h) as its stance allows. Where a stance cannot be met (ankles
/// wider apart than the leg is long), the nearest posture is drawn.
[[nodiscard]] BodyFigure draw_body(const BodyShape& shape, const Posture& posture, const Stance& stance);

}  // namespace reprise::engine
