// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

#include "tests/support/filmed_drawn_people.h"

// Stances heel to toe on drawn people (engine/synthesis): nothing here is a person's.

namespace reprise::session {
namespace {

using testing::HasSubstr;
using enum SignalMeasure;

constexpr FunctionTest kHeelToToe = FunctionTest::tandem_stance;

/// The foot nearer to the camera at a moment, as drawn.
Side in_front_at(const std::vector<engine::PoseFrame>& frames, Seconds moment) {
  const auto frame = std::find_if(frames.begin(), frames.end(),
                                  [&](const engine::PoseFrame& f) { return f.time >= moment && f.pose; });
  const auto& world = frame->pose->world_m;
  const double left = world[engine::Landmark::left_ankle].v.z();
  return left < world[engine::Landmark::right_ankle].v.z() ? Side::left : Side::right;
}

TEST(TandemByCamera, LastsFromTheStepInToTheStepOut) {
  std::vector<Side> sides;
  for (const bool mirror : {false, true}) {
    engine::GenerateOptions options = from(kFront, 2);
    options.mirror = mirror;
    const auto movement = drawn("tandem_stance", options);
    const auto d = measured(kHeelToToe, movement.frames);
    ASSERT_TRUE(d) << to_string(d.error());
    EXPECT_EQ(d->tables.front().rows.size(), 2U);
    const auto& truth = movement.repetitions.front();
    const Side side = in_front_at(movement.frames, 0.5 * (truth.extreme + truth.hold_end));
    const MeasuredValue* stood = value_of_test(*d, stance_time, side);
    ASSERT_NE(stood, nullptr);
    EXPECT_NEAR(stood->value, (truth.hold_end - truth.extreme).value(), 0.4);
    EXPECT_EQ(value_of_test(*d, stance_time, other(side)), nullptr);
    sides.push_back(side);
  }
  EXPECT_NE(sides[0], sides[1]);
}

TEST(TandemByCamera, IsNotTimedFromAnAngleOrFromBeside) {
  for (const Degrees azimuth : {Degrees{45}, kSide}) {
    const auto d = measured(kHeelToToe, drawn("tandem_stance", from(azimuth, 1)).frames);
    ASSERT_FALSE(d) << azimuth.value();
    EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
    EXPECT_THAT(d.error().remedy, HasSubstr("straight ahead"));
  }
}

TEST(TandemByCamera, NeitherALiftedFootNorFeetSideBySideAreOne) {
  for (const char* id : {"single_leg_stance", "narrow_stance", "weight_shift", "squat"}) {
    const auto d = measured(kHeelToToe, drawn(id, from(kFront, 2)).frames);
    EXPECT_FALSE(d) << id;
  }
}

TEST(TandemByCamera, IsNotTimedWithoutPlacesInThePicture) {
  auto frames = drawn("tandem_stance", from(kFront, 1)).frames;
  for (engine::PoseFrame& frame : frames) {
    if (frame.pose) frame.pose->image.reset();
  }
  const auto d = measured(kHeelToToe, frames);
  ASSERT_FALSE(d);
  EXPECT_THAT(d.error().remedy, HasSubstr("image_px"));
}

TEST(TandemByCamera, NotSeenForATimeIsSaid) {
  const auto movement = drawn("tandem_stance", from(kFront, 1));
  const auto& truth = movement.repetitions.front();
  const Seconds middle = 0.5 * (truth.extreme + truth.hold_end);
  const auto d = measured(kHeelToToe, hidden(movement.frames, middle, middle + Seconds{1}));
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(warns(*d, "not_seen"));
}

TEST(TandemByCamera, CutOffByTheRecordingIsALowerLimit) {
  auto frames = drawn("tandem_stance", from(kFront, 1)).frames;
  frames.resize(frames.size() * 6 / 10);
  const auto d = measured(kHeelToToe, frames);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(warns(*d, "cut_off"));
}

}  // namespace
}  // namespace reprise::session
