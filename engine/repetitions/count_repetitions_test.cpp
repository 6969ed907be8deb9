// SPDX-License-Identifier: Apache-2.0
#include "engine/repetitions/count_repetitions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

/// Movements of one joint or a few: how far each goes at the middle of a repetition.
MovementDefinition movement(std::vector<DofValue> farthest, double duration_s) {
  MovementDefinition definition;
  definition.keyframes = {{0}, {0.5, std::move(farthest)}, {1}};
  definition.duration = Seconds{duration_s};
  return definition;
}
MovementDefinition arm_raise() {
  return movement(
      {{Dof::left_shoulder_abduction, Degrees{150}}, {Dof::right_shoulder_abduction, Degrees{150}}}, 2.4);
}
MovementDefinition squat() {
  return movement({{Dof::pelvis_tilt, Degrees{30}},
                   {Dof::left_hip_flexion, Degrees{90}},
                   {Dof::right_hip_flexion, Degrees{90}},
                   {Dof::left_knee_flexion, Degrees{95}},
                   {Dof::right_knee_flexion, Degrees{95}}},
                  3);
}
MovementDefinition curl() {
  return movement({{Dof::left_elbow_flexion, Degrees{130}}}, 2);
}

std::vector<PointFrame> points(const MovementDefinition& definition, const GenerateOptions& options) {
  std::vector<PointFrame> out;
  const auto generated = generate(definition, options);
  for (const PoseFrame& frame : generated->frames) {
    auto& to = out.emplace_back();
    if (!frame.pose) continue;
    to.emplace();
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const ImagePoint& p = (*frame.pose->image)[i];
      (*to)[i] = {p.x_px, p.y_px, p.z_px};
    }
  }
  return out;
}

GenerateOptions seen(int repetitions, double azimuth_deg) {
  GenerateOptions options;
  options.repetitions = repetitions;
  options.noise = Meters{0.005};
  options.camera.azimuth = Degrees{azimuth_deg};
  return options;
}

struct Case {
  const char* name;
  MovementDefinition (*of)();
};
class CountsMovements : public testing::TestWithParam<Case> {};

TEST_P(CountsMovements, FromEveryViewAndInOrder) {
  for (const double azimuth : {0.0, -45.0, -90.0}) {
    for (const int repetitions : {2, 5, 9}) {
      const auto movement = generate(GetParam().of(), seen(repetitions, azimuth));
      const auto found = count_repetitions(points(GetParam().of(), seen(repetitions, azimuth)));
      ASSERT_EQ(found.size(), static_cast<std::size_t>(repetitions)) << "from " << azimuth;
      for (std::size_t k = 0; k < found.size(); ++k) {
        const double middle = 0.5 * static_cast<double>(found[k].start_frame + found[k].end_frame) / 30;
        EXPECT_NEAR(middle, movement->repetitions[k].extreme.value(), 0.5) << k;
        EXPECT_GE(found[k].confidence, 0.5) << k << " from " << azimuth;
      }
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Movements, CountsMovements,
                         testing::Values(Case{"arm_raise", arm_raise}, Case{"squat", squat},
                                         Case{"curl", curl}),
                         [](const auto& test) { return test.param.name; });

TEST(CountRepetitions, CountsASingleOne) {
  EXPECT_EQ(count_repetitions(points(squat(), seen(1, -45))).size(), 1U);
}

TEST(CountRepetitions, CountsFastAndSlowAlike) {
  for (const double scale : {0.4, 1.0, 2.5}) {
    GenerateOptions options = seen(6, -45);
    options.duration_scale = scale;
    EXPECT_EQ(count_repetitions(points(squat(), options)).size(), 6U) << scale;
  }
}

TEST(CountRepetitions, FillsInLostFrames) {
  GenerateOptions options = seen(6, -45);
  options.drop_out_probability = 0.1;
  options.drop_outs = {{Seconds{5}, Seconds{5.3}}};
  EXPECT_EQ(count_repetitions(points(arm_raise(), options)).size(), 6U);
}

TEST(CountRepetitions, FollowsTheFrameRate) {
  GenerateOptions options = seen(5, 0);
  options.frame_rate = Hertz{12};
  EXPECT_EQ(count_repetitions(points(arm_raise(), options), {.rate = Hertz{12}}).size(), 5U);
}

TEST(CountRepetitions, FindsNoneWhereNobodyOrNothingMoves) {
  EXPECT_TRUE(count_repetitions({}).empty());
  EXPECT_TRUE(count_repetitions(std::vector<PointFrame>(100)).empty());
  auto frames = points(squat(), seen(1, 0));
  frames.resize(1);
  EXPECT_TRUE(count_repetitions(frames).empty());
  GenerateOptions still = seen(1, 0);
  still.noise = Meters{0};
  still.range_scale = 0;
  EXPECT_TRUE(count_repetitions(points(squat(), still)).empty());
}

TEST(CountRepetitions, FindsNoneInAMinuteOfStanding) {
  for (const double noise_m : {0.003, 0.008, 0.015}) {
    for (const double azimuth : {0.0, -45.0, -90.0}) {
      GenerateOptions still = seen(1, azimuth);
      still.noise = Meters{noise_m};
      still.range_scale = 0;
      still.after = Seconds{60};
      EXPECT_TRUE(count_repetitions(points(squat(), still)).empty()) << noise_m << " m from " << azimuth;
    }
  }
}

TEST(CountRepetitions, LeavesOutFramesWithoutNumbers) {
  auto frames = points(arm_raise(), seen(5, 0));
  for (std::size_t i = 0; i < frames.size(); i += 7)
    (*frames[i])[Landmark::left_wrist].x() = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 3; i < frames.size(); i += 11)
    (*frames[i])[Landmark::nose].y() = std::numeric_limits<double>::infinity();
  EXPECT_EQ(count_repetitions(frames).size(), 5U);
}

}  // namespace
}  // namespace reprise::engine
