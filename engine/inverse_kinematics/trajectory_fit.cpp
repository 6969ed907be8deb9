// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/trajectory_fit.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>

namespace reprise::engine {
namespace {

using Eigen::Vector3d;

constexpr double kSmallStep = 2e-3;       // radians or meters; smoothing afterwards changes more
constexpr double kSmallGain = 1e-4;       // of the cost, from which further steps are not worth their time
constexpr double kWellSeen = 0.5;         // visibility from which a landmark says how fast the person moves
constexpr double kUsualAcceleration = 4;  // m/s², up to which the beliefs of accelerations hold as they are
constexpr double kMostFactor = 8;         // times as much at most
constexpr double kLeastSeen = 0.05;       // visibility below which a landmark does not take part

TrajectoryFrame frame_of(const PoseFrame& frame, const BodyState& start, const BodyShape& usual,
                         bool network_landmarks) {
  const Pose& pose = *frame.pose;
  TrajectoryFrame out;
  out.time = frame.time;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) out.weight[i] = 0;
  for (const Landmark l : kSeenLandmarks) {
    const double seen = std::clamp(pose.visibility[l], 0.0, 1.0);
    out.weight[l] = seen > kLeastSeen ? seen * fit_weight(l) : 0;
    if (pose.image) out.pixel[l] = {(*pose.image)[l].x_px, (*pose.image)[l].y_px};
  }
  const double facing = -start.pelvis.col(0).z();
  const auto lines = network_depth_lines();
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const DepthLine& line = lines[k];
    const auto depth = [&](const std::array<Landmark, 2>& ends) {
      return 0.5 * (pose.world_m[ends[0]].v.z() + pose.world_m[ends[1]].v.z());
    };
    const DepthLine::Shown shown = network_landmarks ? shown_at(line, facing) : DepthLine::Shown{1, 0};
    out.depth_m[k] = depth(line.to) - depth(line.from) - shown.forward * usual.stature.value();
    out.depth_share[k] = shown.share;
    out.depth_weight[k] = std::min(std::min(out.weight[line.from[0]], out.weight[line.from[1]]),
                                   std::min(out.weight[line.to[0]], out.weight[line.to[1]]));
  }
  return out;
}

/// The same with what each camera shows. Depths decide only where a single camera sees an end of their line.
TrajectoryFrame frame_of(const PoseFrame& frame, const BodyState& start, const BodyShape& usual,
                         bool network_landmarks, const std::vector<SeenSlopes>& shown) {
  TrajectoryFrame out = frame_of(frame, start, usual, network_landmarks);
  out.seen = shown;
  PerLandmark<int> cameras;
  for (SeenSlopes& view : out.seen) {
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      double& weight = view.visibility[l];
      weight = weight > kLeastSeen ? weight * fit_weight(static_cast<Landmark>(l)) : 0;
      cameras[l] += weight > 0 ? 1 : 0;
    }
  }
  const auto lines = network_depth_lines();
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const auto& [from, to] = std::pair{lines[k].from, lines[k].to};
    if (std::min({cameras[from[0]], cameras[from[1]], cameras[to[0]], cameras[to[1]]}) > 1)
      out.depth_weight[k] = 0;
  }
  return out;
}

/// The place of the mid-hips before the lens that brings the body nearest to its landmarks' rays.
Vector3d place_before_lens(const TrajectoryFrame& frame, const SeenBody& seen, const Pinhole& lens) {
  Eigen::Matrix3d h = 1e-9 * Eigen::Matrix3d::Identity();
  Vector3d g = Vector3d::Zero();
  for (std::size_t s = 0; s < kSeenCount; ++s) {
    const double weight = frame.weight[kSeenLandmarks[s]];
    if (!(weight > 0)) continue;
    const Eigen::Vector2d slope =
        (frame.pixel[kSeenLandmarks[s]] - Eigen::Vector2d(lens.center_x_px, lens.center_y_px)) /
        lens.focal_px;
    Eigen::Matrix<double, 2, 3> rows;
    rows << -1, 0, slope.x(), 0, -1, slope.y();
    const Eigen::Vector2d wanted = seen[s].point_m.head<2>() - slope * seen[s].point_m.z();
    h += weight * rows.transpose() * rows;
    g += weight * rows.transpose() * wanted;
  }
  return h.ldlt().solve(g);
}

/// The same for several cameras.
Vector3d place_before_cameras(const TrajectoryFrame& frame, const SeenBody& body,
                              std::span<const RigView> views) {
  Eigen::Matrix3d h = 1e-9 * Eigen::Matrix3d::Identity();
  Vector3d g = Vector3d::Zero();
  for (std::size_t v = 0; v < frame.seen.size(); ++v) {
    for (std::size_t s = 0; s < kSeenCount; ++s) {
      const double weight = frame.seen[v].visibility[kSeenLandmarks[s]];
      if (!(weight > 0)) continue;
      const Eigen::Vector2d& slope = frame.seen[v].slope[kSeenLandmarks[s]];
      Eigen::Matrix<double, 2, 3> rows;
      rows << 1, 0, -slope.x(), 0, 1, -slope.y();
      const Eigen::Vector2d off = rows * views[v].in_camera(body[s].point_m);
      const Eigen::Matrix<double, 2, 3> turned = rows * views[v].rotation;
      h += weight * turned.transpose() * turned;
      g -= weight * turned.transpose() * off;
    }
  }
  return h.ldlt().solve(g);
}

/// Levenberg-Marquardt. Without `with_shared` lengths and lens stay.
void improve(const TrajectoryProblem& problem, Trajectory& trajectory, int max_steps, bool with_shared) {
  double damping = 1e-4;
  BandEquations equations(problem.frames.size());
  for (int step = 0; step < max_steps; ++step) {
    equations = BandEquations(problem.frames.size());
    const double cost = trajectory_cost(problem, trajectory, &equations);
    bool better = false;
    double gain = 0;
    double largest = 0;
    for (int attempt = 0; attempt < 5 && !better; ++attempt) {
      const auto solved = solve_band(equations, damping, with_shared);
      if (solved) {
        Trajectory tried = moved(trajectory, solved->frames, solved->shared);
        gain = cost - trajectory_cost(problem, tried, nullptr);
        better = gain > 0;
        if (better) {
          trajectory = std::move(tried);
          largest = 0;
          for (const FrameVector& frame : solved->frames)
            largest = std::max(largest, frame.cwiseAbs().maxCoeff());
        }
      }
      damping = better ? std::max(damping * 0.2, 1e-7) : damping * 10;
    }
    if (!better || largest < kSmallStep || gain < kSmallGain * cost) return;
  }
}

/// What a tenth of the values exceeds; 0 without any.
double exceeded_by_a_tenth(std::vector<double> found) {
  if (found.empty()) return 0;
  const auto at = found.begin() + static_cast<std::ptrdiff_t>(found.size() * 9 / 10);
  std::nth_element(found.begin(), at, found.end());
  return *at;
}

/// How fast hands and feet speed up and slow down in the picture, m/s²: what a tenth of the moments exceeds.
double limb_acceleration(const TrajectoryProblem& problem, const Trajectory& trajectory) {
  constexpr Seconds kApart{0.1};  // long against the jitter of a landmark, short against a movement
  std::vector<double> found;
  std::size_t before = 0;
  std::size_t after = 0;
  for (std::size_t i = 0; i < problem.frames.size(); ++i) {
    const TrajectoryFrame& now = problem.frames[i];
    while (now.time - problem.frames[before].time > 1.5 * kApart) ++before;
    while (after < problem.frames.size() && problem.frames[after].time - now.time < kApart) ++after;
    if (after == problem.frames.size()) break;
    const TrajectoryFrame& first = problem.frames[before];
    const TrajectoryFrame& last = problem.frames[after];
    const double to_s = (last.time - now.time).value();
    const double from_s = (now.time - first.time).value();
    if (!(from_s > 0.5 * kApart.value()) || to_s > 2 * kApart.value()) continue;
    const double meters = trajectory.states[i].mid_hips.v.z() / trajectory.pinhole.focal_px;
    for (const Landmark l : {Landmark::left_wrist, Landmark::right_wrist, Landmark::left_ankle,
                             Landmark::right_ankle, Landmark::left_hip, Landmark::right_hip}) {
      if (!(std::min({first.weight[l], now.weight[l], last.weight[l]}) > kWellSeen)) continue;
      const Eigen::Vector2d change =
          (last.pixel[l] - now.pixel[l]) / to_s - (now.pixel[l] - first.pixel[l]) / from_s;
      found.push_back(meters * change.norm() / (0.5 * (to_s + from_s)));
    }
  }
  return exceeded_by_a_tenth(std::move(found));
}

/// The same of the landmarks in meters, from the mid-hips.
double limb_acceleration(std::span<const PoseFrame> frames) {
  std::vector<double> found;
  for (std::size_t i = 3; i + 3 < frames.size(); ++i) {
    const double to_s = (frames[i + 3].time - frames[i].time).value();
    const double from_s = (frames[i].time - frames[i - 3].time).value();
    if (!(from_s > 0) || !(to_s > 0) || from_s + to_s > 0.5) continue;
    for (const Landmark l : {Landmark::left_wrist, Landmark::right_wrist, Landmark::left_ankle,
                             Landmark::right_ankle, Landmark::left_knee, Landmark::right_knee}) {
      const auto at = [&](std::size_t k) { return frames[k].pose->world_m[l].v; };
      if (!(frames[i].pose->visibility[l] > kWellSeen)) continue;
      const Vector3d change = (at(i + 3) - at(i)) / to_s - (at(i) - at(i - 3)) / from_s;
      found.push_back(change.norm() / (0.5 * (to_s + from_s)));
    }
  }
  return exceeded_by_a_tenth(std::move(found));
}

/// What several cameras see needs less belief: lengths come from the cameras' distances, and how a posture
/// leans, bends or hangs is seen. Chosen by the errors of rendered walkers (docs/accuracy.md).
void apply_rig_beliefs(TrajectoryBeliefs& beliefs) {
  beliefs.pixels_m = 0.02;
  beliefs.outlier = 1.5;
  beliefs.joint_rad_s2 = 30;
  beliefs.body_length = 0.3;
  beliefs.arm_length = 0.3;
  beliefs.trunk_bend_rad = 0.5;
  beliefs.straight_weight = 0;
  beliefs.hanging_weight = 0;
  beliefs.balance_m = 1;
}

/// Beliefs of accelerations for one who moves faster than people do at exercise.
void scale_accelerations(TrajectoryProblem& problem, double limb_m_s2) {
  const double factor = std::clamp(limb_m_s2 / kUsualAcceleration, 1.0, kMostFactor);
  problem.beliefs.joint_rad_s2 *= factor;
  problem.beliefs.trunk_rad_s2 *= factor;
  problem.beliefs.hips_m_s2 *= factor;
}

TrajectoryProblem part_of(const TrajectoryProblem& whole, std::size_t first, std::size_t count) {
  TrajectoryProblem part = whole;
  part.frames.assign(whole.frames.begin() + static_cast<std::ptrdiff_t>(first),
                     whole.frames.begin() + static_cast<std::ptrdiff_t>(first + count));
  return part;
}

/// Lengths and lens from stretches spread over the recording, which together are as long as one part.
void find_shape(const TrajectoryProblem& problem, Trajectory& trajectory,
                const TrajectoryFitOptions& options) {
  constexpr std::size_t kStretches = 10;
  const std::size_t n = problem.frames.size();
  const std::size_t length = options.most_frames / kStretches;
  TrajectoryProblem sample = part_of(problem, 0, 0);
  Trajectory found{{}, trajectory.shape, trajectory.pinhole};
  for (std::size_t k = 0; k < kStretches; ++k) {
    const std::size_t first = k * (n - length) / (kStretches - 1);
    for (std::size_t i = first; i < first + length; ++i) {
      sample.frames.push_back(problem.frames[i]);
      found.states.push_back(trajectory.states[i]);
    }
  }
  improve(sample, found, options.max_steps, true);
  trajectory.shape = found.shape;
  trajectory.pinhole = found.pinhole;
}

void fit_in_parts(const TrajectoryProblem& problem, Trajectory& trajectory,
                  const TrajectoryFitOptions& options) {
  constexpr std::size_t kOverlap = 30;  // frames on either side whose result the next part replaces
  const std::size_t n = problem.frames.size();
  const std::size_t step = options.most_frames - 2 * kOverlap;
  for (std::size_t kept = 0; kept < n; kept += step) {
    const std::size_t first = kept > kOverlap ? kept - kOverlap : 0;
    const std::size_t last = std::min(n, kept + step + kOverlap);
    const TrajectoryProblem part = part_of(problem, first, last - first);
    Trajectory found{{trajectory.states.begin() + static_cast<std::ptrdiff_t>(first),
                      trajectory.states.begin() + static_cast<std::ptrdiff_t>(last)},
                     trajectory.shape,
                     trajectory.pinhole};
    improve(part, found, options.max_steps, false);
    for (std::size_t i = kept; i < std::min(n, kept + step); ++i)
      trajectory.states[i] = found.states[i - first];
  }
}

/// Of several cameras the root mean square, by their weights.
std::vector<Misses> misses_of_views(const TrajectoryProblem& problem, const Trajectory& trajectory) {
  std::vector<Misses> out(problem.frames.size(), Misses{});
  for (std::size_t i = 0; i < out.size(); ++i) {
    const SeenBody seen = see_body(trajectory.shape, trajectory.states[i], problem.offsets);
    for (std::size_t s = 0; s < kSeenCount; ++s) {
      double squares = 0;
      double weights = 0;
      for (std::size_t v = 0; v < problem.views.size(); ++v) {
        const SeenSlopes& shown = problem.frames[i].seen[v];
        const double weight = shown.visibility[kSeenLandmarks[s]];
        const Vector3d p = problem.views[v].in_camera(seen[s].point_m);
        squares += weight * (p.head<2>() - shown.slope[kSeenLandmarks[s]] * p.z()).squaredNorm();
        weights += weight;
      }
      if (weights > 0) out[i][s] = static_cast<float>(std::sqrt(squares / weights));
    }
  }
  return out;
}

std::vector<Misses> misses_of(const TrajectoryProblem& problem, const Trajectory& trajectory) {
  std::vector<Misses> out(problem.frames.size(), Misses{});
  if (!problem.views.empty()) return misses_of_views(problem, trajectory);
  const Pinhole& lens = trajectory.pinhole;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const SeenBody seen = see_body(trajectory.shape, trajectory.states[i], problem.offsets);
    for (std::size_t s = 0; s < kSeenCount; ++s) {
      if (!(problem.frames[i].weight[kSeenLandmarks[s]] > 0)) continue;
      const Eigen::Vector2d slope =
          (problem.frames[i].pixel[kSeenLandmarks[s]] - Eigen::Vector2d(lens.center_x_px, lens.center_y_px)) /
          lens.focal_px;
      const Vector3d& p = seen[s].point_m;
      out[i][s] = static_cast<float>((p.head<2>() - slope * p.z()).norm());
    }
  }
  return out;
}

/// In parts of `most_frames`, each as if it were the whole recording.
std::vector<FrameCovariance> covariances_of(const TrajectoryProblem& problem, const Trajectory& trajectory,
                                            std::size_t most_frames) {
  std::vector<FrameCovariance> out;
  const std::size_t n = problem.frames.size();
  for (std::size_t first = 0; first < n; first += most_frames) {
    const std::size_t count = std::min(most_frames, n - first);
    const auto begin = trajectory.states.begin() + static_cast<std::ptrdiff_t>(first);
    BandEquations equations(count);
    (void)trajectory_cost(
        part_of(problem, first, count),
        {{begin, begin + static_cast<std::ptrdiff_t>(count)}, trajectory.shape, trajectory.pinhole},
        &equations);
    const auto found = frame_covariances(equations);
    if (found.empty()) return {};
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

}  // namespace

TrajectoryFit fit_trajectory(std::span<const PoseFrame> frames, std::span<const BodyState> start,
                             const BodyShape& usual, const TrajectoryFitOptions& options) {
  TrajectoryProblem problem{{}, usual, options.pinhole.focal_px, {}, options.beliefs};
  if (options.network_landmarks) problem.offsets = network_offsets();
  Trajectory trajectory{{start.begin(), start.end()}, usual, options.pinhole};
  if (options.rig != nullptr) {
    if (options.network_landmarks) problem.offsets = network_offsets_in_space();
    problem.views = options.rig->views;
    apply_rig_beliefs(problem.beliefs);
  }
  for (std::size_t i = 0; i < frames.size(); ++i) {
    BodyState& state = trajectory.states[i];
    state.mid_hips = {};
    const SeenBody body = see_body(usual, state, problem.offsets);
    if (options.rig != nullptr) {
      problem.frames.push_back(
          frame_of(frames[i], start[i], usual, options.network_landmarks, options.rig->frames[i]));
      state.mid_hips.v = place_before_cameras(problem.frames[i], body, problem.views);
    } else {
      problem.frames.push_back(frame_of(frames[i], start[i], usual, options.network_landmarks));
      state.mid_hips.v = place_before_lens(problem.frames[i], body, options.pinhole);
    }
  }
  scale_accelerations(
      problem, options.rig != nullptr ? limb_acceleration(frames) : limb_acceleration(problem, trajectory));
  if (frames.size() <= options.most_frames) {
    improve(problem, trajectory, options.max_steps, true);
  } else {
    find_shape(problem, trajectory, options);
    fit_in_parts(problem, trajectory, options);
  }
  std::vector<FrameCovariance> covariances = covariances_of(problem, trajectory, options.most_frames);
  std::vector<Misses> misses = misses_of(problem, trajectory);
  return {std::move(trajectory), std::move(covariances), std::move(misses)};
}

}  // namespace reprise::engine
