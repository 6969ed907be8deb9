// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/segment_directions.h"

#include <algorithm>

#include "engine/kinematics/measure.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr PerBodyLine<LineEnds> kEnds = {{
    {{L::left_hip, L::right_hip}, {L::left_shoulder, L::right_shoulder}},
    {{L::left_shoulder, L::right_shoulder}, {L::left_ear, L::right_ear}},
    {{L::left_ear, L::right_ear}, {L::nose, L::nose}},
    {{L::left_shoulder, L::left_shoulder}, {L::right_shoulder, L::right_shoulder}},
    {{L::left_hip, L::left_hip}, {L::right_hip, L::right_hip}},
    {{L::left_shoulder, L::left_shoulder}, {L::left_elbow, L::left_elbow}},
    {{L::right_shoulder, L::right_shoulder}, {L::right_elbow, L::right_elbow}},
    {{L::left_elbow, L::left_elbow}, {L::left_wrist, L::left_wrist}},
    {{L::right_elbow, L::right_elbow}, {L::right_wrist, L::right_wrist}},
    {{L::left_wrist, L::left_wrist}, {L::left_index, L::left_pinky}},
    {{L::right_wrist, L::right_wrist}, {L::right_index, L::right_pinky}},
    {{L::left_hip, L::left_hip}, {L::left_knee, L::left_knee}},
    {{L::right_hip, L::right_hip}, {L::right_knee, L::right_knee}},
    {{L::left_knee, L::left_knee}, {L::left_ankle, L::left_ankle}},
    {{L::right_knee, L::right_knee}, {L::right_ankle, L::right_ankle}},
    {{L::left_heel, L::left_heel}, {L::left_foot_index, L::left_foot_index}},
    {{L::right_heel, L::right_heel}, {L::right_foot_index, L::right_foot_index}},
}};

}  // namespace

const LineEnds& ends_of(BodyLine line) {
  return kEnds[static_cast<std::size_t>(line)];
}

SegmentDirections segment_directions(const PerLandmark<Eigen::Vector3d>& points,
                                     const PerLandmark<double>& visibility) {
  SegmentDirections out;
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    const LineEnds& ends = kEnds[l];
    const Eigen::Vector3d along =
        0.5 * (points[ends.to[0]] + points[ends.to[1]] - points[ends.from[0]] - points[ends.from[1]]);
    const double length = along.norm();
    const double seen = std::min(
        {visibility[ends.from[0]], visibility[ends.from[1]], visibility[ends.to[0]], visibility[ends.to[1]]});
    const bool usable = length > 1e-9 && seen >= kMinVisibility;
    out.direction[l] = usable ? Eigen::Vector3f{(along / length).cast<float>()} : Eigen::Vector3f::Zero();
    out.seen[l] = usable ? static_cast<float>(std::min(seen, 1.0)) : 0;
  }
  return out;
}

}  // namespace reprise::engine
