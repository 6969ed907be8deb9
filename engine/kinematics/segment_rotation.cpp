// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/segment_rotation.h"

#include <algorithm>
#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/view.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr double kShortestPartM = 0.005;  // shorter than this, a direction between two points is noise

double toward(Side side, double to_right) {
  return side == Side::right ? to_right : -to_right;
}

Vec3<Camera> middle(const Pose& pose, L left) {
  return 0.5 * (pose.world_m[left] + pose.world_m[mirrored(left)]);
}

double angle_out_of_plane(const Vec3<Camera>& unit_vector, const Vec3<Camera>& unit_normal) {
  return std::asin(std::clamp(unit_vector.dot(unit_normal), -1.0, 1.0));
}

// From between the ears to between nose and eyes: about level when a person looks straight ahead, because the
// nose lies below the ears by about as much as the eyes lie above them.
std::optional<Vec3<Camera>> face_direction(const Pose& pose) {
  const Vec3<Camera> face = 0.5 * (pose.world_m[L::nose] + middle(pose, L::left_eye));
  return unit(face - middle(pose, L::left_ear), kShortestPartM);
}

struct InPicture {
  const PerLandmark<ImagePoint>& points;

  [[nodiscard]] Eigen::Vector2d at(L landmark) const {
    return {points[landmark].x_px, points[landmark].y_px};
  }
  [[nodiscard]] Eigen::Vector2d middle(L left) const { return 0.5 * (at(left) + at(mirrored(left))); }
  [[nodiscard]] Eigen::Vector2d trunk() const { return middle(L::left_shoulder) - middle(L::left_hip); }
};
constexpr double kShortestPx = 4;

// Of ears and eyes against the trunk, to the person's right positive.
std::optional<double> tilt_in_picture(const Pose& pose) {
  const auto azimuth = facing_azimuth(pose);
  if (!azimuth || std::abs(std::cos(azimuth->value())) < std::sqrt(0.5)) return std::nullopt;
  const InPicture picture{*pose.image};
  const Eigen::Vector2d across = picture.at(L::right_ear) - picture.at(L::left_ear) +
                                 picture.at(L::right_eye_outer) - picture.at(L::left_eye_outer);
  const Eigen::Vector2d up = picture.trunk();
  if (!(across.norm() > kShortestPx && up.norm() > kShortestPx)) return std::nullopt;
  // Seen from in front, the person's right is to the left of the picture.
  const double mirror = std::cos(azimuth->value()) > 0 ? 1 : -1;
  const Eigen::Vector2d right = mirror * Eigen::Vector2d(up.y(), -up.x());
  return std::atan2(-across.dot(up), across.dot(right));
}

// Of the face against the trunk, forward positive, seen from the side of face and trunk. Empty otherwise.
// What the trunk leans in depth is not seen in the picture and taken away.
std::optional<double> nod_in_picture(const Pose& pose) {
  constexpr double kLeastAcross =
      0.08;  // of the trunk's length; networks show a face in profile 0.12 to 0.16 long
  constexpr double kMostLean = 20 * kPi / 180;  // in depth
  const auto azimuth = facing_azimuth(pose);
  if (!azimuth || std::abs(std::sin(azimuth->value())) < 0.8) return std::nullopt;
  const Eigen::Vector3d trunk_m = (middle(pose, L::left_shoulder) - middle(pose, L::left_hip)).v;
  const double towards_camera = std::atan2(-trunk_m.z(), trunk_m.head<2>().norm());
  if (std::abs(towards_camera) > kMostLean) return std::nullopt;
  const InPicture picture{*pose.image};
  const Eigen::Vector2d trunk = picture.trunk();
  const double length = trunk.norm();
  if (!(length > kShortestPx)) return std::nullopt;
  const Eigen::Vector2d up = trunk / length;
  const Eigen::Vector2d face =
      (0.5 * (picture.at(L::nose) + picture.middle(L::left_eye)) - picture.middle(L::left_ear)) / length;
  if (face.norm() < kLeastAcross) return std::nullopt;
  return std::atan2(-face.dot(up), std::abs(face.x() * up.y() - face.y() * up.x())) -
         std::cos(azimuth->value()) * towards_camera;
}

}  // namespace

std::optional<double> neck_flexion(const Pose& pose) {
  if (pose.image) {
    if (const auto nod = nod_in_picture(pose)) return nod;
  }
  const auto trunk = trunk_axes(pose);
  const auto face = face_direction(pose);
  if (!trunk || !face) return std::nullopt;
  return -angle_out_of_plane(*face, trunk->up);
}

std::optional<double> neck_lateral_flexion(const Pose& pose, Side side) {
  if (pose.image) {
    const auto to_right = tilt_in_picture(pose);
    return to_right ? std::optional{toward(side, *to_right)} : std::nullopt;
  }
  const auto trunk = trunk_axes(pose);
  const auto ears = unit(pose.world_m[L::right_ear] - pose.world_m[L::left_ear], kShortestPartM);
  if (!trunk || !ears) return std::nullopt;
  return toward(side, -angle_out_of_plane(*ears, trunk->up));
}

std::optional<double> neck_rotation(const Pose& pose, Side side) {
  const auto trunk = trunk_axes(pose);
  const auto face = face_direction(pose);
  if (!trunk || !face) return std::nullopt;
  const double to_right = face->dot(trunk->right);
  const double ahead = face->dot(trunk->forward);
  if (!(std::hypot(to_right, ahead) > 0.3)) return std::nullopt;  // looks straight up or down
  return toward(side, std::atan2(to_right, ahead));
}

std::optional<double> trunk_rotation(const Pose& pose, Side side) {
  const auto trunk = trunk_axes(pose);
  if (!trunk) return std::nullopt;
  const Vec3<Camera> hips = pose.world_m[L::right_hip] - pose.world_m[L::left_hip];
  const double to_right = hips.dot(trunk->right);
  const double ahead = hips.dot(trunk->forward);
  if (!(std::hypot(to_right, ahead) > kShortestPartM)) return std::nullopt;
  // The shoulders turned to the right leave the right hip ahead of them.
  return toward(side, std::atan2(ahead, to_right));
}

std::optional<double> shoulder_external_rotation(const Pose& pose, Side side) {
  const auto at = [&](L left) { return pose.world_m[side == Side::left ? left : mirrored(left)]; };
  const auto trunk = trunk_axes(pose);
  const auto arm = unit(at(L::left_elbow) - at(L::left_shoulder), kShortestPartM);
  const auto forearm = unit(at(L::left_wrist) - at(L::left_elbow), kShortestPartM);
  if (!trunk || !arm || !forearm) return std::nullopt;
  const double cos_elbow = arm->dot(*forearm);
  const bool bent_enough = std::abs(cos_elbow) <= 0.5;        // 60 to 120 degrees
  const bool hangs = -arm->dot(trunk->up) >= std::sqrt(0.5);  // within 45 degrees
  if (!bent_enough || !hangs) return std::nullopt;
  return std::atan2(toward(side, forearm->dot(trunk->right)), forearm->dot(trunk->forward));
}

std::optional<double> wrist_flexion(const Pose& pose, Side side) {
  const auto at = [&](L left) { return pose.world_m[side == Side::left ? left : mirrored(left)]; };
  const auto forearm = unit(at(L::left_wrist) - at(L::left_elbow), kShortestPartM);
  const auto hand = unit(0.5 * (at(L::left_index) + at(L::left_pinky)) - at(L::left_wrist), kShortestPartM);
  if (!forearm || !hand) return std::nullopt;
  const Vec3<Camera> across = at(L::left_index) - at(L::left_pinky);
  // Out of the palm: a hanging hand with the thumb forward has its palm to the body.
  const auto palm = unit(side == Side::right ? across.cross(*hand) : hand->cross(across), kShortestPartM);
  if (!palm) return std::nullopt;
  return std::atan2(-forearm->dot(*palm), forearm->dot(*hand));
}

}  // namespace reprise::engine
