// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/motion_calibration.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "engine/cameras/bundle.h"
#include "engine/cameras/essential.h"
#include "engine/cameras/synchronize.h"
#include "engine/inverse_kinematics/segment_lengths.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;
using L = Landmark;

constexpr const char* kCalibrating = "calibrating from the movement";
constexpr double kSurelySeen = 0.6;           // visibility. Unsourced default
constexpr double kEpipolarTolerance = 0.012;  // slope: 5 cm at 4 m
constexpr std::size_t kMostMoments = 120;
constexpr std::size_t kLeastMoments = 15;
constexpr double kLeastInliers = 0.6;  // Unsourced default
constexpr double kLeastAngleRad = 0.2;

/// Moments of the first camera, spread over the recording.
std::vector<Seconds> moments(const CameraTrack& first) {
  std::vector<Seconds> out;
  const std::size_t stride = 1 + first.frames.size() / kMostMoments;
  for (std::size_t i = 0; i < first.frames.size(); i += stride)
    if (first.frames[i].pose) out.push_back(first.frames[i].time);
  return out;
}

std::vector<SlopePair> pairs_of(const RigRays& rig, std::size_t second) {
  std::vector<SlopePair> out;
  for (const auto& seen : rig.frames) {
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      if (!(std::min(seen[0].visibility[l], seen[second].visibility[l]) >= kSurelySeen)) continue;
      out.push_back({seen[0].slope[l], seen[second].slope[l]});
    }
  }
  return out;
}

tl::unexpected<Error> refuse(std::string cause, std::string remedy) {
  return fail(ErrorCode::nothing_measured, kCalibrating, std::move(cause), std::move(remedy));
}

/// Each camera against the first; distances are those of a first guess of two meters between them.
Result<MotionCalibration> place_by_pairs(const RigRays& rig, BundleProblem& problem, std::uint64_t seed) {
  MotionCalibration out;
  for (std::size_t v = 1; v < rig.views.size(); ++v) {
    const std::string name = "cameras 1 and " + std::to_string(v + 1);
    const auto pairs = pairs_of(rig, v);
    if (pairs.size() < 20 * kLeastMoments)
      return refuse(name + " hardly ever see the person at the same time (" + std::to_string(pairs.size()) +
                        " common landmarks)",
                    "place them so that both see the whole person, and film for ten seconds or more");
    const auto pose = relative_pose(pairs, kEpipolarTolerance, seed);
    if (!pose || pose->inliers < kLeastInliers)
      return refuse(
          "what " + name + " saw does not fit any placement of the two",
          "check --field-of-view, that no video is a mirror image, and that all show the same person");
    const double turn = Eigen::AngleAxisd(pose->second.rotation).angle();
    if (turn < kLeastAngleRad)
      return refuse(name + " look the same way, so that distances cannot be told",
                    "stand them 60 to 120 degrees apart around the person");
    out.inliers.push_back(pose->inliers);
    problem.views[v] = {pose->second.rotation, 2 * pose->second.translation_m};
  }
  return out;
}

/// Of three and more cameras each pair has its own unknown scale: brought to that of the first pair by the
/// hips.
void share_scale(const RigRays& rig, BundleProblem& problem) {
  const auto depth = [&](std::size_t v) {
    std::vector<double> depths;
    for (const auto& seen : rig.frames) {
      for (const L l : {L::left_hip, L::right_hip, L::left_shoulder, L::right_shoulder}) {
        if (!(std::min(seen[0].visibility[l], seen[v].visibility[l]) >= kSurelySeen)) continue;
        const std::array<RigView, 2> views = {RigView{}, problem.views[v]};
        const std::array<SeenRay, 2> both = {SeenRay{0, seen[0].slope[l], 1},
                                             SeenRay{1, seen[v].slope[l], 1}};
        const auto point = triangulate(views, both, {.most_error_m = 1e3, .most_spread_m = 1e3});
        if (point) depths.push_back(point->point_m.z());
      }
    }
    return depths.empty() ? 0.0 : median(depths);
  };
  const double first = depth(1);
  for (std::size_t v = 2; v < problem.views.size(); ++v) {
    const double other = depth(v);
    if (first > 0 && other > 0) problem.views[v].translation_m *= first / other;
  }
}

/// By which factor the points must grow so that their segments are those of a body of such a stature.
std::optional<double> scale_to(Meters stature,
                               const std::vector<PerLandmark<std::optional<Vector3d>>>& points) {
  constexpr double kUsualThigh = 0.245;  // of the stature: near enough to ask for proportions
  std::vector<double> thighs;
  for (const auto& at : points)
    if (at[L::left_hip] && at[L::left_knee]) thighs.push_back((*at[L::left_hip] - *at[L::left_knee]).norm());
  if (thighs.empty() || !(median(thighs) > 0)) return std::nullopt;
  const double near = kUsualThigh * stature.value() / median(thighs);
  std::vector<PoseFrame> frames;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Pose pose;
    const auto& at = points[i];
    if (!at[L::left_hip] || !at[L::right_hip]) continue;
    const Vector3d hips = 0.5 * (*at[L::left_hip] + *at[L::right_hip]);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      pose.visibility[l] = at[l] ? 1 : 0;
      pose.world_m[l].v = at[l] ? Vector3d(near * (*at[l] - hips)) : Vector3d::Zero();
    }
    frames.push_back({Seconds{static_cast<double>(i)}, pose});
  }
  const auto measured = measure_segments(frames);
  if (!measured) return std::nullopt;
  return near * (stature / measured->shape.stature);
}

/// Room axes: z up, y ahead of the first camera, x to its right.
Eigen::Matrix3d room_to_level() {
  Eigen::Matrix3d m;
  m << 1, 0, 0, 0, 0, -1, 0, 1, 0;
  return m;
}

double lens_height(const std::vector<PerLandmark<std::optional<Vector3d>>>& points, double scale) {
  std::vector<double> below;
  for (const auto& at : points) {
    for (const L l : {L::left_heel, L::right_heel, L::left_foot_index, L::right_foot_index})
      if (at[l]) below.push_back(scale * at[l]->y());
  }
  if (below.empty()) return 1;
  const auto most = below.begin() + static_cast<std::ptrdiff_t>(below.size() * 9 / 10);
  std::nth_element(below.begin(), most, below.end());
  return *most;
}

/// A pose that the first draws find may be a wrong one, from which the adjustment ends with landmarks farther
/// from their rays or with lenses that no phone has. `best`: without points, where no draw led to a
/// placement.
Result<MotionCalibration> best_of_draws(const RigRays& rays, BundleProblem& best) {
  constexpr std::uint64_t kTries = 4;
  constexpr double kMostFocal =
      0.25;  // logarithm of the focal length found over the assumed. Unsourced default
  Result<MotionCalibration> out = MotionCalibration{};
  for (std::uint64_t seed = 1; seed <= kTries; ++seed) {
    BundleProblem problem;
    problem.rays = rays;
    problem.views.resize(rays.views.size());
    problem.log_focal.assign(rays.views.size(), 0);
    auto placed = place_by_pairs(rays, problem, seed);
    if (!placed) {
      if (best.points.empty()) out = std::move(placed);
      continue;
    }
    share_scale(rays, problem);
    const bool plausible = adjust(problem) && std::all_of(problem.log_focal.begin(), problem.log_focal.end(),
                                                          [](double f) { return std::abs(f) < kMostFocal; });
    if (!plausible) {
      if (best.points.empty()) out = std::move(placed);
      continue;
    }
    if (!best.points.empty() && problem.error_slope >= best.error_slope) continue;
    out = std::move(placed);
    best = std::move(problem);
  }
  return out;
}

}  // namespace

double epipolar_cost(const CameraTrack& first, const CameraTrack& second) {
  const std::array<CameraTrack, 2> tracks = {first, second};
  const auto pairs = pairs_of(look_at(tracks, moments(first)), 1);
  if (pairs.size() < 10 * kLeastMoments) return 1;
  const auto pose = relative_pose(pairs, kEpipolarTolerance);
  return pose ? pose->cost : 1;
}

Result<MotionCalibration> calibrate_from_motion(std::span<const CameraTrack> tracks, Meters stature) {
  BundleProblem problem;
  auto out = best_of_draws(look_at(tracks, moments(tracks.front())), problem);
  if (!out) return out;
  if (problem.points.empty()) {
    return refuse("the landmarks do not tell where the cameras stand",
                  "walk through the whole space that all cameras see, towards them and across, arms moving");
  }
  const auto scale = scale_to(stature, problem.points);
  if (!scale) {
    return refuse("the segments between the landmarks are those of no body",
                  "check --field-of-view, and that all videos show the same person");
  }
  const double height = lens_height(problem.points, *scale);
  const Eigen::Matrix3d level = room_to_level();
  for (std::size_t v = 0; v < tracks.size(); ++v) {
    CameraModel camera = tracks[v].camera;
    const double focal = std::exp(problem.log_focal[v]);
    camera.focal_x_px *= focal;
    camera.focal_y_px *= focal;
    camera.rotation = problem.views[v].rotation * level;
    camera.translation_m = *scale * problem.views[v].translation_m - camera.rotation * Vector3d(0, 0, height);
    out->cameras.push_back(std::move(camera));
  }
  out->error_px = problem.error_slope * out->cameras.front().focal_px();
  return out;
}

}  // namespace reprise::engine
