// SPDX-License-Identifier: Apache-2.0
#include "pipeline/function_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/synthesis/generate.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/simulated_jump.h"

// Drawn people: nothing here is a person's.

namespace reprise::pipeline {
namespace {

using session::FunctionTest;

Recording filmed_jumps() {
  Recording recording;
  recording.landmarks.frames = engine::simulated_jumps({.height_m = 0.25});
  recording.source.width_px = 1280;
  recording.source.height_px = 720;
  return recording;
}

bool warns_of(const session::MeasurementDocument& d, std::string_view code) {
  return std::any_of(d.warnings.begin(), d.warnings.end(),
                     [&](const session::Warning& w) { return w.code == code; });
}

TEST(CameraFunctionTest, SaysThatTwoPeopleWereInThePicture) {
  Recording recording = filmed_jumps();
  const CameraTestOptions options{.test = {.test = FunctionTest::jump}};
  const auto alone = measure_function_test(recording, shipped(), options);
  ASSERT_TRUE(alone) << to_string(alone.error());
  EXPECT_FALSE(warns_of(*alone, "several_people"));
  recording.frames.most_people = 2;
  const auto two = measure_function_test(recording, shipped(), options);
  ASSERT_TRUE(two) << to_string(two.error());
  EXPECT_TRUE(warns_of(*two, "several_people"));

  auto movement =
      engine::generate((**exercises::find(shipped(), "squat")).movement.correct, {.repetitions = 2});
  ASSERT_TRUE(movement);
  recording.landmarks.frames = std::move(movement->frames);
  const auto squats = measure_function_test(recording, shipped(), {.test = {.test = FunctionTest::squat}});
  ASSERT_TRUE(squats) << to_string(squats.error());
  EXPECT_TRUE(warns_of(*squats, "several_people"));
}

TEST(CameraFunctionTest, KeepsTheOptionsThatChangeIt) {
  CameraTestOptions options{.test = {.test = FunctionTest::sit_to_stand_30}};
  EXPECT_EQ(options_text(options), "sit_to_stand_30");
  options.test.start = Seconds{2.5};
  options.test.person = {72, session::ReferenceSex::female};
  EXPECT_EQ(options_text(options), "sit_to_stand_30 --start-s 2.5 --age 72 --sex female");
  const auto d = measure_function_test(filmed_jumps(), shipped(), {.test = {.test = FunctionTest::jump}});
  ASSERT_TRUE(d);
  EXPECT_EQ(d->source.options, "jump");
  EXPECT_EQ(d->source.kind, session::SignalSourceKind::camera);
}

TEST(CameraFunctionTest, WantsItsExerciseInTheCatalog) {
  const auto d = measure_function_test(filmed_jumps(), {}, {.test = {.test = FunctionTest::squat}});
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::pipeline
