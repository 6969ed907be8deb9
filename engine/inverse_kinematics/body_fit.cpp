// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/body_fit.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/inverse_kinematics/trajectory_fit.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/outliers.h"

namespace reprise::engine {
namespace {

constexpr Radians kAroundSmoothed{0.04};  // believed deviation from the smoothed movement. Unsourced default
constexpr std::size_t kTurn = 4;          // the pelvis as a quaternion
using StateNumbers = std::array<double, kTurn + kDofCount - kFirstJointDof>;

/// A state as numbers that vary smoothly: of a rotation's two quaternions, the one nearer to the previous
/// one.
StateNumbers numbers_of(const BodyState& state, Eigen::Vector4d& last) {
  Eigen::Vector4d q = Eigen::Quaterniond(state.pelvis).coeffs();
  if (q.dot(last) < 0) q = -q;
  last = q;
  StateNumbers numbers{};
  for (std::size_t i = 0; i < kTurn; ++i) numbers[i] = q[static_cast<Eigen::Index>(i)];
  for (std::size_t d = kFirstJointDof; d < kDofCount; ++d)
    numbers[kTurn + d - kFirstJointDof] = state.posture[dof_at(d)].value();
  return numbers;
}

BodyState state_of(const StateNumbers& numbers) {
  BodyState state;
  const Eigen::Vector4d q(numbers[0], numbers[1], numbers[2], numbers[3]);
  if (q.norm() > 0.1) state.pelvis = Eigen::Quaterniond(Eigen::Vector4d(q.normalized())).toRotationMatrix();
  for (std::size_t d = kFirstJointDof; d < kDofCount; ++d)
    state.posture[dof_at(d)] = Radians{numbers[kTurn + d - kFirstJointDof]};
  return state;
}

using States = std::vector<std::optional<BodyState>>;

States smooth(const States& states, std::span<const Seconds> times, Hertz rate,
              const ZeroPhaseOptions& options) {
  std::vector<std::optional<StateNumbers>> numbers(states.size());
  Eigen::Vector4d last = Eigen::Vector4d::Zero();
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i]) numbers[i] = numbers_of(*states[i], last);
  }
  std::vector<StateNumbers> smoothed(states.size());
  std::vector<bool> present(states.size(), true);
  for (std::size_t k = 0; k < StateNumbers{}.size(); ++k) {
    SignalWithGaps track(states.size());
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (numbers[i]) track[i] = (*numbers[i])[k];
    }
    track = smooth_track(times, track, rate, options);
    for (std::size_t i = 0; i < states.size(); ++i) {
      present[i] = present[i] && track[i];
      smoothed[i][k] = track[i].value_or(0);
    }
  }
  States out(states.size());
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (present[i]) out[i] = state_of(smoothed[i]);
  }
  return out;
}

/// Landmarks that jump away for a frame or two are brought back: a lone wrist decides the whole forearm.
std::vector<PoseFrame> without_jumps(std::span<const PoseFrame> frames) {
  std::vector<PoseFrame> out(frames.begin(), frames.end());
  SignalWithGaps signal(frames.size());
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    for (Eigen::Index axis = 0; axis < 3; ++axis) {
      for (std::size_t i = 0; i < frames.size(); ++i) {
        signal[i].reset();
        if (frames[i].pose) signal[i] = frames[i].pose->world_m[l].v[axis];
      }
      const SignalWithGaps clean = replace_outliers(signal);
      for (std::size_t i = 0; i < frames.size(); ++i) {
        if (clean[i]) out[i].pose->world_m[l].v[axis] = *clean[i];
      }
    }
  }
  return out;
}

struct Fits {
  States states;
  double error_m = 0;
};

/// Fits every frame, regularized towards the previous frame, or towards `around` if given.
Fits fit_frames(const BodyShape& shape, std::span<const PoseFrame> frames, const States* around,
                const FrameFitOptions& options) {
  Fits out{States(frames.size())};
  std::optional<BodyState> before;
  double squares = 0;
  int fits = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i].pose) continue;
    const auto& start = around != nullptr && (*around)[i] ? (*around)[i] : before;
    const FrameFit fit = fit_frame(shape, *frames[i].pose, start, options);
    out.states[i] = before = fit.state;
    squares += fit.error_m * fit.error_m;
    ++fits;
  }
  if (fits > 0) out.error_m = std::sqrt(squares / fits);
  return out;
}

/// The neck that keeps the head where it was on a trunk that was turned.
void keep_head(const BodyState& before, BodyState& after) {
  const BodyShape shape;
  const auto trunk = [&](const BodyState& state) {
    return pose_body(shape, state.pelvis, state.posture).of(Segment::trunk);
  };
  const Eigen::Matrix3d head = pose_body(shape, before.pelvis, before.posture).of(Segment::head);
  const Eigen::Matrix3d m = trunk(after).transpose() * head;  // Rz(-flexion) Rx(lateral) Ry(-rotation)
  after.posture[Dof::neck_lateral_flexion] = Radians{std::asin(std::clamp(m(2, 1), -1.0, 1.0))};
  after.posture[Dof::neck_flexion] = Radians{std::atan2(m(0, 1), m(1, 1))};
  after.posture[Dof::neck_rotation] = Radians{std::atan2(m(2, 0), m(2, 2))};
}

bool all_in_pictures(std::span<const PoseFrame> frames) {
  return std::all_of(frames.begin(), frames.end(),
                     [](const PoseFrame& frame) { return !frame.pose || frame.pose->image; });
}

/// All frames with a person as one movement before one camera, from the states of each; `measured` gets the
/// lengths and the covariances found.
States fit_as_one_movement(std::span<const PoseFrame> frames, const States& start, FittedBody& fitted,
                           const BodyFitOptions& options) {
  MeasuredShape& measured = fitted.measured;
  std::vector<PoseFrame> seen;
  std::vector<BodyState> states;
  std::vector<std::size_t> index;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i].pose || !start[i]) continue;
    seen.push_back(frames[i]);
    states.push_back(*start[i]);
    index.push_back(i);
  }
  auto lengths = lengths_m(measured.shape);
  const auto believed = lengths_m({measured.shape.stature, network_proportions()});
  for (const LengthGroup& group : kLengthGroups) {
    for (std::size_t k = 0; k < group.count; ++k) lengths[group.lengths[k]] = believed[group.lengths[k]];
  }
  const BodyShape usual = shape_from_lengths(lengths, measured.shape.stature);
  RigRays rig;
  if (options.rig != nullptr) {
    rig.views = options.rig->views;
    for (const std::size_t i : index) rig.frames.push_back(options.rig->frames[i]);
  }
  const Pinhole lens = options.frame.pinhole.value_or(Pinhole{1, 0, 0});  // of a rig it is not looked at
  const auto [trajectory, covariances, misses] = fit_trajectory(
      seen, states, usual,
      {.pinhole = lens, .network_landmarks = true, .rig = options.rig != nullptr ? &rig : nullptr});
  States out(frames.size());
  fitted.covariances.resize(frames.size());
  fitted.misses.resize(frames.size());
  for (std::size_t k = 0; k < index.size(); ++k) {
    out[index[k]] = trajectory.states[k];
    keep_head(states[k], *out[index[k]]);
    fitted.misses[index[k]] = misses[k];
    if (!covariances.empty()) fitted.covariances[index[k]] = covariances[k];
  }
  measured.shape = trajectory.shape;
  return out;
}

/// Visibility is smoothed as the movements are; landmarks come from the body.
void draw(FittedBody& fitted, std::span<const PoseFrame> frames) {
  fitted.frames.assign(frames.begin(), frames.end());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    auto& pose = fitted.frames[i].pose;
    if (!fitted.states[i]) continue;
    if (!pose) pose.emplace();
    fitted.states[i]->mid_hips = {};
    pose->world_m = landmarks_of(fitted.measured.shape, *fitted.states[i]);
  }
}

}  // namespace

Result<FittedBody> fit_body(std::span<const PoseFrame> frames, const BodyFitOptions& options) {
  const std::vector<PoseFrame> steady = without_jumps(frames);
  // Noise makes segments look longer, so lengths are measured on smoothed landmarks.
  const std::vector<PoseFrame> smoothed = smooth_zero_phase(steady, options.smoothing);
  auto measured = measure_segments(smoothed, {.fit = options.frame});
  if (!measured) return tl::unexpected(measured.error());

  FittedBody fitted;
  fitted.measured = *measured;
  Fits fits = fit_frames(measured->shape, steady, nullptr, options.frame);
  fitted.error_m = fits.error_m;
  fitted.states = std::move(fits.states);
  std::vector<Seconds> times;
  for (const PoseFrame& frame : frames) times.push_back(frame.time);
  if (const auto rate = median_rate(frames)) {
    const States around = smooth(fitted.states, times, *rate, options.smoothing);
    States again;
    const bool in_pictures = options.frame.pinhole && all_in_pictures(steady);
    if (options.network_landmarks && (options.rig != nullptr || in_pictures)) {
      again = fit_as_one_movement(steady, around, fitted, options);
    } else {
      // Once more around the smoothed movement: what disagrees with it and with the other landmarks is an
      // outlier, and what the landmarks leave open follows the moments before and after.
      FrameFitOptions frame = options.frame;
      frame.pull = kAroundSmoothed;
      frame.outlier = 2;
      again = fit_frames(measured->shape, steady, &around, frame).states;
    }
    fitted.states = smooth(again, times, *rate, options.smoothing);
  }
  if (options.stature) fitted.measured.shape.stature = *options.stature;  // proportions are shares of it
  draw(fitted, smoothed);
  return fitted;
}

}  // namespace reprise::engine
