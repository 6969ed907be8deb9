// SPDX-License-Identifier: Apache-2.0
#include "wasm/filmed_clips.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "engine/camera_gait/simulated_walker.h"
#include "exercises/reference_movement.h"
#include "tests/support/or_exit.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/shown_clip.h"
#include "tests/support/simulated_jump.h"

// SIMULATED people: nothing here is a person's.

namespace reprise::wasm {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

SetFacts picture(int width_px, int height_px) {
  SetFacts facts;
  facts.source.width_px = width_px;
  facts.source.height_px = height_px;
  facts.models = {{"pose_landmark_heavy.tflite", ""}};
  return facts;
}

const json kTestRequest = {{"test", "jump"},   {"side", nullptr}, {"height_cm", nullptr},
                           {"age", 40},        {"sex", "female"}, {"startedAt", "2026-03-14T10:00:00Z"},
                           {"simulated", true}};
const json kGaitRequest = {{"height_cm", 172},
                           {"treadmill", false},
                           {"beltSpeed_mps", nullptr},
                           {"startedAt", "2026-03-14T10:00:00Z"},
                           {"simulated", true}};

const json& value_named(const json& result, const std::string& measure) {
  for (const json& value : result["values"])
    if (value["measure"] == measure) return value;
  static const json kNone;
  return kNone;
}

TEST(FilmedClips, MeasuresJumps) {
  FilmedClips clips;
  show(clips, engine::simulated_jumps({.height_m = 0.25}), picture(1280, 720));
  EXPECT_EQ(clips.size(), 1U);
  EXPECT_EQ(or_exit(exercise_of_test("jump")), "");
  const json result = json::parse(or_exit(clips.function_test(kTestRequest.dump(), nullptr)));
  EXPECT_NEAR(value_named(result, "jump_height")["value"].get<double>(), 25, 5);
  EXPECT_FALSE(result["notMeasured"].empty());
  const json document = json::parse(result["document"].get<std::string>());
  EXPECT_EQ(document["source"]["kind"], "simulated") << "never taken for a person";
  EXPECT_EQ(document["source"]["recorded_at"], "2026-03-14T10:00:00Z");
}

TEST(FilmedClips, CountsTheExerciseOfATest) {
  EXPECT_EQ(or_exit(exercise_of_test("squat")), "squat");
  const auto* const squat = or_exit(exercises::find(shipped(), "squat"));
  FilmedClips clips;
  show(clips, or_exit(exercises::simulate(*squat, engine::View::side, 4)).frames, picture(0, 0));
  json request = kTestRequest;
  request["test"] = "squat";
  const json result = json::parse(or_exit(clips.function_test(request.dump(), squat)));
  EXPECT_EQ(value_named(result, "repetitions")["value"], 4);
  EXPECT_FALSE(clips.function_test(request.dump(), nullptr)) << "squats are counted as an exercise";
  EXPECT_FALSE(clips.function_test(kTestRequest.dump(), squat)) << "jumps are not squats";
}

TEST(FilmedClips, JoinsThePassesOfAllClips) {
  using engine::test::SimulatedWalker;
  FilmedClips clips;
  const SetFacts facts = picture(SimulatedWalker::kWidth, SimulatedWalker::kHeight);
  show(clips, SimulatedWalker{}.frames(), facts);
  const json once = json::parse(or_exit(clips.gait(kGaitRequest.dump())));
  ASSERT_TRUE(clips.step(Seconds{60}, Seen::no_person));
  clips.drop_clip();
  clips.end_clip(facts);
  EXPECT_EQ(clips.size(), 1U) << "a clip without frames is none";
  show(clips, SimulatedWalker{}.frames(), facts);
  const json twice = json::parse(or_exit(clips.gait(kGaitRequest.dump())));
  EXPECT_EQ(value_named(twice, "strides")["value"].get<int>(),
            2 * value_named(once, "strides")["value"].get<int>());
  EXPECT_FALSE(value_named(once, "walking_speed").is_null());
  json without_height = kGaitRequest;
  without_height["height_cm"] = nullptr;
  const json no_scale = json::parse(or_exit(clips.gait(without_height.dump())));
  EXPECT_TRUE(value_named(no_scale, "walking_speed").is_null());
}

TEST(FilmedClips, RefusesWhatDoesNotFit) {
  FilmedClips clips;
  EXPECT_EQ(clips.function_test(kTestRequest.dump(), nullptr).error().code, ErrorCode::nothing_measured);
  EXPECT_FALSE(clips.gait(kGaitRequest.dump()));
  EXPECT_FALSE(exercise_of_test("walk_6_min"));
  EXPECT_FALSE(exercise_of_test("dance"));
  EXPECT_FALSE(clips.step(Seconds{std::numeric_limits<double>::quiet_NaN()}, Seen::no_person));
  show(clips, engine::simulated_jumps({.height_m = 0.25}), picture(1280, 720));
  for (const auto& [field, wrong] : std::initializer_list<std::pair<const char*, json>>{
           {"test", "dance"}, {"height_cm", 1.72}, {"age", 1}, {"sex", "x"}, {"side", "up"}}) {
    json request = kTestRequest;
    request[field] = wrong;
    const auto refused = clips.function_test(request.dump(), nullptr);
    ASSERT_FALSE(refused) << field;
    EXPECT_THAT(to_string(refused.error()), HasSubstr(field));
  }
  json fast = kGaitRequest;
  fast["beltSpeed_mps"] = 50;
  EXPECT_THAT(to_string(clips.gait(fast.dump()).error()), HasSubstr("beltSpeed_mps"));
}

}  // namespace
}  // namespace reprise::wasm
