// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/pose/zero_phase.h"
#include "engine/synthesis/random.h"
#include "simulation/rendered/take.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = engine::Landmark;

// From the room (x along the way, y up) to a level camera that looks along -z, and back.
Vector3d flipped(const Vector3d& v) {
  return {v.x(), -v.y(), -v.z()};
}

double leg_of(const engine::PerLandmark<Vec3<World>>& points) {
  return (points[L::left_hip].v - points[L::left_knee].v).norm() +
         (points[L::left_knee].v - points[L::left_ankle].v).norm();
}

std::vector<engine::PoseFrame> frames_of(const RecordedMovement& movement) {
  std::vector<engine::PoseFrame> frames;
  for (std::size_t f = 0; f < movement.times.size(); ++f) {
    const auto& points = movement.landmarks[f];
    const Vector3d hips = (points[L::left_hip].v + points[L::right_hip].v) / 2;
    engine::Pose pose;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      pose.world_m[i] = Vec3<Camera>{flipped(points[i].v - hips)};
      pose.visibility[i] = 1;
    }
    frames.push_back({movement.times[f], pose});
  }
  return frames;
}

/// Of a camera beside the way walked; nullopt: no such view.
std::optional<double> azimuth_of(const std::string& view) {
  for (const auto& [name, azimuth] :
       {std::pair{"front", 0.0}, std::pair{"oblique45", 45.0}, std::pair{"side90", 90.0},
        std::pair{"back135", 135.0}, std::pair{"back180", 180.0}, std::pair{"oblique315", -45.0},
        std::pair{"side270", -90.0}}) {
    if (view == name) return azimuth;
  }
  return std::nullopt;
}

Result<void> place_cameras(Take& take) {
  const engine::detail::CounterRandom random(take.options.seed ^ 0x77616c6b00000000ULL);
  const std::vector<Vector3d> seen = extent_of(take);
  std::uint64_t number = 0;
  if (take.options.views.empty()) take.options.views = {"side90", "side270"};
  for (const std::string& name : take.options.views) {
    const auto azimuth = azimuth_of(name);
    if (!azimuth) {
      return fail(ErrorCode::invalid_argument, "placing the cameras", "there is no view " + name,
                  "name front, oblique45, side90, back135, back180, oblique315 or side270");
    }
    CameraPlace place;
    place.name = name;
    place.azimuth_deg = *azimuth - 6 + 12 * random.uniform(number++);
    place.height_m = 0.9 + 0.4 * random.uniform(number++);
    place.field_of_view_deg = 36;
    place.filled = 0.9;
    take.cameras.push_back(aim(place, seen, take.options.side_px * 16 / 9 / 2 * 2, take.options.side_px));
  }
  fit_room(take, 4);
  const auto light = static_cast<float>(take.options.flaws.light);
  take.light = {Eigen::Vector3f(0.45F, 0.85F, 0.3F).normalized(), 0.75F * light, 0.45F * light};
  return {};
}

}  // namespace

Result<Take> plan_recorded(const Pack& pack, const Person& person, const RecordedMovement& movement,
                           const TakeOptions& options) {
  const auto frames = frames_of(movement);
  const auto fitted = engine::fit_body(frames);
  if (!fitted) return tl::unexpected(fitted.error());
  Take take;
  take.title = movement.name;
  take.options = options;
  take.options.frame_rate = engine::median_rate(frames).value_or(Hertz{30});
  take.person = person;
  auto figure = make_figure(pack, person);
  if (!figure) return tl::unexpected(figure.error());
  take.figure = std::move(*figure);
  take.stance = {engine::Support::standing, engine::FootRule::free, engine::FootRule::free};

  const auto& first = movement.landmarks.front();
  const Vector3d begin = (first[L::left_hip].v + first[L::right_hip].v) / 2;
  const double scale = take.figure.shape.stature.value() *
                       (take.figure.shape.proportions.thigh + take.figure.shape.proportions.shank) /
                       leg_of(first);
  for (std::size_t f = 0; f < movement.times.size(); ++f) {
    const auto& state = fitted->states[f];
    if (!state) continue;
    engine::Posture posture = state->posture;
    Matrix3d pelvis;
    for (int column = 0; column < 3; ++column) pelvis.col(column) = flipped(state->pelvis.col(column));
    engine::read_pelvis(pelvis, posture);
    RigPose pose =
        pose_rig(take.figure, engine::draw_body(take.figure.shape, posture, take.stance), take.stance);
    const auto& points = movement.landmarks[f];
    const Vector3d way = scale * ((points[L::left_hip].v + points[L::right_hip].v) / 2 - begin);
    const auto now = landmarks_of(take.figure, pose);
    const Vector3d hips = (now[L::left_hip].v + now[L::right_hip].v) / 2;
    shift(pose,
          {way.x() - hips.x(), -static_cast<double>(lowest_of(skin(take.figure, pose))), way.z() - hips.z()});
    take.landmarks.push_back({movement.times[f], measured_pose(landmarks_of(take.figure, pose))});
    take.poses.push_back(std::move(pose));
    take.shares.push_back(-1);
    take.repetition_number.push_back(-1);
  }
  if (auto placed = place_cameras(take); !placed) return tl::unexpected(placed.error());
  return take;
}

}  // namespace reprise::simulation::rendered
