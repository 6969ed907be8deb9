// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/timed_walk.h"

#include <gtest/gtest.h>

#include "engine/kinematics/measure_set.h"
#include "engine/pose/zero_phase.h"
#include "tests/support/simulated_timed_walk.h"

namespace reprise::engine {
namespace {

TimedWalkCurves walk_curves(const std::vector<PoseFrame>& frames) {
  const auto smooth = smooth_zero_phase(frames);
  TimedWalkCurves curves;
  curves.facing_rad = facing_curve(smooth);
  for (const PoseFrame& frame : smooth) {
    const MeasureSet measures = frame.pose ? MeasureSet{*frame.pose} : MeasureSet{};
    const auto add = [&](Curve& curve, Measure measure) {
      const auto& sample = measures.at(measure, Side::left);
      curve.times.push_back(frame.time);
      curve.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
    };
    add(curves.hip_height, Measure::hip_height);
    add(curves.trunk_inclination_rad, Measure::trunk_inclination);
  }
  return curves;
}

TEST(TimedWalkByCamera, PhasesLieWithinATenthOfASecond) {
  for (const Degrees azimuth : {Degrees{0}, Degrees{40}, Degrees{90}}) {
    for (const double side : {1.0, -1.0}) {
      const SimulatedTimedWalk truth{.side = side, .azimuth = azimuth};
      const auto test = timed_up_and_go_by_camera(walk_curves(simulated_timed_walk(truth)));
      ASSERT_TRUE(test) << to_string(test.error()) << azimuth.value() << " " << side;
      constexpr double kTenth = 0.1;
      ASSERT_EQ(test->phases.size(), 6U);
      EXPECT_NEAR(test->start.value(), truth.start, kTenth) << azimuth.value();
      EXPECT_NEAR(test->phases[0].end.value(), truth.up, kTenth) << azimuth.value();
      EXPECT_NEAR(test->turn.start.value(), truth.turn_start, kTenth) << azimuth.value();
      EXPECT_NEAR(test->turn.end.value(), truth.turn_end, kTenth) << azimuth.value();
      EXPECT_NEAR(test->turn_to_sit.start.value(), truth.to_sit_start, kTenth) << azimuth.value();
      EXPECT_NEAR(test->turn_to_sit.end.value(), truth.to_sit_end, kTenth) << azimuth.value();
      EXPECT_NEAR(test->phases[5].start.value(), truth.down, kTenth) << azimuth.value();
      EXPECT_NEAR(test->end.value(), truth.end, kTenth) << azimuth.value();
      EXPECT_NEAR(test->turn.angle.value(), side * kPi, 0.2);
    }
  }
}

TEST(TimedWalkByCamera, WantsTheWholeTest) {
  const auto frames = simulated_timed_walk({});
  const auto cause_of = [](const std::vector<PoseFrame>& part) {
    const auto test = timed_up_and_go_by_camera(walk_curves(part));
    EXPECT_FALSE(test);
    return test ? std::string{} : test.error().cause;
  };
  const auto part = [&](double from_s, double to_s) {
    std::vector<PoseFrame> cut;
    for (const PoseFrame& frame : frames) {
      if (frame.time.value() >= from_s && frame.time.value() <= to_s) cut.push_back(frame);
    }
    return cut;
  };
  EXPECT_NE(cause_of(part(5, 17)).find("begin seated"), std::string::npos);
  EXPECT_NE(cause_of(part(0, 11)).find("end seated"), std::string::npos);
  EXPECT_FALSE(timed_up_and_go_by_camera({}));
  // Up and down on the spot: no walk.
  SimulatedTimedWalk still;
  still.turn_start = still.to_sit_start = 30;
  still.turn_end = still.to_sit_end = 31;
  const auto standing = timed_up_and_go_by_camera(walk_curves(simulated_timed_walk(still)));
  ASSERT_FALSE(standing);
  EXPECT_EQ(standing.error().code, ErrorCode::nothing_measured);
  EXPECT_NE(standing.error().cause.find("turn"), std::string::npos);
}

}  // namespace
}  // namespace reprise::engine
