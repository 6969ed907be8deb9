// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exercises/reference_movement.h"
#include "tests/support/or_exit.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/shown_clip.h"
#include "wasm/filmed_clips.h"
#include "wasm/work_load_result.h"

// SIMULATED people: nothing here is a person's.

namespace reprise::wasm {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const json kWorkRequest = {{"method", "reba"},
                           {"side", nullptr},
                           {"answers", json::object()},
                           {"startedAt", "2026-03-14T10:00:00Z"},
                           {"simulated", true}};

FilmedClips squats_seen() {
  const auto* const squat = or_exit(exercises::find(shipped(), "squat"));
  FilmedClips clips;
  show(clips, or_exit(exercises::simulate(*squat, engine::View::side, 4)).frames, {});
  return clips;
}

/// From the least to the most of the worst moment.
int width(const json& result) {
  const json load = json::parse(result["load"].get<std::string>());
  const json& worst = load["worst"][0]["all"];
  return worst["most"].get<int>() - worst["least"].get<int>();
}

TEST(WorkLoadOfAClip, AnswersNarrowTheRange) {
  FilmedClips clips = squats_seen();
  const json open = json::parse(or_exit(clips.work_load(kWorkRequest.dump())));
  json request = kWorkRequest;
  request["side"] = "left";
  request["answers"] = {{"stance", "standing"},    {"legs_balanced", true},  {"load_kg", 3},
                        {"arm_supported", false},  {"arm_rotated", false},   {"shoulder_raised", false},
                        {"wrist_deviated", false}, {"wrist_twisted", false}, {"load_manner", "intermittent"},
                        {"held_static", false},    {"repeated", false},      {"rapid_change", false},
                        {"coupling", "good"}};
  const json answered = json::parse(or_exit(clips.work_load(request.dump())));
  EXPECT_LT(width(answered), width(open));
  for (const json& question : answered["questions"]) EXPECT_FALSE(question["open"]) << question["name"];
  EXPECT_TRUE(open["questions"][0]["open"]);
  EXPECT_EQ(open["questions"][0]["choices"].size(), 4U);
  EXPECT_EQ(open["levels"][2], json({{"level", 2}, {"least", 4}, {"most", 7}}));
  EXPECT_EQ(open["levels"].size(), 5U);
  const json document = json::parse(answered["document"].get<std::string>());
  EXPECT_EQ(document["kind"], "work_load");
  EXPECT_EQ(document["source"]["kind"], "simulated") << "never taken for a person";
  EXPECT_THAT(document["source"]["options"].get<std::string>(), HasSubstr("--coupling good"));
  request["side"] = nullptr;
  const json both = json::parse(or_exit(clips.work_load(request.dump())));
  const std::string kept = json::parse(both["document"].get<std::string>())["source"]["options"];
  EXPECT_THAT(kept, HasSubstr("--load-kg 3"));
  EXPECT_THAT(kept, Not(HasSubstr("--wrist-twisted"))) << "the arm is not named";
  request["method"] = "owas";
  EXPECT_EQ(json::parse(or_exit(clips.work_load(request.dump())))["questions"].size(), 3U);
}

TEST(WorkLoadOfAClip, AnotherClipIsFittedAnew) {
  FilmedClips clips = squats_seen();
  const std::string first = or_exit(clips.work_load(kWorkRequest.dump()));
  const auto* const rises = or_exit(exercises::find(shipped(), "sit_to_stand"));
  show(clips, or_exit(exercises::simulate(*rises, engine::View::side, 2)).frames, {});
  EXPECT_NE(or_exit(clips.work_load(kWorkRequest.dump())), first);
}

TEST(WorkLoadOfAClip, RefusesWhatDoesNotFit) {
  FilmedClips none;
  EXPECT_EQ(none.work_load(kWorkRequest.dump()).error().code, ErrorCode::nothing_measured);
  FilmedClips clips = squats_seen();
  for (const auto& [field, wrong] : std::initializer_list<std::pair<const char*, json>>{
           {"method", "niosh"}, {"side", "up"}, {"answers", {{"load_kg", -1}}}, {"answers", 3}}) {
    json request = kWorkRequest;
    request[field] = wrong;
    EXPECT_FALSE(clips.work_load(request.dump())) << field << wrong;
  }
}

const json kLift = {{"weight_kg", 12},
                    {"horizontal_cm", 35},
                    {"vertical_cm", 20},
                    {"asymmetry_deg", 30},
                    {"to_vertical_cm", 90},
                    {"to_horizontal_cm", nullptr},
                    {"to_asymmetry_deg", nullptr},
                    {"lifts_per_minute", 2},
                    {"hours", 1},
                    {"coupling", "fair"},
                    {"startedAt", "2026-03-14T10:00:00Z"},
                    {"simulated", false}};

TEST(LiftText, GivesLimitIndexAndMultipliers) {
  const json result = json::parse(or_exit(lift_text(kLift.dump())));
  const json& m = result["origin"];
  double product = result["loadConstant_kg"];
  for (const char* one : {"horizontal", "vertical", "distance", "asymmetry", "frequency", "coupling"})
    product *= m[one]["least"].get<double>();
  EXPECT_NEAR(product, result["limit_kg"]["least"].get<double>(), 1e-9);
  EXPECT_NEAR(result["index"]["most"].get<double>(), 12 / product, 1e-9);
  EXPECT_TRUE(result["destination"].is_null());
  json controlled = kLift;
  controlled["to_horizontal_cm"] = 60;
  controlled["coupling"] = nullptr;
  const json range = json::parse(or_exit(lift_text(controlled.dump())));
  EXPECT_FALSE(range["destination"].is_null());
  EXPECT_LT(range["limit_kg"]["least"].get<double>(), range["limit_kg"]["most"].get<double>());
}

TEST(LiftText, NamesTheInputThatDoesNotFit) {
  for (const auto& [field, wrong] : std::initializer_list<std::pair<const char*, json>>{
           {"weight_kg", 501}, {"horizontal_cm", nullptr}, {"asymmetry_deg", 181}, {"coupling", "firm"}}) {
    json request = kLift;
    request[field] = wrong;
    const auto refused = lift_text(request.dump());
    ASSERT_FALSE(refused) << field;
    EXPECT_THAT(to_string(refused.error()), HasSubstr(field));
  }
}

}  // namespace
}  // namespace reprise::wasm
