// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/generate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/synthesis/random.h"

namespace reprise::engine {
namespace {

using L = Landmark;

/// Down in 40 %, held for 20 %, back in 40 %.
MovementDefinition squat() {
  const std::vector<DofValue> down = {{Dof::pelvis_tilt, Degrees{35}},
                                      {Dof::left_hip_flexion, Degrees{105}},
                                      {Dof::right_hip_flexion, Degrees{105}},
                                      {Dof::left_knee_flexion, Degrees{100}},
                                      {Dof::right_knee_flexion, Degrees{100}}};
  MovementDefinition definition;
  definition.stance.stance_width = 0.2;
  definition.keyframes = {{0, {}}, {0.4, down}, {0.6, down}, {1, {}}};
  definition.duration = Seconds{4};
  return definition;
}

double knee_flexion(const Pose& pose, L hip, L knee, L ankle) {
  const auto u = pose.world_m[knee] - pose.world_m[hip];
  const auto v = pose.world_m[ankle] - pose.world_m[knee];
  return std::atan2(u.cross(v).norm(), u.dot(v));
}

double left_knee_deg(const GeneratedMovement& movement, std::size_t i) {
  return to_degrees(movement.postures[i][Dof::left_knee_flexion]).value();
}

double largest_knee_deg(const GeneratedMovement& movement, Seconds from, Seconds until) {
  double most = 0;
  for (std::size_t i = 0; i < movement.frames.size(); ++i) {
    const Seconds t = movement.frames[i].time;
    if (t >= from && t <= until) most = std::max(most, left_knee_deg(movement, i));
  }
  return most;
}

TEST(Generate, TruthSaysWhenAndLandmarksSayHowFar) {
  const auto movement = generate(squat(), {.repetitions = 3, .before = Seconds{1}, .rest = Seconds{0.5}});
  ASSERT_TRUE(movement);
  ASSERT_EQ(movement->repetitions.size(), 3U);
  EXPECT_NEAR(movement->repetitions[1].start.value(), 5.5, 1e-12);
  EXPECT_NEAR(movement->repetitions[1].extreme.value(), 7.1, 1e-12);
  EXPECT_NEAR(movement->repetitions[1].hold_end.value(), 7.9, 1e-12);
  EXPECT_NEAR(movement->repetitions[2].end.value(), 14, 1e-12);
  ASSERT_EQ(movement->frames.size(), 451U) << "15 s at 30 Hz, both ends";
  ASSERT_EQ(movement->postures.size(), movement->frames.size());
  for (std::size_t i = 0; i < movement->frames.size(); ++i) {
    const auto& pose = movement->frames[i].pose;
    ASSERT_TRUE(pose);
    EXPECT_NEAR(knee_flexion(*pose, L::left_hip, L::left_knee, L::left_ankle),
                movement->postures[i][Dof::left_knee_flexion].value(), 1e-6);
  }
  EXPECT_NEAR(left_knee_deg(*movement, 0), 0, 1e-12);
  EXPECT_NEAR(largest_knee_deg(*movement, Seconds{5.5}, Seconds{9.5}), 100, 1e-9);
}

TEST(Generate, MovesAsMinimumJerkBetweenTurningPoints) {
  // Closed form 10 u^3 - 15 u^4 + 6 u^5 at a quarter of the way down, which lasts 1.6 s from 1 s on.
  const auto movement = generate(squat(), {.repetitions = 1, .frame_rate = Hertz{100}});
  ASSERT_TRUE(movement);
  EXPECT_NEAR(left_knee_deg(*movement, 140), 100 * 0.103515625, 1e-9);
  EXPECT_NEAR(left_knee_deg(*movement, 180), 50, 1e-9);
  EXPECT_NEAR(left_knee_deg(*movement, 300), 100, 1e-9) << "held";
}

TEST(Generate, PassesIntermediateKeyframesWithoutStoppingOrOvershooting) {
  MovementDefinition definition;
  const auto knee = [](double degrees) {
    return std::vector<DofValue>{{Dof::left_knee_flexion, Degrees{degrees}}};
  };
  definition.keyframes = {{0, knee(0)}, {0.1, knee(50)}, {0.5, knee(90)}, {0.8, knee(20)}, {1, knee(0)}};
  definition.stance.support = Support::right_leg;
  const auto movement = generate(
      definition, {.repetitions = 1, .before = Seconds{0}, .after = Seconds{0}, .frame_rate = Hertz{100}});
  ASSERT_TRUE(movement);
  for (std::size_t i = 1; i < movement->postures.size(); ++i) {
    const double step = left_knee_deg(*movement, i) - left_knee_deg(*movement, i - 1);
    if (i <= 200) {
      EXPECT_GE(step, -1e-9) << i;
    } else {
      EXPECT_LE(step, 1e-9) << i;
    }
    EXPECT_LE(left_knee_deg(*movement, i), 90 + 1e-9);
  }
  EXPECT_NEAR(left_knee_deg(*movement, 40), 50, 1e-9) << "through the keyframe";
  EXPECT_GT(left_knee_deg(*movement, 41), 50.1) << "without stopping";
}

TEST(Generate, FeetStayWhereTheyAre) {
  const auto movement = generate(squat(), {.repetitions = 1});
  ASSERT_TRUE(movement);
  const auto& first = *movement->frames.front().pose;
  for (const auto& frame : movement->frames) {
    for (const L l : {L::left_ankle, L::right_heel, L::left_foot_index}) {
      EXPECT_NEAR((*frame.pose->image)[l].x_px, (*first.image)[l].x_px, 1e-6);
      EXPECT_NEAR((*frame.pose->image)[l].y_px, (*first.image)[l].y_px, 1e-6);
    }
  }
}

TEST(Generate, SameSeedSameResultOtherSeedOtherNoise) {
  GenerateOptions options{
      .repetitions = 1, .time_jitter = Seconds{0.01}, .noise = Meters{0.01}, .drop_out_probability = 0.1};
  const auto a = generate(squat(), options);
  const auto b = generate(squat(), options);
  options.seed = 2;
  const auto c = generate(squat(), options);
  ASSERT_TRUE(a && b && c);
  bool differs = false;
  for (std::size_t i = 0; i < a->frames.size(); ++i) {
    ASSERT_EQ(a->frames[i].time, b->frames[i].time);
    ASSERT_EQ(a->frames[i].pose.has_value(), b->frames[i].pose.has_value());
    if (!a->frames[i].pose) continue;
    for (std::size_t k = 0; k < kLandmarkCount; ++k) {
      ASSERT_EQ(a->frames[i].pose->world_m[k].v, b->frames[i].pose->world_m[k].v);
    }
    differs |= c->frames[i].pose && c->frames[i].pose->world_m[0].v != a->frames[i].pose->world_m[0].v;
  }
  EXPECT_TRUE(differs);
}

TEST(Generate, NoiseHasTheAskedDeviation) {
  MovementDefinition still;
  still.keyframes = {{0, {}}, {1, {}}};
  const auto quiet = generate(still, {.repetitions = 0, .after = Seconds{60}});
  const auto noisy = generate(still, {.repetitions = 0, .after = Seconds{60}, .noise = Meters{0.02}});
  ASSERT_TRUE(quiet && noisy);
  double sum = 0;
  double count = 0;
  for (std::size_t i = 0; i < quiet->frames.size(); ++i) {
    // Nose to wrist: the noise of two landmarks, free of that of the hips.
    const auto of = [&](const GeneratedMovement& m) {
      const auto& p = m.frames[i].pose->world_m;
      return Eigen::Vector3d((p[L::nose] - p[L::left_wrist]).v);
    };
    sum += (of(*noisy) - of(*quiet)).squaredNorm();
    count += 3;
  }
  // About 5500 numbers: the deviation is within 4 % with near certainty.
  EXPECT_NEAR(std::sqrt(sum / count), 0.02 * std::sqrt(2.0), 0.04 * 0.02 * std::sqrt(2.0));
}

TEST(Generate, DropOutsLeaveFramesEmpty) {
  const auto movement = generate(squat(), {.repetitions = 1, .drop_outs = {{Seconds{2}, Seconds{3}}}});
  ASSERT_TRUE(movement);
  for (const auto& frame : movement->frames) {
    EXPECT_EQ(frame.pose.has_value(), frame.time < Seconds{2} || frame.time >= Seconds{3});
  }
}

TEST(Generate, RangeScalesForAllAndForEach) {
  const auto movement = generate(squat(), {.repetitions = 2, .range_scale = 0.8, .range_scale_each = {0.5}});
  ASSERT_TRUE(movement);
  const auto& r = movement->repetitions;
  EXPECT_NEAR(largest_knee_deg(*movement, r[0].start, r[0].end), 40, 1e-9);
  EXPECT_NEAR(largest_knee_deg(*movement, r[1].start, r[1].end), 80, 1e-9);
}

TEST(Generate, FaultsComeAndGoWithTheMovementInTheirRepetitions) {
  const PlannedFault lean{.offsets = {{Dof::trunk_flexion, Degrees{25}}}, .repetitions = {1}};
  const auto movement = generate(squat(), {.repetitions = 2, .faults = {lean}});
  ASSERT_TRUE(movement);
  for (std::size_t i = 0; i < movement->frames.size(); ++i) {
    const Seconds t = movement->frames[i].time;
    const double trunk = to_degrees(movement->postures[i][Dof::trunk_flexion]).value();
    const auto& second = movement->repetitions[1];
    if (t <= second.start || t >= second.end) {
      EXPECT_NEAR(trunk, 0, 1e-9);
    }
    if (t >= second.extreme && t <= second.hold_end) {
      EXPECT_NEAR(trunk, 25, 1e-9);
    }
  }
}

TEST(Generate, MirrorWorksTheOtherSide) {
  MovementDefinition definition;
  definition.keyframes = {{0, {}}, {0.5, {{Dof::left_shoulder_abduction, Degrees{120}}}}, {1, {}}};
  const auto plain = generate(definition, {.repetitions = 1});
  const auto mirror = generate(definition, {.repetitions = 1, .mirror = true});
  ASSERT_TRUE(plain && mirror);
  for (std::size_t i = 0; i < plain->frames.size(); ++i) {
    EXPECT_EQ(mirrored(plain->postures[i]), mirror->postures[i]);
  }
}

TEST(FigureAt, ShowsTheExtreme) {
  const auto figure = figure_at(squat(), 0.5);
  ASSERT_TRUE(figure);
  EXPECT_NEAR(to_degrees(figure->posture[Dof::right_knee_flexion]).value(), 100, 1e-9);
  EXPECT_FALSE(figure_at(squat(), 1.5));
}

TEST(FigureAt, AddsAFaultAsFarAsTheMovementIsOut) {
  const std::vector<DofValue> lean = {{Dof::trunk_lateral_flexion, Degrees{20}}};
  const auto at = [&](double share) {
    return to_degrees(figure_at(squat(), share, {}, lean)->posture[Dof::trunk_lateral_flexion]).value();
  };
  EXPECT_NEAR(at(0), 0, 1e-9);
  EXPECT_NEAR(at(0.5), 20, 1e-9);
}

TEST(Generate, AJumpLeavesTheFloorAsFarAsItsRangeAndLandsAgain) {
  MovementDefinition jump = squat();
  jump.keyframes = {{0, {}}, {0.5, {}, 0.1}, {1, {}}};
  const auto lowest_m = [](const GeneratedMovement& movement, std::size_t i) {
    const BodyFigure figure = draw_body({}, movement.postures[i], movement.stances[i]);
    return std::min(figure.landmarks[L::left_heel].v.y(), figure.landmarks[L::left_foot_index].v.y());
  };
  for (const double range : {1.0, 0.5}) {
    const auto movement = generate(jump, {.repetitions = 1, .range_scale = range, .frame_rate = Hertz{20}});
    ASSERT_TRUE(movement);
    ASSERT_EQ(movement->stances.size(), movement->frames.size());
    EXPECT_NEAR(lowest_m(*movement, 0), 0, 1e-9);
    EXPECT_NEAR(lowest_m(*movement, 60), range * 0.1 * 1.7, 1e-9) << "1 s of stillness, 2 s to the keyframe";
    EXPECT_NEAR(lowest_m(*movement, movement->frames.size() - 1), 0, 1e-9);
  }
  EXPECT_NEAR(figure_at(jump, 0.5)->landmarks[L::right_heel].v.y(), 0.1 * 1.7, 1e-9);
}

TEST(Generate, RefusesWhatCannotBe) {
  const auto refused = [](const MovementDefinition& definition, const GenerateOptions& options = {}) {
    const auto result = generate(definition, options);
    return !result && result.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused(MovementDefinition{}));
  MovementDefinition bad = squat();
  std::swap(bad.keyframes[1], bad.keyframes[2]);
  EXPECT_TRUE(refused(bad));
  bad = squat();
  bad.keyframes[1].angles[0].angle = Radians{std::nan("")};
  EXPECT_TRUE(refused(bad));
  bad = squat();
  bad.duration = Seconds{0};
  EXPECT_TRUE(refused(bad));
  bad = squat();
  bad.stance.stance_width = -1;
  EXPECT_TRUE(refused(bad));
  bad = squat();
  bad.stance.support_height = 2.5;
  EXPECT_TRUE(refused(bad));
  bad = squat();
  bad.keyframes[1].flight = -0.1;
  EXPECT_TRUE(refused(bad));
  EXPECT_TRUE(refused(squat(), {.repetitions = -1}));
  EXPECT_TRUE(refused(squat(), {.frame_rate = Hertz{0}}));
  EXPECT_TRUE(refused(squat(), {.time_jitter = Seconds{0.1}}));
  EXPECT_TRUE(refused(squat(), {.noise = Meters{-1}}));
  EXPECT_TRUE(refused(squat(), {.repetitions = 10000, .frame_rate = Hertz{1000}}));
  EXPECT_TRUE(refused(squat(), {.body = {.stature = Meters{0}}}));
}

TEST(CounterRandom, IsSplitMix64) {
  // The first output of SplitMix64 with seed 0 is 0xe220a8397b1dcdaf; with that as counter, the two steps of
  // our generator for seed 0 give the same number once more.
  const std::uint64_t first = 0xe220a8397b1dcdafULL;
  EXPECT_EQ(detail::CounterRandom(0).uniform(first), static_cast<double>(first >> 11) * 0x1.0p-53);
}

}  // namespace
}  // namespace reprise::engine
