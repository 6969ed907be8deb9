// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/fuse.h"

#include <algorithm>
#include <cmath>

#include "engine/cameras/leg_swaps.h"
#include "engine/cameras/synchronize.h"
#include "engine/inverse_kinematics/seen_landmark.h"

namespace reprise::engine {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;
using L = Landmark;

constexpr double kLeastSeen = 0.2;        // visibility from which a camera takes part. Unsourced default
constexpr double kAloneShare = 0.6;       // of the visibility of what only one camera sees. Unsourced default
constexpr std::size_t kMostFrames = 150;  // at which rays are compared

/// What a camera shows at a moment; empty where it shows no one.
struct Shown {
  SeenSlopes seen;
  PerLandmark<Vector3d> beside_hips_m;  ///< by its network, camera axes
};

std::optional<Shown> shown_at(const CameraTrack& track, Seconds time) {
  const auto at = frames_around(track.frames, time + track.lag);
  if (!at) return std::nullopt;
  const Pose& a = *track.frames[at->before].pose;
  const Pose& b = at->share > 0 ? *track.frames[at->before + 1].pose : a;
  if (!a.image || !b.image) return std::nullopt;
  Shown out;
  const double share = at->share;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const ImagePoint& p = (*a.image)[l];
    const ImagePoint& q = (*b.image)[l];
    const Vector2d pixel{p.x_px + share * (q.x_px - p.x_px), p.y_px + share * (q.y_px - p.y_px)};
    out.beside_hips_m[l] = (1 - share) * a.world_m[l].v + share * b.world_m[l].v;
    const auto slope = slope_of(track.camera, pixel);
    out.seen.visibility[l] = slope ? std::clamp(std::min(a.visibility[l], b.visibility[l]), 0.0, 1.0) : 0;
    if (slope) out.seen.slope[l] = *slope;
  }
  return out;
}

using Shots = std::vector<std::optional<Shown>>;  // beside the tracks

void note_agreement(const TriangulatedPoint& point, std::span<const SeenRay> rays,
                    std::span<const CameraTrack> tracks, std::span<const RigView> views,
                    std::vector<CameraAgreement>& cameras) {
  for (std::size_t i = 0; i < rays.size(); ++i) {
    const std::size_t view = rays[i].view;
    CameraAgreement& camera = cameras[view];
    ++camera.rays;
    if (!point.used[i]) {
      ++camera.left_out;
      continue;
    }
    const Vector3d p = views[view].in_camera(point.point_m);
    const double off_m = (p.head<2>() - rays[i].slope * p.z()).norm();
    camera.error_m += off_m * off_m;
    const double off_px = off_m / p.z() * tracks[view].camera.focal_px();
    camera.error_px += off_px * off_px;
  }
}

class Fusing {
 public:
  Fusing(std::span<const CameraTrack> tracks, const TriangulationOptions& options)
      : tracks_(tracks), options_(options) {
    out.axes = level_axes(tracks.front().camera);
    for (const CameraTrack& track : tracks) out.rig.views.push_back(view_in(out.axes, track.camera));
    out.cameras.resize(tracks.size());
  }

  void look(Seconds time) {
    Shots& shots = shots_.emplace_back();
    std::size_t seeing = 0;
    auto& slopes = out.rig.frames.emplace_back(tracks_.size());
    for (std::size_t v = 0; v < tracks_.size(); ++v) {
      shots.push_back(shown_at(tracks_[v], time));
      if (!shots.back()) continue;
      slopes[v] = shots.back()->seen;
      ++seeing;
    }
    if (seeing > 1) ++out.frames_of_several;
  }

  void exchange_legs(std::span<const Seconds> times) {
    const auto exchanged = exchanged_legs(out.rig, times);
    for (std::size_t i = 0; i < exchanged.size(); ++i) {
      for (std::size_t v = 0; v < tracks_.size(); ++v) {
        if (!exchanged[i][v] || !shots_[i][v]) continue;
        Shown& shown = *shots_[i][v];
        out.rig.frames[i][v] = shown.seen = with_legs_exchanged(shown.seen);
        for (const L left : left_leg())
          std::swap(shown.beside_hips_m[left], shown.beside_hips_m[mirrored(left)]);
        ++out.cameras[v].exchanged;
      }
    }
  }

  void meet(std::size_t i, Seconds time) {
    const Shots& shots = shots_[i];
    auto& points = out.points_m.emplace_back();
    for (std::size_t l = 0; l < kLandmarkCount; ++l) points[l] = point_of(shots, l);
    out.frames.push_back({time, pose_of(shots, points)});
  }

  FusedMovement out;

 private:
  std::optional<Vector3d> point_of(const Shots& shots, std::size_t l) {
    std::vector<SeenRay> rays;
    for (std::size_t v = 0; v < shots.size(); ++v) {
      if (!shots[v] || !(shots[v]->seen.visibility[l] >= kLeastSeen)) continue;
      rays.push_back({v, shots[v]->seen.slope[l], shots[v]->seen.visibility[l]});
    }
    if (rays.size() < 2) return std::nullopt;
    const auto found = triangulate(out.rig.views, rays, options_);
    if (!found) {
      for (const SeenRay& one : rays) {
        ++out.cameras[one.view].rays;
        ++out.cameras[one.view].left_out;
      }
      return std::nullopt;
    }
    note_agreement(*found, rays, tracks_, out.rig.views, out.cameras);
    return found->point_m;
  }

  [[nodiscard]] std::optional<Pose> pose_of(const Shots& shots,
                                            const PerLandmark<std::optional<Vector3d>>& points) const {
    if (std::none_of(shots.begin(), shots.end(), [](const auto& shot) { return shot.has_value(); }))
      return std::nullopt;
    const auto& left = points[L::left_hip];
    const auto& right = points[L::right_hip];
    std::optional<Vector3d> hips;
    if (left && right) hips = 0.5 * (*left + *right);
    Pose pose;
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      std::size_t best = 0;
      double seen = -1;
      for (std::size_t v = 0; v < shots.size(); ++v) {
        if (!shots[v] || shots[v]->seen.visibility[l] <= seen) continue;
        seen = shots[v]->seen.visibility[l];
        best = v;
      }
      const bool met = hips && points[l];
      pose.visibility[l] = met ? seen : kAloneShare * seen;
      pose.world_m[l].v =
          met ? Vector3d(*points[l] - *hips)
              : Vector3d(out.rig.views[best].rotation.transpose() * shots[best]->beside_hips_m[l]);
    }
    return pose;
  }

  std::span<const CameraTrack> tracks_;
  TriangulationOptions options_;
  std::vector<Shots> shots_;  // by frame
};

}  // namespace

LevelAxes level_axes(const CameraModel& first) {
  const Vector3d up = Vector3d::UnitZ();
  Vector3d forward = first.rotation.row(2).transpose();
  if (std::abs(forward.dot(up)) > 0.95) forward = -first.rotation.row(1).transpose();  // looks up or down
  forward = (forward - up * up.dot(forward)).normalized();
  LevelAxes axes;
  axes.from_room.row(0) = (-up).cross(forward);
  axes.from_room.row(1) = -up;
  axes.from_room.row(2) = forward;
  axes.lens_m = first.lens_m();
  return axes;
}

RigView view_in(const LevelAxes& axes, const CameraModel& camera) {
  return {camera.rotation * axes.from_room.transpose(), camera.rotation * axes.lens_m + camera.translation_m};
}

FusedMovement fuse(std::span<const CameraTrack> tracks, std::span<const Seconds> times,
                   const TriangulationOptions& options) {
  Fusing fusing{tracks, options};
  for (const Seconds time : times) fusing.look(time);
  fusing.exchange_legs(times);
  for (std::size_t i = 0; i < times.size(); ++i) fusing.meet(i, times[i]);
  for (CameraAgreement& camera : fusing.out.cameras) {
    const double used = static_cast<double>(std::max<std::size_t>(1, camera.rays - camera.left_out));
    camera.error_m = std::sqrt(camera.error_m / used);
    camera.error_px = std::sqrt(camera.error_px / used);
  }
  return std::move(fusing.out);
}

RigRays look_at(std::span<const CameraTrack> tracks, std::span<const Seconds> times) {
  RigRays out;
  out.views.resize(tracks.size());
  for (const Seconds time : times) {
    auto& slopes = out.frames.emplace_back(tracks.size());
    for (std::size_t v = 0; v < tracks.size(); ++v) {
      if (const auto shown = shown_at(tracks[v], time)) slopes[v] = shown->seen;
    }
  }
  return out;
}

double disagreement_m(const CameraTrack& first, const CameraTrack& second) {
  constexpr double kWellSeen = 0.5;
  constexpr std::size_t kLeastRays = 60;
  const LevelAxes axes = level_axes(first.camera);
  const RigView a = view_in(axes, first.camera);
  const RigView b = view_in(axes, second.camera);
  const std::size_t stride = 1 + first.frames.size() / kMostFrames;
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < first.frames.size(); i += stride) {
    const auto here = shown_at(first, first.frames[i].time - first.lag);
    const auto there = shown_at(second, first.frames[i].time - first.lag);
    if (!here || !there) continue;
    for (const L l : kSeenLandmarks) {
      if (!(std::min(here->seen.visibility[l], there->seen.visibility[l]) >= kWellSeen)) continue;
      sum += std::min(kMostGapM, ray_gap_m(a, here->seen.slope[l], b, there->seen.slope[l]));
      ++count;
    }
  }
  return count < kLeastRays ? kMostGapM : sum / static_cast<double>(count);
}

std::vector<PoseFrame> mirror_image(std::span<const PoseFrame> frames, double width_px) {
  std::vector<PoseFrame> out(frames.begin(), frames.end());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!out[i].pose) continue;
    const Pose& before = *frames[i].pose;
    for (std::size_t k = 0; k < kLandmarkCount; ++k) {
      const auto other = static_cast<std::size_t>(mirrored(static_cast<L>(k)));
      out[i].pose->visibility[k] = before.visibility[other];
      out[i].pose->world_m[k] = before.world_m[other];
      out[i].pose->world_m[k].v.x() = -before.world_m[other].v.x();
      if (!before.image) continue;
      (*out[i].pose->image)[k] = (*before.image)[other];
      (*out[i].pose->image)[k].x_px = width_px - (*before.image)[other].x_px;
    }
  }
  return out;
}

}  // namespace reprise::engine
