// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/trajectory_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

using L = Landmark;

MovementDefinition squat() {
  Keyframe down{0.5};
  for (const Dof dof : {Dof::left_hip_flexion, Dof::left_knee_flexion}) {
    down.angles.push_back({dof, Degrees{95}});
    down.angles.push_back({mirrored(dof), Degrees{95}});
  }
  down.angles.push_back({Dof::pelvis_tilt, Degrees{35}});
  MovementDefinition definition;
  definition.stance.stance_width = 0.2;
  definition.keyframes = {{0}, down, {1}};
  definition.duration = Seconds{3};
  return definition;
}

/// The movement with depth as a network shows it: half of it, and wavering.
std::vector<PoseFrame> with_wrong_depth(std::vector<PoseFrame> frames) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    for (auto& landmark : frames[i].pose->world_m)
      landmark.v.z() *= 0.5 + 0.1 * std::sin(0.7 * static_cast<double>(i));
  }
  return frames;
}

double knee_deg(const PoseFrame& frame) {
  const auto& p = frame.pose->world_m;
  const Eigen::Vector3d thigh = (p[L::left_knee] - p[L::left_hip]).v;
  const Eigen::Vector3d shank = (p[L::left_ankle] - p[L::left_knee]).v;
  return to_degrees(Radians{std::atan2(thigh.cross(shank).norm(), thigh.dot(shank))}).value();
}

double mean_knee_error_deg(const std::vector<PoseFrame>& found, const std::vector<PoseFrame>& truth) {
  double sum = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) sum += std::abs(knee_deg(found[i]) - knee_deg(truth[i]));
  return sum / static_cast<double>(truth.size());
}

constexpr Pinhole kLens{1000, 640, 360};  // the virtual camera's

GenerateOptions from_azimuth(double degrees, int repetitions) {
  GenerateOptions options;
  options.frame_rate = Hertz{15};
  options.repetitions = repetitions;
  options.camera.azimuth = Degrees{degrees};
  return options;
}

std::vector<BodyState> states_of(const FittedBody& fitted) {
  std::vector<BodyState> states;
  for (const auto& state : fitted.states) states.push_back(*state);
  return states;
}

/// The movement found where the depth is wrong, from the fit of each frame.
Trajectory found_in(const std::vector<PoseFrame>& frames) {
  const auto start = fit_body(frames);
  if (!start) {
    ADD_FAILURE() << to_string(start.error());
    return {};
  }
  return fit_trajectory(frames, states_of(*start), BodyShape{}, {.pinhole = kLens}).trajectory;
}

class FitTrajectory : public testing::TestWithParam<double> {};

// The picture decides a knee that the depths show bent half as far as it is.
TEST_P(FitTrajectory, MeasuresAKneeWhoseDepthIsWrong) {
  const GenerateOptions options = from_azimuth(GetParam(), 1);
  const auto truth = generate(squat(), options);
  const auto frames = with_wrong_depth(truth->frames);
  const Trajectory found = found_in(frames);
  ASSERT_EQ(found.states.size(), frames.size());
  std::vector<PoseFrame> fitted = frames;
  for (std::size_t i = 0; i < fitted.size(); ++i)
    fitted[i].pose->world_m = landmarks_of(found.shape, found.states[i]);
  const double error = mean_knee_error_deg(fitted, truth->frames);
  EXPECT_LT(error, 4);
  const double as_seen = mean_knee_error_deg(frames, truth->frames);
  if (as_seen > 5) {
    EXPECT_LT(error, 0.5 * as_seen) << as_seen;
  }
}
INSTANTIATE_TEST_SUITE_P(Views, FitTrajectory, testing::Values(0, -45, -90));

// A recording too long for one solution gives the same movement, without steps where its parts meet.
TEST(FitTrajectoryParts, AgreeWithTheWhole) {
  const GenerateOptions options = from_azimuth(-45, 3);
  const auto frames = with_wrong_depth(generate(squat(), options)->frames);
  const auto start = fit_body(frames);
  ASSERT_TRUE(start) << to_string(start.error());
  const std::vector<BodyState> states = states_of(*start);
  TrajectoryFitOptions whole{.pinhole = kLens};
  whole.most_frames = frames.size();
  TrajectoryFitOptions parts = whole;
  parts.most_frames = 100;
  const Trajectory once = fit_trajectory(frames, states, start->measured.shape, whole).trajectory;
  const Trajectory joined = fit_trajectory(frames, states, start->measured.shape, parts).trajectory;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const double a = once.states[i].posture[Dof::left_knee_flexion].value();
    const double b = joined.states[i].posture[Dof::left_knee_flexion].value();
    EXPECT_NEAR(a, b, 0.1) << "frame " << i;
  }
}

// A knee that bends towards the camera is known less well than one that bends across its view.
TEST(FitTrajectoryCovariance, GrowsWhereThePictureSaysLess) {
  const auto knee_deviation = [](double azimuth) {
    const auto frames = with_wrong_depth(generate(squat(), from_azimuth(azimuth, 1))->frames);
    const auto start = fit_body(frames);
    const TrajectoryFit fit = fit_trajectory(frames, states_of(*start), BodyShape{}, {.pinhole = kLens});
    EXPECT_EQ(fit.covariances.size(), frames.size());
    constexpr int kLeftKnee = 6 + 6;  // in kTrajectoryDofs
    double sum = 0;
    for (const FrameCovariance& c : fit.covariances)
      sum += std::sqrt(static_cast<double>(c(kLeftKnee, kLeftKnee)));
    return sum / static_cast<double>(fit.covariances.size());
  };
  const double side = knee_deviation(90);  // the left leg is the near one
  EXPECT_GT(side, 0.001);
  EXPECT_LT(side, 0.2);
  EXPECT_GT(knee_deviation(0), 1.2 * side);
}

// Jumping jacks: arms that go up and down within a second are not taken for jerks.
TEST(FitTrajectoryOfTheQuick, KeepsTheRangeOfTheArms) {
  Keyframe up{0.5};
  for (const Dof dof : {Dof::left_shoulder_abduction, Dof::right_shoulder_abduction})
    up.angles.push_back({dof, Degrees{150}});
  MovementDefinition jacks;
  jacks.keyframes = {{0}, up, {1}};
  jacks.duration = Seconds{1};
  GenerateOptions options = from_azimuth(0, 6);
  options.rest = Seconds{0};
  const auto truth = generate(jacks, options);
  ASSERT_TRUE(truth) << to_string(truth.error());
  const auto frames = with_wrong_depth(truth->frames);
  const Trajectory found = found_in(frames);
  ASSERT_EQ(found.states.size(), frames.size());
  for (const RepetitionTruth& repetition : truth->repetitions) {
    const auto at = [&](Seconds time) {
      const auto i = static_cast<std::size_t>(std::lround(time.value() * options.frame_rate.value()));
      const Posture& posture = found.states[std::min(i, found.states.size() - 1)].posture;
      return to_degrees(Radians{std::hypot(posture[Dof::left_shoulder_abduction].value(),
                                           posture[Dof::left_shoulder_flexion].value())})
          .value();
    };
    EXPECT_GT(at(repetition.extreme), 130);
    EXPECT_LT(at(repetition.end), 30);
  }
}

// From the front, depths that let the trunk lean back are not believed: who stands has thighs and upper arms
// in line with the trunk, and the center of mass above the feet.
TEST(FitTrajectoryAtRest, StandsUprightWhereTheDepthsLean) {
  auto frames = generate(squat(), from_azimuth(0, 1))->frames;
  for (PoseFrame& frame : frames) {
    for (const L l : {L::left_shoulder, L::right_shoulder, L::left_elbow, L::right_elbow, L::left_wrist,
                      L::right_wrist}) {
      frame.pose->world_m[l].v.z() += 0.10;  // away from the camera
    }
  }
  const Trajectory found = found_in(frames);
  ASSERT_EQ(found.states.size(), frames.size());
  for (const bool right : {false, true}) {
    const Posture& standing = found.states.front().posture;
    const auto of = [&](Dof left) { return to_degrees(standing[right ? mirrored(left) : left]).value(); };
    EXPECT_NEAR(of(Dof::left_hip_flexion) + of(Dof::trunk_flexion), 0, 6);
    EXPECT_NEAR(of(Dof::left_shoulder_flexion), 0, 6);
  }
}

TrajectoryProblem three_frames(std::span<const LandmarkOffset> offsets) {
  TrajectoryProblem problem{std::vector<TrajectoryFrame>(3), BodyShape{}, kLens.focal_px, offsets};
  for (std::size_t i = 0; i < 3; ++i) {
    TrajectoryFrame& frame = problem.frames[i];
    frame.time = Seconds{0.1 * static_cast<double>(i)};
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      frame.weight[l] = 0.8;
      frame.pixel[l] = {kLens.center_x_px + 7 * static_cast<double>(l), kLens.center_y_px - 40};
    }
    frame.depth_m.fill(0.1);
    frame.depth_share.fill(0.6);
    frame.depth_weight.fill(0.7);
  }
  return problem;
}

Trajectory three_states() {
  Trajectory trajectory{std::vector<BodyState>(3), BodyShape{}, kLens};
  for (std::size_t i = 0; i < 3; ++i) {
    BodyState& state = trajectory.states[i];
    state.pelvis << 0, 0, 1, 0, -1, 0, 1, 0, 0;  // upright, seen from the side
    state.mid_hips.v = {0.02 * static_cast<double>(i), 0.1, 3};
    for (const Dof left : {Dof::left_hip_flexion, Dof::left_knee_flexion, Dof::left_shoulder_flexion}) {
      state.posture[left] = Radians{0.4 + 0.05 * static_cast<double>(i * i)};
      state.posture[mirrored(left)] = state.posture[left];
    }
  }
  return trajectory;
}

/// A camera to the side of the first, as far from the person.
RigView beside() {
  RigView view;
  view.rotation << 0, 0, 1, 0, 1, 0, -1, 0, 0;
  view.translation_m = {-3, 0, 3};
  return view;
}

/// The linearization is that of the cost, whatever the unknown.
void expect_slopes(const TrajectoryProblem& problem) {
  const Trajectory trajectory = three_states();
  BandEquations equations(3);
  (void)trajectory_cost(problem, trajectory, &equations);
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < 3; ++i) {
    for (int u = 0; u < kFrameSize; ++u) {
      const auto cost_at = [&](double step) {
        std::vector<FrameVector> steps(3, FrameVector::Zero());
        steps[i][u] = step;
        return trajectory_cost(problem, moved(trajectory, steps, SharedVector::Zero()), nullptr);
      };
      const double slope = (cost_at(kStep) - cost_at(-kStep)) / (2 * kStep);
      EXPECT_NEAR(equations.rows[i].gradient[u], slope, 1e-3 * std::max(1.0, std::abs(slope)))
          << i << ", " << u;
    }
  }
}

TEST(FitTrajectoryCost, HasTheSlopesThatItSays) {
  expect_slopes(three_frames(network_offsets()));
}

TEST(FitTrajectoryCost, HasTheSlopesThatItSaysForSeveralCameras) {
  TrajectoryProblem problem = three_frames(network_offsets_in_space());
  problem.views = {RigView{}, beside()};
  for (TrajectoryFrame& frame : problem.frames) {
    for (std::size_t v = 0; v < 2; ++v) {
      SeenSlopes& seen = frame.seen.emplace_back();
      for (std::size_t l = 0; l < kLandmarkCount; ++l) {
        seen.visibility[l] = 0.8;
        seen.slope[l] = {0.01 * static_cast<double>(l) - 0.1, 0.1 - 0.02 * static_cast<double>(l)};
      }
    }
  }
  expect_slopes(problem);
}

/// What it costs that one camera shows the left ankle off its place, for one frame.
double cost_of_ankle_off(const Eigen::Vector2d& off_m) {
  TrajectoryProblem problem = three_frames({});
  Trajectory trajectory = three_states();
  problem.frames.resize(1);
  trajectory.states.resize(1);
  problem.views = {RigView{}, beside()};
  const SeenBody body = see_body(trajectory.shape, trajectory.states[0], {});
  for (const RigView& view : problem.views) {
    SeenSlopes& seen = problem.frames[0].seen.emplace_back();
    for (std::size_t s = 0; s < kSeenCount; ++s) {
      const Eigen::Vector3d p = view.in_camera(body[s].point_m);
      seen.slope[kSeenLandmarks[s]] = p.head<2>() / p.z();
      seen.visibility[kSeenLandmarks[s]] = 1;
    }
  }
  const double before = trajectory_cost(problem, trajectory, nullptr);
  SeenSlopes& first = problem.frames[0].seen[0];
  const Eigen::Vector2d limb = (first.slope[L::left_ankle] - first.slope[L::left_knee]).normalized();
  const double away_m = body[seen_index(L::left_ankle)].point_m.z();
  first.slope[L::left_ankle] +=
      (off_m.x() * limb + off_m.y() * Eigen::Vector2d(-limb.y(), limb.x())) / away_m;
  return trajectory_cost(problem, trajectory, nullptr) - before;
}

TEST(FitTrajectoryCost, BelievesAnAnkleAcrossItsLimbMoreThanAlong) {
  const double along = cost_of_ankle_off({0.01, 0});
  const double across = cost_of_ankle_off({0, 0.01});
  EXPECT_GT(along, 0);
  EXPECT_GT(across, 5 * along);
}

TEST(NetworkDepth, IsShownLessFromBehindThanFromInFront) {
  const DepthLine& trunk = network_depth_lines()[2];
  EXPECT_NEAR(shown_at(trunk, 1).share, trunk.front.share, 1e-12);
  EXPECT_NEAR(shown_at(trunk, -1).share, trunk.back.share, 1e-12);
  EXPECT_NEAR(shown_at(trunk, 0).share, 0.5 * (trunk.front.share + trunk.back.share), 1e-12);
  EXPECT_NEAR(shown_at(trunk, 0).forward, 0, 1e-12);
  EXPECT_NEAR(shown_at(trunk, -1).forward, -trunk.back.forward, 1e-12);
  EXPECT_LT(trunk.back.share, trunk.front.share);
}

// The way of a network's landmarks through `fit_body`.
TEST(FitTrajectoryInBody, KeepsOneLengthAndTheHead) {
  const GenerateOptions options = from_azimuth(-45, 1);
  const auto frames = with_wrong_depth(generate(squat(), options)->frames);
  const auto fitted = fit_body(frames, {.frame = {.pinhole = kLens}, .network_landmarks = true});
  const auto alone = fit_body(frames, {.frame = {.pinhole = kLens}});
  ASSERT_TRUE(fitted) << to_string(fitted.error());
  ASSERT_TRUE(alone) << to_string(alone.error());
  const double thigh = lengths_m(fitted->measured.shape)[1];
  const auto ears = [](const FittedBody& body, std::size_t i) {
    const auto& p = body.frames[i].pose->world_m;
    return Eigen::Vector3d{(p[L::right_ear] - p[L::left_ear]).v.normalized()};
  };
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto& p = fitted->frames[i].pose->world_m;
    EXPECT_NEAR((p[L::left_knee] - p[L::left_hip]).norm(), thigh, 1e-9);
    EXPECT_GT(ears(*fitted, i).dot(ears(*alone, i)), 0.98) << i;
  }
}

}  // namespace
}  // namespace reprise::engine
