// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "engine/cameras/camera_model.h"
#include "engine/inverse_kinematics/seen_landmark.h"
#include "engine/skeleton/skeleton.h"
#include "engine/synthesis/random.h"

// For tests only: a simulated body that walks through a room, and cameras that see it.
namespace reprise::engine {

/// The joints of one who walks along the room's x, with one long step among others and an arm raised once, so
/// that no two moments are alike. Meters, z up. `offsets`: where a network would see landmarks beside the
/// joints (network_landmarks.h); none: the joints' centers.
inline PerLandmark<Eigen::Vector3d> simulated_walker(double t, std::span<const LandmarkOffset> offsets = {}) {
  const double phase = 2 * kPi * 0.9 * t;
  const double more = 1 + 0.4 * std::exp(-std::pow(t - 1.7, 2) / 0.1);
  Posture posture;
  posture[Dof::left_hip_flexion] = Radians{0.4 * more * std::sin(phase)};
  posture[Dof::right_hip_flexion] = Radians{-0.4 * more * std::sin(phase)};
  posture[Dof::left_knee_flexion] = Radians{0.5 * (1 - std::cos(phase + 0.7))};
  posture[Dof::right_knee_flexion] = Radians{0.5 * (1 + std::cos(phase + 0.7))};
  posture[Dof::left_shoulder_flexion] = Radians{-0.5 * std::sin(phase)};
  posture[Dof::right_shoulder_flexion] =
      Radians{0.5 * std::sin(phase) + 1.6 * std::exp(-std::pow(t - 2.4, 2) / 0.05)};
  posture[Dof::left_elbow_flexion] = posture[Dof::right_elbow_flexion] = Radians{0.4};
  Eigen::Matrix3d pelvis;
  pelvis.col(0) = Eigen::Vector3d::UnitX();
  pelvis.col(1) = Eigen::Vector3d::UnitZ();
  pelvis.col(2) = -Eigen::Vector3d::UnitY();
  const PosedBody body = pose_body(BodyShape{}, pelvis, posture);
  const Eigen::Vector3d hips{1.1 * t - 2, 0, 0.95 + 0.02 * std::cos(2 * phase)};
  PerLandmark<Eigen::Vector3d> out;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) out[l] = body.point_m[l] + hips;
  if (offsets.empty()) return out;
  const SeenBody seen = see_body(BodyShape{}, BodyState{pelvis, posture, Vec3<Camera>{hips}}, offsets);
  for (std::size_t s = 0; s < kSeenCount; ++s) out[kSeenLandmarks[s]] = seen[s].point_m;
  return out;
}

/// A camera on a circle of 4.5 m around the room's middle, 1.1 m above the floor, which looks at the middle;
/// `azimuth`: 0 before one who walks along x, a quarter turn on that person's left.
inline CameraModel simulated_camera(Radians azimuth) {
  CameraModel camera;
  camera.name = "simulated";
  camera.width_px = 1280;
  camera.height_px = 720;
  camera.focal_x_px = camera.focal_y_px = 900;
  camera.center_x_px = 640;
  camera.center_y_px = 360;
  const Eigen::Vector3d lens{4.5 * std::cos(azimuth.value()), 4.5 * std::sin(azimuth.value()), 1.1};
  const Eigen::Vector3d forward = (Eigen::Vector3d{0, 0, 0.9} - lens).normalized();
  const Eigen::Vector3d right = forward.cross(Eigen::Vector3d::UnitZ()).normalized();
  camera.rotation.row(0) = right;
  camera.rotation.row(1) = forward.cross(right);
  camera.rotation.row(2) = forward;
  camera.translation_m = -camera.rotation * lens;
  return camera;
}

/// What a camera sees of the walker between two times of the first camera's clock, by its own clock, which
/// shows `lag` more. `noise_px`: standard deviation of each coordinate. `offsets`: as above.
inline std::vector<PoseFrame> simulated_frames(const CameraModel& camera, Hertz rate, double from_s,
                                               double to_s, Seconds lag, double noise_px,
                                               std::uint64_t seed = 1,
                                               std::span<const LandmarkOffset> offsets = {}) {
  const detail::CounterRandom random(seed);
  std::uint64_t number = 0;
  const auto normal = [&] {
    const double u = 1e-12 + random.uniform(number++);
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * kPi * random.uniform(number++));
  };
  std::vector<PoseFrame> frames;
  for (double t = from_s; t <= to_s; t += 1 / rate.value()) {
    const auto points = simulated_walker(t, offsets);
    Pose pose;
    pose.image.emplace();
    const Eigen::Vector3d hips = 0.5 * (points[Landmark::left_hip] + points[Landmark::right_hip]);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const auto pixel = project(camera, points[l]);
      if (!pixel) continue;
      (*pose.image)[l] = {pixel->x() + noise_px * normal(), pixel->y() + noise_px * normal(), 0};
      pose.world_m[l].v = camera.rotation * (points[l] - hips);
      pose.visibility[l] = 1;
    }
    frames.push_back({Seconds{t} + lag, pose});
  }
  return frames;
}

}  // namespace reprise::engine
