// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/automatic_points.h"

#include <array>
#include <cmath>
#include <utility>

#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {
namespace {

constexpr const char* kFindingPoints = "finding the points of a posture";

constexpr std::array<std::pair<PosturePoint, Landmark>, 14> kFromLandmarks = {{
    {PosturePoint::left_eye, Landmark::left_eye},
    {PosturePoint::right_eye, Landmark::right_eye},
    {PosturePoint::left_ear, Landmark::left_ear},
    {PosturePoint::right_ear, Landmark::right_ear},
    {PosturePoint::left_shoulder, Landmark::left_shoulder},
    {PosturePoint::right_shoulder, Landmark::right_shoulder},
    {PosturePoint::left_hip, Landmark::left_hip},
    {PosturePoint::right_hip, Landmark::right_hip},
    {PosturePoint::left_knee, Landmark::left_knee},
    {PosturePoint::right_knee, Landmark::right_knee},
    {PosturePoint::left_ankle, Landmark::left_ankle},
    {PosturePoint::right_ankle, Landmark::right_ankle},
    {PosturePoint::left_heel, Landmark::left_heel},
    {PosturePoint::right_heel, Landmark::right_heel},
}};

/// As facing_azimuth has it.
Degrees azimuth_of(PostureView view) {
  switch (view) {
    case PostureView::front: return Degrees{0};
    case PostureView::back: return Degrees{180};
    case PostureView::left_side: return Degrees{-90};
    case PostureView::right_side: return Degrees{90};
  }
  return Degrees{0};
}

std::optional<Radians> turned_from(const Pose& pose, PostureView view) {
  const auto azimuth = facing_azimuth(pose);
  if (!azimuth) return std::nullopt;
  return Radians{std::abs(std::remainder((*azimuth - azimuth_of(view)).value(), 2 * kPi))};
}

/// The view that the person is turned to most nearly.
PostureView nearest_view(const Pose& pose) {
  PostureView nearest = PostureView::front;
  for (std::size_t i = 0; i < kPostureViewCount; ++i) {
    const auto view = static_cast<PostureView>(i);
    if (turned_from(pose, view) < turned_from(pose, nearest)) nearest = view;
  }
  return nearest;
}

/// The pose as the networks would have seen it in the picture turned back.
Pose unmirrored(const Pose& seen, double width_px) {
  Pose pose = seen;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    const Landmark from = mirrored(landmark);
    (*pose.image)[landmark] = (*seen.image)[from];
    (*pose.image)[landmark].x_px = width_px - (*seen.image)[from].x_px;
    pose.world_m[landmark] = seen.world_m[from];
    pose.world_m[landmark].v.x() = -seen.world_m[from].v.x();
    pose.visibility[landmark] = seen.visibility[from];
  }
  return pose;
}

/// Five times the same: engine/scene/framing.h wants more than one picture.
std::vector<PoseFrame> as_frames(const Pose& pose) {
  constexpr int kFrames = 5;
  std::vector<PoseFrame> frames;
  for (int i = 0; i < kFrames; ++i) frames.push_back({Seconds{i * 1.0}, pose});
  return frames;
}

}  // namespace

Result<AutomaticPoints> automatic_points(const Pose& seen, const PictureFacts& picture) {
  const auto& [view, width_px, height_px, roll_known, mirrored] = picture;
  if (!seen.image)
    return fail(ErrorCode::nothing_measured, kFindingPoints, "there are no positions in the picture",
                "give a picture, or landmarks with their pixels");
  const Pose pose = mirrored ? unmirrored(seen, width_px) : seen;
  AutomaticPoints found;
  found.turned = turned_from(pose, view);
  if (found.turned && *found.turned > Radians{kMostTurnedFromView}) {
    return fail(ErrorCode::unsupported, kFindingPoints,
                "the person is turned by more than 30 degrees from the view " + std::string{name(view)} +
                    "; it seems to be " + std::string{name(nearest_view(pose))},
                "correct the view, or take the picture again square to the person");
  }
  const auto frames = as_frames(pose);
  if (!roll_known && tilt(frames)) {
    return fail(ErrorCode::unsupported, kFindingPoints, "the picture is tilted by 8 degrees or more",
                "give the camera's roll, or hold it level and take the picture again");
  }
  found.outside = parts_outside(frames, static_cast<int>(width_px), static_cast<int>(height_px));
  for (const auto& [point, landmark] : kFromLandmarks) {
    const ImagePoint& p = (*pose.image)[landmark];
    const bool inside = p.x_px >= 0 && p.y_px >= 0 && p.x_px <= width_px && p.y_px <= height_px;
    if (!is_seen(point, view) || !inside || pose.visibility[landmark] < kMinVisibility) continue;
    found.points.push_back({point, {mirrored ? width_px - p.x_px : p.x_px, p.y_px}, PointOrigin::automatic});
  }
  if (found.points.empty())
    return fail(ErrorCode::nothing_measured, kFindingPoints, "no point of the body is in the picture",
                "stand farther away, so that the whole body is in the picture");
  return found;
}

Result<Pose> still_pose(std::span<const PoseFrame> frames) {
  constexpr double kMostMoved = 0.02;
  std::vector<const Pose*> seen;
  for (const PoseFrame& frame : frames) {
    if (frame.pose && frame.pose->image) seen.push_back(&*frame.pose);
  }
  if (seen.empty())
    return fail(ErrorCode::nothing_measured, kFindingPoints, "no picture shows a person with positions",
                "photograph one person, whole, in good light");
  Pose mean = *seen[seen.size() / 2];
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    ImagePoint sum;
    for (const Pose* one : seen) {
      sum.x_px += (*one->image)[i].x_px / static_cast<double>(seen.size());
      sum.y_px += (*one->image)[i].y_px / static_cast<double>(seen.size());
    }
    (*mean.image)[i] = sum;
  }
  const double height =
      std::abs((*mean.image)[Landmark::nose].y_px - (*mean.image)[Landmark::left_heel].y_px);
  for (const Landmark l :
       {Landmark::left_hip, Landmark::right_hip, Landmark::left_shoulder, Landmark::right_shoulder}) {
    const ImagePoint& at = (*mean.image)[l];
    for (const Pose* one : seen) {
      const ImagePoint& p = (*one->image)[l];
      if (std::hypot(p.x_px - at.x_px, p.y_px - at.y_px) > kMostMoved * height)
        return fail(ErrorCode::unsupported, kFindingPoints, "the person moves in the recording",
                    "choose a still moment with --from and --until, or take a photo");
    }
  }
  return mean;
}

}  // namespace reprise::engine
