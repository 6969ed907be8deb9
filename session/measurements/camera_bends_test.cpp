// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/filmed_drawn_people.h"

// Squats, single-leg squats, step-downs and push-ups of drawn people.

namespace reprise::session {
namespace {

using engine::GenerateOptions;
using testing::HasSubstr;
using enum SignalMeasure;

TEST(SquatByCamera, MeasuresDepthFromTheSideAndKneesFromTheFront) {
  const auto side = measured(FunctionTest::squat, drawn("squat", from(kSide, 3)).frames);
  ASSERT_TRUE(side) << to_string(side.error());
  EXPECT_EQ(number_of_test(*side, repetitions), 3);
  EXPECT_NEAR(number_of_test(*side, squat_depth), Radians{Degrees{100}}.value(), Radians{Degrees{4}}.value());
  EXPECT_EQ(value_of_test(*side, knee_separation), nullptr);
  EXPECT_THAT(side->not_measured, testing::Contains(HasSubstr("film from the front")));

  GenerateOptions inward = from(kFront, 3);
  const auto& exercise = **exercises::find(shipped(), "squat");
  const auto fault = std::find_if(exercise.movement.faults.begin(), exercise.movement.faults.end(),
                                  [](const auto& f) { return f.produces == "knees_in"; });
  ASSERT_NE(fault, exercise.movement.faults.end());
  const auto good = measured(FunctionTest::squat, drawn("squat", inward).frames);
  inward.faults = {{fault->add, {}}};
  const auto bad = measured(FunctionTest::squat, drawn("squat", inward).frames);
  ASSERT_TRUE(good && bad);
  EXPECT_LT(number_of_test(*bad, knee_separation), number_of_test(*good, knee_separation) - 0.15);
  EXPECT_EQ(value_of_test(*good, trunk_lean), nullptr);
}

TEST(SingleLegSquatByCamera, ShowsAKneeThatFallsInward) {
  GenerateOptions options = from(kFront, 3);
  const auto straight = measured(FunctionTest::single_leg_squat, drawn("single_leg_squat", options).frames);
  options.faults = {{{{engine::Dof::right_hip_rotation, Degrees{25}}}, {}}};
  const auto inward = measured(FunctionTest::single_leg_squat, drawn("single_leg_squat", options).frames);
  ASSERT_TRUE(straight) << to_string(straight.error());
  ASSERT_TRUE(inward) << to_string(inward.error());
  EXPECT_NEAR(number_of_test(*straight, knee_valgus, Side::right), 0, Radians{Degrees{8}}.value());
  EXPECT_GT(number_of_test(*inward, knee_valgus, Side::right), Radians{Degrees{12}}.value());
  EXPECT_GE(value_of_test(*straight, knee_valgus, Side::right)->uncertainty, Radians{Degrees{10}}.value());
  EXPECT_FALSE(value_of_test(*straight, knee_valgus, Side::right)->primary);
  EXPECT_FALSE(warns(*straight, "other_view"));
  for (const Degrees azimuth : {Degrees{10}, Degrees{-10}, Degrees{20}}) {
    const auto oblique =
        measured(FunctionTest::single_leg_squat, drawn("single_leg_squat", from(azimuth, 3)).frames);
    ASSERT_TRUE(oblique) << to_string(oblique.error());
    EXPECT_EQ(value_of_test(*oblique, knee_valgus, Side::right), nullptr) << azimuth.value();
    EXPECT_THAT(oblique->not_measured, testing::Contains(HasSubstr("straight from the front")));
  }

  const auto side =
      measured(FunctionTest::single_leg_squat, drawn("single_leg_squat", from(kSide, 3)).frames);
  ASSERT_TRUE(side) << to_string(side.error());
  EXPECT_NEAR(number_of_test(*side, squat_depth, Side::right), Radians{Degrees{65}}.value(),
              Radians{Degrees{6}}.value());
  EXPECT_EQ(value_of_test(*side, knee_valgus, Side::right), nullptr);
}

TEST(FrontBends, FindsBendsOfOneLegBySinkingHips) {
  const auto bends_in = [](FunctionTest test, const engine::GeneratedMovement& movement,
                           std::optional<Side> side = {}) {
    CameraTest camera;
    camera.frames = movement.frames;
    camera.side = side;
    return front_bends(camera, test);
  };
  for (const auto& [test, id] : {std::pair{FunctionTest::single_leg_squat, "single_leg_squat"},
                                 std::pair{FunctionTest::step_down, "step_down"}}) {
    for (const Side side : {Side::right, Side::left}) {
      GenerateOptions options = from(kFront, 3);
      options.mirror = side == Side::left;
      const auto movement = drawn(id, options);
      const auto bends = bends_in(test, movement);
      ASSERT_EQ(bends.size(), 3U) << id;
      for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(bends[i].side, side) << id;
        EXPECT_GT(bends[i].extreme, movement.repetitions[i].start);
        EXPECT_LT(bends[i].extreme, movement.repetitions[i].end);
        EXPECT_TRUE(bends[i].figure);
        EXPECT_FALSE(bends[i].range) << "a depth from the front";
      }
    }
    EXPECT_TRUE(bends_in(test, drawn(id, from(kSide, 3))).empty());
    // A foot held out to the camera looks lower than it stands: picture and body then disagree.
    auto held_out = drawn(id, from(kFront, 3));
    for (engine::PoseFrame& frame : held_out.frames)
      std::swap((*frame.pose->image)[engine::Landmark::left_ankle].y_px,
                (*frame.pose->image)[engine::Landmark::right_ankle].y_px);
    EXPECT_TRUE(bends_in(test, held_out).empty()) << "a side that is not sure";
    EXPECT_EQ(bends_in(test, held_out, Side::right).size(), 3U) << "the side that was asked for";
    EXPECT_TRUE(bends_in(test, drawn("squat", from(kFront, 3))).empty()) << "both legs carry";
    EXPECT_TRUE(bends_in(test, drawn("single_leg_stance", from(kFront, 2))).empty()) << "nothing sinks";
  }
}

TEST(PushUpByCamera, CountsAndMeasuresDepth) {
  const auto d = measured(FunctionTest::push_up, drawn("push_up", from(kSide, 4)).frames);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(number_of_test(*d, repetitions), 4);
  EXPECT_NEAR(number_of_test(*d, elbow_depth), Radians{Degrees{95}}.value(), Radians{Degrees{10}}.value());
}

}  // namespace
}  // namespace reprise::session
