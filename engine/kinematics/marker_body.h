// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/kinematics/marker_set.h"
#include "engine/kinematics/markers.h"

namespace reprise::engine {

/// Points where segments meet or end, one on each side.
enum class JointPoint : std::uint8_t { hip, knee, ankle, heel, forefoot, shoulder, elbow, wrist };
inline constexpr std::size_t kJointPointCount = 8;
[[nodiscard]] std::string_view name(JointPoint point);

/// Below this distance, a direction between two points is noise.
inline constexpr double kNoLengthM = 1e-4;

/// Unit axes of a segment in the laboratory; ISB order: forward, up, to the person's right.
struct SegmentAxes {
  Vec3<Laboratory> forward;
  Vec3<Laboratory> up;
  Vec3<Laboratory> right;
};

/// One frame of a body found from markers. Empty where the frame shows no value.
struct BodyFrame {
  std::array<std::array<std::optional<Vec3<Laboratory>>, 2>, kJointPointCount> points;
  std::array<std::optional<Vec3<Laboratory>>, 2>
      knee_axis;  ///< through the epicondyles, to the person's right
  std::optional<SegmentAxes> pelvis;
  std::optional<Vec3<Laboratory>> neck;  ///< or the middle between the shoulders

  [[nodiscard]] const std::optional<Vec3<Laboratory>>& at(JointPoint point, Side side) const {
    return points[static_cast<std::size_t>(point)][static_cast<std::size_t>(side)];
  }
  std::optional<Vec3<Laboratory>>& at(JointPoint point, Side side) {
    return points[static_cast<std::size_t>(point)][static_cast<std::size_t>(side)];
  }
};

struct MarkerBody {
  std::vector<BodyFrame> frames;  ///< one per frame of the recording
  /// Why a point is in no frame, in plain words; empty if it is in any.
  std::array<std::array<std::string, 2>, kJointPointCount> missing;
  std::string pelvis_missing;
  std::optional<Vec3<Laboratory>> up;    ///< unit vector; empty if unknown
  std::vector<std::string> assumptions;  ///< in plain sentences
  std::vector<std::string> warnings;

  [[nodiscard]] const std::string& why_missing(JointPoint point, Side side) const {
    return missing[static_cast<std::size_t>(point)][static_cast<std::size_t>(side)];
  }
};

/// Finds joint centers, the pelvis and the vertical in every frame.
///
/// Joint centers are the middle between lateral and medial marker; the lateral marker alone where there is no
/// other. The pelvis has ISB's axes: right along the front iliac spines, forward in the plane of front and
/// back spines [frames-and-units.md]. A hip without a marker of its own lies 36 % of the distance between the
/// front spines to the side of their middle, 30 % below and 22 % behind, in the pelvis' axes (Bell, Brand and
/// Pedersen 1989, abstract; their axes were not given there).
///
/// Thigh and shank do not change their length: in each frame hip, knee and ankle are moved, all three alike
/// and as little as it takes, until both have their median length. Where a length is no human's (below 8 cm
/// or above 75 cm: a stature of 0.33 or 3 m by the shares of skeleton/shape.h), or 30 % off the median in a
/// frame, where a marker must have moved, hip, knee and ankle are not used.
///
/// `up`: the vertical, if the caller knows it. Otherwise it is the axis of the laboratory along which neck
/// (or hips) lie above the feet most of the time, which is wrong for a lying person.
[[nodiscard]] MarkerBody find_body(const MarkerRecording& recording, const RecognisedMarkers& markers,
                                   std::optional<Vec3<Laboratory>> up = {});

}  // namespace reprise::engine
