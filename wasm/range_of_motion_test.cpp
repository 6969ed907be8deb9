// SPDX-License-Identifier: Apache-2.0
#include "wasm/range_of_motion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "exercises/reference_movement.h"
#include "session/measurements/measurement_json.h"
#include "tests/support/shipped_range_tests.h"

namespace reprise::wasm {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

exercises::RangeTest abduction() {
  return or_exit(range_test_in("shoulder.json", shipped_range_file("shoulder.json"), "shoulder_abduction"));
}

// SIMULATED: the exercise's own movement before the recommended camera.
std::unique_ptr<LiveSet> filmed_trials_of(int repetitions) {
  const auto* exercise = or_exit(exercises::find(shipped(), "shoulder_abduction"));
  auto set =
      std::make_unique<LiveSet>(or_exit(as_range_test(*exercise, abduction())), engine::CoachOptions{}, true);
  set->mark_simulated();
  const auto movement = or_exit(exercises::simulate(*exercise, engine::View::front, repetitions));
  for (const engine::PoseFrame& frame : movement.frames) {
    FrameNumbers& numbers = set->next_frame();
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      for (int axis = 0; axis < 3; ++axis)
        numbers.world_m[3 * l + static_cast<std::size_t>(axis)] = frame.pose->world_m[l].v[axis];
      numbers.visibility[l] = frame.pose->visibility[l];
    }
    EXPECT_TRUE(set->step(frame.time, Seen::world));
  }
  static_cast<void>(set->finish());
  return set;
}

TEST(RangeOfMotionInBrowser, FindsTheTrialsOfASetAndSumsThemUp) {
  const auto filmed = filmed_trials_of(3);
  const LiveSet& set = *filmed;
  EXPECT_EQ(set.coach().complete_count(), 3);
  const auto found = filmed_trials_text(set, abduction(), {Side::right, false}, {});
  ASSERT_TRUE(found) << to_string(found.error());
  const json trials = json::parse(*found);
  ASSERT_EQ(trials["trials"].size(), 3U);
  EXPECT_NEAR(trials["trials"][0]["angle_deg"].get<double>(), 155, 6);
  EXPECT_EQ(trials["trials"][0]["side"], "right");
  EXPECT_TRUE(trials["trials"][0]["note"].is_null());
  const json asked = {{"tests",
                       {{{"file", "shoulder.json"},
                         {"text", shipped_range_file("shoulder.json")},
                         {"id", "shoulder_abduction"},
                         {"method", "camera"},
                         {"passive", false},
                         {"trials", trials["trials"]}}}},
                      {"age", 70},
                      {"sex", "female"},
                      {"startedAt", "2026-03-14T10:00:00Z"},
                      {"duration_s", 20},
                      {"simulated", true},
                      {"warnings", trials["warnings"]}};
  const auto summed = range_of_motion_text(asked.dump());
  ASSERT_TRUE(summed) << to_string(summed.error());
  const json result = json::parse(*summed);
  EXPECT_EQ(result["values"][0]["measure"], "joint_range");
  EXPECT_EQ(result["values"][0]["count"], 3);
  EXPECT_EQ(result["values"][0]["reference"]["source"], "Walker et al. 1984, ROM1");
  const auto document = session::parse_measurement_json(result["document"].get<std::string>());
  ASSERT_TRUE(document);
  EXPECT_EQ(document->source.kind, session::SignalSourceKind::simulated) << "never taken for a person";
}

TEST(RangeOfMotionInBrowser, RefusesWhatDoesNotFit) {
  const auto* squat = or_exit(exercises::find(shipped(), "squat"));
  EXPECT_FALSE(as_range_test(*squat, abduction()));
  EXPECT_FALSE(range_test_in("shoulder.json", "{}", "shoulder_abduction"));
  EXPECT_FALSE(range_test_in("shoulder.json", shipped_range_file("shoulder.json"), "knee_flexion"));
  EXPECT_THAT(to_string(range_of_motion_text("{").error()), HasSubstr("summing up a range of motion"));
  EXPECT_FALSE(range_of_motion_text(R"({"tests":[{}]})"));
}

}  // namespace
}  // namespace reprise::wasm
