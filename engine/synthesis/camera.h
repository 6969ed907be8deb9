// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/frames.h"
#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"
#include "engine/synthesis/body.h"

namespace reprise::engine {

/// A level pinhole camera that looks at a person.
struct VirtualCamera {
  /// Position around the person, about the vertical, counter-clockwise from above: 0 in front, +90 degrees on
  /// the person's left (the left side is seen), 180 behind. The azimuth of the person's facing direction in
  /// the picture, engine/kinematics/view.h, is its negative.
  Radians azimuth{0};
  Meters distance{3.5};    ///< from the middle of the person, horizontally
  Meters height{0.9};      ///< of the lens above the floor
  double focal_px = 1000;  ///< focal length
  int width_px = 1280;
  int height_px = 720;
};

/// Returns the rotation from world to camera directions.
[[nodiscard]] Rotation<Camera, World> camera_from_world(const VirtualCamera& camera);

/// Position and orientation of the lens. A point in camera axes, from the lens, is `to_camera * (point -
/// lens)`.
struct Viewpoint {
  Rotation<Camera, World> to_camera;
  Vec3<World> lens;
};
/// `look_at`: as for `take_picture`.
[[nodiscard]] Viewpoint viewpoint_of(const VirtualCamera& camera, const Vec3<World>& look_at);

/// Visibility of a landmark right behind another body part; it rises to 1 as the landmark emerges. Above the
/// limit of an unseen landmark, as with a real network. Unsourced default.
inline constexpr double kHiddenVisibility = 0.5;

/// Takes the picture: pixels, meters in camera axes from mid-hips, and visibility (lower behind
/// the body's own parts, 0 outside the picture). `look_at`: the camera turns to its x and z and
/// stays level; y is ignored. Points behind the lens lie outside the picture, and their pixels are
/// meaningless.
[[nodiscard]] Pose take_picture(const PerLandmark<Vec3<World>>& landmarks, const BodyShape& shape,
                                const VirtualCamera& camera, const Vec3<World>& look_at);

/// Returns the middle of the landmarks' extent, for `look_at`.
[[nodiscard]] Vec3<World> middle_of(const PerLandmark<Vec3<World>>& landmarks);

/// Refuses an impossible camera: a distance, focal length or size that is not positive or not finite.
[[nodiscard]] Result<void> check(const VirtualCamera& camera);

}  // namespace reprise::engine
