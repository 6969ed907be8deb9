// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/side.h"
#include "base/units.h"

namespace reprise::engine {

/// Points of the body in a picture of a standing person. "left" is the person's left. Those of the 33
/// landmarks come from the networks (automatic_points.h); all others only a person can place.
enum class PosturePoint : std::uint8_t {
  left_eye,
  right_eye,
  left_ear,  ///< tragus
  right_ear,
  c7,             ///< spinous process of the seventh cervical vertebra
  jugular_notch,  ///< of the breastbone
  left_shoulder,
  right_shoulder,
  left_axilla,  ///< upper end of the fold
  right_axilla,
  left_waist,  ///< where the waist is narrowest
  right_waist,
  navel,
  natal_cleft,  ///< its upper end
  left_asis,    ///< anterior superior iliac spine
  right_asis,
  left_psis,  ///< posterior superior iliac spine
  right_psis,
  left_hip,
  right_hip,
  left_knee,
  right_knee,
  left_ankle,  ///< lateral malleolus
  right_ankle,
  left_heel,
  right_heel,
};
inline constexpr std::size_t kPosturePointCount = 26;

/// The name used in files, e.g. "left_axilla".
[[nodiscard]] std::string_view name(PosturePoint point);
/// Empty where the name is none of them.
[[nodiscard]] std::optional<PosturePoint> posture_point_from_name(std::string_view name);
/// As a person reads it: "left axilla", "C7".
[[nodiscard]] std::string_view words(PosturePoint point);
/// Whether the networks give it.
[[nodiscard]] bool is_automatic(PosturePoint point);

/// The side of the body that the camera sees.
enum class PostureView : std::uint8_t { front, back, left_side, right_side };
inline constexpr std::size_t kPostureViewCount = 4;
[[nodiscard]] std::string_view name(PostureView view);
[[nodiscard]] std::optional<PostureView> posture_view_from_name(std::string_view name);
[[nodiscard]] constexpr bool is_side(PostureView view) {
  return view == PostureView::left_side || view == PostureView::right_side;
}

/// Whether a point can be seen in a view: of a side view only the nearer side, C7 not from the front.
[[nodiscard]] bool is_seen(PosturePoint point, PostureView view);

/// Pixels, x right, y down, from the picture's top left corner.
struct PosturePixel {
  double x_px = 0;
  double y_px = 0;
};

enum class PointOrigin : std::uint8_t {
  automatic,
  moved,   ///< automatic, then moved by a person
  placed,  ///< by a person
};
[[nodiscard]] std::string_view name(PointOrigin origin);
[[nodiscard]] std::optional<PointOrigin> point_origin_from_name(std::string_view name);

struct PlacedPoint {
  PosturePoint point = PosturePoint::c7;
  PosturePixel at;
  PointOrigin origin = PointOrigin::placed;
  std::optional<PosturePixel> automatic = std::nullopt;  ///< of a moved one: where the networks saw it
};

/// Two marks in the plane of the body, and how far they are apart.
struct MarkedDistance {
  PosturePixel from;
  PosturePixel to;
  Meters length{0};
};

/// One picture of a person who stands upright, and the points in it.
struct PosturePicture {
  PostureView view = PostureView::front;
  double width_px = 0;
  double height_px = 0;
  /// How far the camera was turned clockwise, seen from behind it. Empty: not known.
  std::optional<Radians> roll = std::nullopt;
  bool mirrored = false;  ///< the picture is the mirror image, as some front cameras keep it
  std::optional<Meters> body_height = std::nullopt;
  std::optional<MarkedDistance> marks = std::nullopt;  ///< go before the body's height
  std::vector<PlacedPoint> points = {};                ///< each at most once
};

/// Null: the picture does not have it.
[[nodiscard]] const PlacedPoint* find_point(const PosturePicture& picture, PosturePoint point);

}  // namespace reprise::engine
