// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/seen_landmark.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <optional>

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

std::optional<Eigen::Index> frame_unknown_of(Dof dof) {
  const auto* const found = std::find(kTrajectoryDofs.begin(), kTrajectoryDofs.end(), dof);
  if (found == kTrajectoryDofs.end()) return std::nullopt;
  return static_cast<Eigen::Index>(6 + (found - kTrajectoryDofs.begin()));
}

/// The movements that turn a segment, without those of the pelvis.
std::span<const Dof> turning(Segment of_left, bool right) {
  const auto chain = [&](Landmark left) { return chain_of(right ? mirrored(left) : left); };
  switch (of_left) {
    case Segment::trunk: return chain(Landmark::left_shoulder).first(3);
    case Segment::left_thigh: return chain(Landmark::left_ankle).first(3);
    case Segment::left_foot: return chain(Landmark::left_heel);
    default: return {};
  }
}

/// The part of a landmark that a segment carries beside the joint, and how it turns.
void add_offset(SeenLandmark& seen, const PosedBody& body, bool right, double stature_m,
                const LandmarkOffset& offset) {
  constexpr std::size_t kSegmentsOfASide = 6;
  const bool sided = offset.segment >= Segment::left_thigh;
  const std::size_t segment =
      static_cast<std::size_t>(offset.segment) + (right && sided ? kSegmentsOfASide : 0);
  Vector3d share = offset.share;
  if (!right) share.z() = -share.z();
  const Vector3d part = body.turned[segment] * share * stature_m;
  seen.point_m += part;
  for (int axis = 0; axis < 3; ++axis) seen.by_frame.col(axis) += Vector3d::Unit(axis).cross(part);
  for (const Dof dof : turning(offset.segment, right)) {
    if (const auto unknown = frame_unknown_of(dof))
      seen.by_frame.col(*unknown) += body.axis[static_cast<std::size_t>(dof)].cross(part);
  }
}

}  // namespace

std::size_t seen_index(Landmark landmark) {
  return static_cast<std::size_t>(std::find(kSeenLandmarks.begin(), kSeenLandmarks.end(), landmark) -
                                  kSeenLandmarks.begin());
}

SeenBody see_body(const BodyShape& shape, const BodyState& state, std::span<const LandmarkOffset> offsets) {
  const PosedBody body = pose_body(shape, state.pelvis, state.posture);
  const auto lengths = lengths_m(shape);
  SeenBody seen;
  for (std::size_t s = 0; s < kSeenCount; ++s) {
    const Landmark l = kSeenLandmarks[s];
    SeenLandmark& out = seen[s];
    out.point_m = body.point_m[l] + state.mid_hips.v;
    out.by_frame.setZero();
    out.by_shared.setZero();
    for (int axis = 0; axis < 3; ++axis) {
      out.by_frame.col(axis) = Vector3d::Unit(axis).cross(body.point_m[l]);
      out.by_frame.col(3 + axis) = Vector3d::Unit(axis);
    }
    for (const Dof dof : chain_of(l)) {
      if (const auto unknown = frame_unknown_of(dof)) out.by_frame.col(*unknown) = velocity(body, l, dof);
    }
    const LengthColumns columns = length_columns(body, l);
    for (std::size_t g = 0; g < kLengthGroups.size(); ++g) {
      for (std::size_t k = 0; k < kLengthGroups[g].count; ++k) {
        const std::size_t j = kLengthGroups[g].lengths[k];
        out.by_shared.col(static_cast<Eigen::Index>(g)) +=
            columns.col(static_cast<Eigen::Index>(j)) * lengths[j];
      }
    }
    const bool right = mirrored(l) != l && l > mirrored(l);
    for (const LandmarkOffset& offset : offsets) {
      if (offset.left == (right ? mirrored(l) : l))
        add_offset(out, body, right, shape.stature.value(), offset);
    }
  }
  return seen;
}

}  // namespace reprise::engine
