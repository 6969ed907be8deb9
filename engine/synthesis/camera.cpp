// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/camera.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/synthesis/thickness.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;
using L = Landmark;

/// A part of the body that hides landmarks behind it: a line with a thickness. Arms are left out: they are
/// thin, and landmarks behind them show on one side or the other.
struct Part {
  Vector3d from, to;
  double radius_m;
  std::vector<L> own;  ///< landmarks on this part: it does not hide them
};

std::array<Part, 6> body_parts(const PerLandmark<Vec3<World>>& p, double stature_m) {
  const auto middle = [&](L left) -> Vector3d { return (p[left].v + p[mirrored(left)].v) / 2; };
  const auto part = [&](const Vector3d& from, const Vector3d& to, double thickness, std::vector<L> own) {
    return Part{from, to, thickness * stature_m, std::move(own)};
  };
  const auto thigh = [&](L hip, L knee) { return part(p[hip].v, p[knee].v, Thickness::kThigh, {hip, knee}); };
  const auto shank = [&](L knee, L ankle, L heel, L toe) {
    return part(p[knee].v, p[ankle].v, Thickness::kShank, {knee, ankle, heel, toe});
  };
  // Points on the skin of head and trunk are hidden by them from the other side.
  return {part(middle(L::left_hip), middle(L::left_shoulder), Thickness::kTrunk, {}),
          part(middle(L::left_ear), middle(L::left_ear), Thickness::kHead, {}),
          thigh(L::left_hip, L::left_knee),
          thigh(L::right_hip, L::right_knee),
          shank(L::left_knee, L::left_ankle, L::left_heel, L::left_foot_index),
          shank(L::right_knee, L::right_ankle, L::right_heel, L::right_foot_index)};
}

double distance_to_line(const Vector3d& point, const Vector3d& from, const Vector3d& to) {
  const Vector3d along = to - from;
  const double length = along.squaredNorm();
  const double t = length > 0 ? std::clamp((point - from).dot(along) / length, 0.0, 1.0) : 0.0;
  return (point - from - t * along).norm();
}

/// Least distance of two lines with ends: between the lines if both nearest points lie inside, else from
/// one of the four ends.
double distance_between(const Vector3d& a0, const Vector3d& a1, const Vector3d& b0, const Vector3d& b1) {
  double least = std::min({distance_to_line(a0, b0, b1), distance_to_line(a1, b0, b1),
                           distance_to_line(b0, a0, a1), distance_to_line(b1, a0, a1)});
  const Vector3d u = a1 - a0;
  const Vector3d v = b1 - b0;
  const Vector3d w = a0 - b0;
  const double uu = u.dot(u), uv = u.dot(v), vv = v.dot(v), uw = u.dot(w), vw = v.dot(w);
  const double determinant = uu * vv - uv * uv;
  if (determinant > 1e-12 * uu * vv) {
    const double s = (uv * vw - vv * uw) / determinant;
    const double t = (uu * vw - uv * uw) / determinant;
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) least = std::min(least, (w + s * u - t * v).norm());
  }
  return least;
}

/// How much of the point is hidden: 0 in plain sight, 1 right behind the middle of a part.
double hidden_share(L landmark, const Vector3d& point, const Vector3d& lens, const std::array<Part, 6>& parts,
                    double stature_m) {
  const Vector3d to_lens = lens - point;
  // Landmarks lie under the skin: start the line of sight where it leaves the body.
  const Vector3d start = point + to_lens * std::min(1.0, 0.05 * stature_m / to_lens.norm());
  double most = 0;
  for (const Part& part : parts) {
    if (std::find(part.own.begin(), part.own.end(), landmark) != part.own.end()) continue;
    const double miss = distance_between(start, lens, part.from, part.to);
    most = std::max(most, (part.radius_m - miss) / part.radius_m);
  }
  return most;
}

}  // namespace

Rotation<Camera, World> camera_from_world(const VirtualCamera& camera) {
  const double a = camera.azimuth.value();
  const Vector3d towards_lens(std::cos(a), 0, -std::sin(a));
  const Vector3d down(0, -1, 0);
  const Vector3d away = -towards_lens;
  Rotation<Camera, World> rotation;
  rotation.m.row(0) = down.cross(away).transpose();
  rotation.m.row(1) = down.transpose();
  rotation.m.row(2) = away.transpose();
  return rotation;
}

Vec3<World> middle_of(const PerLandmark<Vec3<World>>& landmarks) {
  Vector3d low = landmarks[0].v;
  Vector3d high = low;
  for (const auto& p : landmarks) {
    low = low.cwiseMin(p.v);
    high = high.cwiseMax(p.v);
  }
  return Vec3<World>{Vector3d((low + high) / 2)};
}

Viewpoint viewpoint_of(const VirtualCamera& camera, const Vec3<World>& look_at) {
  const Rotation<Camera, World> to_camera = camera_from_world(camera);
  const Vec3<World> towards_lens = to_camera.inverse() * Vec3<Camera>(0, 0, -1);
  Vec3<World> lens = look_at + towards_lens * camera.distance.value();
  lens.v.y() = camera.height.value();
  return {to_camera, lens};
}

Pose take_picture(const PerLandmark<Vec3<World>>& landmarks, const BodyShape& shape,
                  const VirtualCamera& camera, const Vec3<World>& look_at) {
  const auto [to_camera, lens] = viewpoint_of(camera, look_at);
  const Vec3<World> mid_hips = 0.5 * (landmarks[L::left_hip] + landmarks[L::right_hip]);
  const double hips_depth_m = (to_camera * (mid_hips - lens)).v.z();
  const double stature_m = shape.stature.value();
  const auto parts = body_parts(landmarks, stature_m);

  Pose pose;
  pose.image.emplace();
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    pose.world_m[i] = to_camera * (landmarks[i] - mid_hips);
    const Vector3d seen = (to_camera * (landmarks[i] - lens)).v;
    constexpr double kNearestM = 0.05;  // nearer than this, or behind the lens, nothing is pictured
    const double depth = std::max(seen.z(), kNearestM);
    ImagePoint& pixel = (*pose.image)[i];
    pixel.x_px = camera.width_px / 2.0 + camera.focal_px * seen.x() / depth;
    pixel.y_px = camera.height_px / 2.0 + camera.focal_px * seen.y() / depth;
    pixel.z_px = camera.focal_px * (seen.z() - hips_depth_m) / std::max(hips_depth_m, kNearestM);
    const bool inside = seen.z() > kNearestM && pixel.x_px >= 0 && pixel.x_px <= camera.width_px &&
                        pixel.y_px >= 0 && pixel.y_px <= camera.height_px;
    const double hidden =
        inside ? hidden_share(static_cast<L>(i), landmarks[i].v, lens.v, parts, stature_m) : 1;
    pose.visibility[i] = inside ? 1 - (1 - kHiddenVisibility) * hidden : 0;
  }
  return pose;
}

Result<void> check(const VirtualCamera& camera) {
  const auto positive = [](double v) { return std::isfinite(v) && v > 0; };
  if (!std::isfinite(camera.azimuth.value()) || !positive(camera.distance.value()) ||
      !std::isfinite(camera.height.value()) || !positive(camera.focal_px) || camera.width_px <= 0 ||
      camera.height_px <= 0) {
    return fail(ErrorCode::invalid_argument, "virtual camera",
                "a distance, focal length or size is not positive", "give positive, finite numbers");
  }
  return {};
}

}  // namespace reprise::engine
