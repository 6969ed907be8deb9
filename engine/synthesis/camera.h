#pragma once

#include "base/frames.h"
#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"
#include "engine/synthesis/body.h"

namespace reprise {

/// A level pinhole camera that looks at a person.
struct VirtualCamera {
  /// Where it stands around the person, about the vertical, as seen from above counter-clockwise: 0 in front,
  /// +90 degrees on the person's left, so that it sees the left side, 180 behind. (The azimuth in which the
  /// picture shows the person facing, engine/kinematics/view.h, is the negative of it.)
  Radians azimuth{0};
  Meters distance{3.5};    ///< from the middle of the person, horizontally
  Meters height{0.9};      ///< of the lens above the floor
  double focal_px = 1000;  ///< focal length
  int width_px = 1280;
  int height_px = 720;
};

/// Where a camera at `look_at`'s distance has its axes: takes world directions to camera directions.
[[nodiscard]] Rotation<Camera, World> camera_from_world(const VirtualCamera& camera);

/// Where the lens is and how it is turned: a point in camera axes, from the lens, is
/// `to_camera * (point - lens)`.
struct Viewpoint {
  Rotation<Camera, World> to_camera;
  Vec3<World> lens;
};
/// `look_at`: as for `take_picture`.
[[nodiscard]] Viewpoint viewpoint_of(const VirtualCamera& camera, const Vec3<World>& look_at);

/// Visibility of a landmark right behind another part of the body; it rises to 1 as it comes out. Above the
/// limit below which a landmark counts as not seen, as with a real network. Unsourced default.
inline constexpr double kHiddenVisibility = 0.5;

/// Takes the picture: pixels, meters in camera axes from mid-hips, and visibility (lower behind the body's
/// own parts, 0 outside the picture). `look_at`: the point whose x and z the camera is turned to; its y is
/// ignored, the camera stays level. Points behind the lens lie outside the picture and keep no pixel of
/// worth.
[[nodiscard]] Pose take_picture(const PerLandmark<Vec3<World>>& landmarks, const BodyShape& shape,
                                const VirtualCamera& camera, const Vec3<World>& look_at);

/// The middle of what the landmarks span, for `look_at`.
[[nodiscard]] Vec3<World> middle_of(const PerLandmark<Vec3<World>>& landmarks);

/// Refuses what is not a camera: distances, focal length or size that are not positive or not finite.
[[nodiscard]] Result<void> check(const VirtualCamera& camera);

}  // namespace reprise
