// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/completed_set.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <map>

#include "base/base64.h"
#include "care/outcome/set_text.h"
#include "engine/pose/packed_landmarks.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"
#include "tests/support/sample_session.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;

constexpr const char* kSet = "0b8e2a60-7c1f-4f6e-8d7a-000000000001";
constexpr const char* kWholeSession = "0b8e2a60-7c1f-4f6e-8d7a-0000000000ff";

exercises::CatalogExercise exercise_named(const std::string& id) {
  const auto found = exercises::find(shipped(), id);
  EXPECT_TRUE(found) << id;
  return **found;
}

CompletedSet plain_set(const std::string& exercise) {
  CompletedSet set;
  set.id = kSet;
  set.session = kWholeSession;
  set.patient = "robin";
  set.request = "request-1";
  set.exercise = exercise_named(exercise);
  set.start = "2026-03-02T10:00:00+01:00";
  set.end = "2026-03-02T10:02:00+01:00";
  return set;
}

CompletedSet filmed(const SampleOptions& options) {
  CompletedSet set = plain_set(options.exercise);
  set.side = options.side;
  set.document = simulated_session(options);
  return set;
}

SampleOptions heel_slide_below_90() {
  SampleOptions options;
  options.exercise = "heel_slide";
  options.side = engine::Side::left;
  options.ceiling = Radians{Degrees{90}}.value();
  options.generate.repetitions = 2;
  options.generate.mirror = true;  // drawn with the right side working
  return options;
}

// Made once, because it takes long.
CompletedSet filmed_squat() {
  SampleOptions options;
  options.generate.repetitions = 2;
  static const CompletedSet kFilmed = filmed(options);
  return kFilmed;
}

CompletedSet filmed_heel_slide() {
  static const CompletedSet kFilmed = filmed(heel_slide_below_90());
  return kFilmed;
}

std::map<std::string, Json> observations(const Json& bundle) {
  std::map<std::string, Json> found;
  for (const Json& entry : bundle["entry"]) {
    const Json& resource = entry["resource"];
    if (resource["resourceType"] != "Observation") continue;
    const auto identifier = resource["identifier"][0]["value"].get<std::string>();
    found.emplace(identifier.substr(identifier.find('.') + 1), resource);
  }
  return found;
}

TEST(SetResult, IsAValidTransactionWhoseEntriesAreEachCreatedOnce) {
  CompletedSet set = filmed_squat();
  set.pain = {{Moment::before, 2}, {Moment::during, 3}};
  set.effort = 5;
  set.note = "My own words";
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  std::set<std::string> conditions;
  for (const Json& entry : (*bundle)["entry"]) {
    const Json& identifier = entry["resource"]["identifier"][0];
    EXPECT_EQ(entry["request"]["ifNoneExist"], "identifier=" + identifier["system"].get<std::string>() +
                                                   "%7C" + identifier["value"].get<std::string>());
    EXPECT_TRUE(conditions.insert(entry["request"]["ifNoneExist"].get<std::string>()).second);
    EXPECT_EQ(entry["resource"]["identifier"][1]["value"], std::string{"urn:uuid:"} + kWholeSession);
    EXPECT_EQ(entry["resource"]["subject"]["reference"], "Patient/robin");
    EXPECT_EQ(entry["resource"]["basedOn"][0]["reference"], "ServiceRequest/request-1");
  }
  const Json& procedure = (*bundle)["entry"][0]["resource"];
  EXPECT_EQ(procedure["identifier"][0]["value"], std::string{"urn:uuid:"} + kSet);
  EXPECT_NE(procedure["identifier"][0]["value"], (*bundle)["entry"][0]["fullUrl"])
      << "a server would replace it";
  EXPECT_EQ(procedure["status"], "completed");
  EXPECT_EQ(procedure["note"][1]["text"], "My own words");
  const auto all = observations(*bundle);
  for (const auto& [name, observation] : all) {
    EXPECT_EQ(observation["partOf"][0]["reference"], (*bundle)["entry"][0]["fullUrl"]) << name;
  }
  EXPECT_EQ(all.at("pain-2")["component"][0]["valueCodeableConcept"]["coding"][0]["code"], "during");
  EXPECT_EQ(all.at("pain-1")["effectiveDateTime"], set.start);
  EXPECT_EQ(all.at("effort")["valueQuantity"]["value"], 5);
}

TEST(SetResult, NumbersAreThoseOfTheDocument) {
  CompletedSet set = plain_set("squat");
  set.document = small_session();
  set.exercise.version = set.document->exercise.facts.version;
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const auto all = observations(*bundle);
  const session::Summary& summary = set.document->exercise.summary;
  EXPECT_EQ(all.at("repetitions")["valueInteger"], summary.repetitions_complete);
  EXPECT_EQ(all.at("repetitions")["component"][0]["valueInteger"], summary.repetitions_partial);
  ASSERT_TRUE(summary.mean_quality);
  EXPECT_NEAR(all.at("movement-quality")["valueQuantity"]["value"].get<double>(), *summary.mean_quality,
              0.05);
  EXPECT_THAT(all.at("movement-quality")["code"]["text"].get<std::string>(), HasSubstr("not validated"));
  EXPECT_THAT(all.at("repetitions")["device"]["display"].get<std::string>(),
              HasSubstr(set.document->engine_version));
  EXPECT_THAT(all.at("repetitions")["device"]["display"].get<std::string>(),
              HasSubstr(set.document->models.at(0).sha256));
}

TEST(SetResult, TheBestRangeIsThereOnlyWithoutACeiling) {
  const auto free = set_bundle(filmed_squat());
  ASSERT_TRUE(free);
  const auto best = observations(*free);
  ASSERT_THAT(best, Not(::testing::Contains(Key("mean-range"))));
  const CompletedSet set = filmed_squat();
  const session::MeasuredRange& measured = *set.document->exercise.summary.best_range;
  EXPECT_NEAR(best.at("best-range")["valueQuantity"]["value"].get<double>(),
              to_degrees(Radians{measured.max}).value(), 0.006);
  EXPECT_NEAR(best.at("best-range")["component"][1]["valueQuantity"]["value"].get<double>(),
              to_degrees(Radians{measured.uncertainty}).value(), 0.006);
  EXPECT_EQ(best.at("best-range")["code"]["coding"][1]["code"], "knee_flexion");

  CompletedSet limited = filmed_heel_slide();
  limited.ceiling = 90;
  const auto bundle = set_bundle(limited);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const auto mean = observations(*bundle);
  EXPECT_THAT(bundle->dump(), Not(HasSubstr("best-range")));
  double sum = 0;
  int count = 0;
  for (const auto& r : limited.document->exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete || !r.range) continue;
    sum += to_degrees(Radians{r.range->max}).value();
    ++count;
  }
  ASSERT_GT(count, 1);
  EXPECT_NEAR(mean.at("mean-range-left")["valueQuantity"]["value"].get<double>(), sum / count, 0.006);
  EXPECT_EQ(mean.at("mean-range-left")["bodySite"]["coding"][0]["code"], "7771000");
}

TEST(SetResult, AHoldIsTimed) {
  SampleOptions options;
  options.exercise = "single_leg_stance";
  options.side = engine::Side::left;
  options.view = engine::View::front;
  options.generate.repetitions = 2;  // the right leg is lifted, and stands for "on the left"
  const CompletedSet set = filmed(options);
  ASSERT_GT(set.document->exercise.summary.repetitions_complete, 0);
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle);
  const auto all = observations(*bundle);
  Seconds held{0};
  for (const auto& r : set.document->exercise.repetitions) {
    if (r.outcome == engine::Outcome::complete) held = held + r.tempo.hold;
  }
  EXPECT_GT(held, Seconds{0});
  EXPECT_NEAR(all.at("hold-time")["valueQuantity"]["value"].get<double>(), held.value(), 0.051);
}

TEST(SetResult, ASimulatedSetSaysSoEverywhere) {
  const auto bundle =
      set_bundle(filmed_squat());  // its document is of a simulated person; the page need not say it
  ASSERT_TRUE(bundle);
  for (const Json& entry : (*bundle)["entry"]) {
    EXPECT_TRUE(fhir::has_tag(entry["resource"], "urn:reprise:tag", "simulated"));
  }
  EXPECT_THAT((*bundle)["entry"][0]["resource"]["note"][0]["text"].get<std::string>(),
              HasSubstr("Simulated"));
  CompletedSet counted = plain_set("squat");
  counted.by_hand = {8, {}};
  const auto real = set_bundle(counted);
  ASSERT_TRUE(real);
  EXPECT_THAT(real->dump(), Not(HasSubstr("imulated")));
}

TEST(SetResult, WithoutACameraOnlyWhatWasCountedIsThere) {
  CompletedSet set = plain_set("wall_sit");
  set.by_hand = {3, Seconds{45}};
  set.stopped = StopReason::pain;
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  const auto all = observations(*bundle);
  EXPECT_THAT(all, ::testing::UnorderedElementsAre(Key("repetitions"), Key("hold-time")));
  EXPECT_EQ(all.at("repetitions")["valueInteger"], 3);
  EXPECT_EQ(all.at("repetitions")["method"]["text"], "counted by hand");
  EXPECT_FALSE(all.at("repetitions").contains("device"));
  const Json& procedure = (*bundle)["entry"][0]["resource"];
  EXPECT_EQ(procedure["status"], "stopped");
  EXPECT_EQ(procedure["statusReason"]["coding"][0]["code"], "pain");
  EXPECT_THAT(procedure["note"][0]["text"].get<std::string>(), HasSubstr("by hand"));
}

TEST(SetResult, WhateverThePatientWroteARecordTakesIt) {
  CompletedSet set = plain_set("squat");
  set.by_hand = {8, {}};
  set.note = "a\x01\nb\x7f";
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle);
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  EXPECT_EQ((*bundle)["entry"][0]["resource"]["note"][1]["text"], "a\nb\x7f");
  set.note = " \x02\n";
  EXPECT_EQ((*set_bundle(set))["entry"][0]["resource"]["note"].size(), 1U);
}

TEST(SetResult, AGameLeavesItsSuccess) {
  CompletedSet set = filmed_heel_slide();
  set.game = PlayedGame{"orchard", 2, 1, 0.3, 0.22};
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  const auto all = observations(*bundle);
  ASSERT_TRUE(all.contains("game-success"));
  const Json& success = all.at("game-success");
  EXPECT_EQ(success["valueQuantity"]["value"], 50);
  EXPECT_EQ(success["component"][0]["valueCodeableConcept"]["coding"][0]["code"], "orchard");
  EXPECT_EQ(success["component"][1]["valueInteger"], 2);
  EXPECT_EQ(success["component"][2]["valueQuantity"]["value"], 0.3);
  EXPECT_EQ(success["component"][3]["valueQuantity"]["value"], 0.22);
  EXPECT_EQ(all.at("repetitions")["valueInteger"], 2) << "which are counted as ever";
  set.game->tasks = set.game->succeeded = 0;
  EXPECT_FALSE(observations(*set_bundle(set)).contains("game-success")) << "nothing was played";
}

TEST(SetResult, RefusesAGameThatCannotHaveBeen) {
  const PlayedGame good{"balloon", 2, 1, 0.3, 0.4};
  const auto refused = [](const PlayedGame& game) {
    CompletedSet set = filmed_heel_slide();
    set.game = game;
    return !set_bundle(set).has_value();
  };
  EXPECT_FALSE(refused(good));
  for (const auto& change : std::vector<std::function<void(PlayedGame&)>>{
           [](PlayedGame& game) { game.kind = "chess"; }, [](PlayedGame& game) { game.tasks = 3; },
           [](PlayedGame& game) { game.succeeded = 3; }, [](PlayedGame& game) { game.succeeded = -1; },
           [](PlayedGame& game) { game.difficulty_at_start = 1.1; },
           [](PlayedGame& game) { game.difficulty_at_end = std::nan(""); }}) {
    PlayedGame game = good;
    change(game);
    EXPECT_TRUE(refused(game));
  }
  CompletedSet by_hand = plain_set("heel_slide");
  by_hand.side = engine::Side::left;
  by_hand.by_hand = HandCount{5, {}};
  by_hand.game = good;
  EXPECT_FALSE(set_bundle(by_hand)) << "no camera, no game";
}

TEST(SetResult, RefusesTheDocumentOfAnotherSet) {
  const auto refused = [](auto change) {
    CompletedSet set = filmed_heel_slide();
    set.ceiling = 90;
    change(set);
    const auto bundle = set_bundle(set);
    return bundle ? std::nullopt : std::optional{bundle.error().code};
  };
  EXPECT_EQ(refused([](CompletedSet&) {}), std::nullopt);
  EXPECT_EQ(refused([](CompletedSet& set) { set.side = engine::Side::right; }), ErrorCode::conflict);
  EXPECT_EQ(refused([](CompletedSet& set) { set.side.reset(); }), ErrorCode::conflict);
  EXPECT_EQ(refused([](CompletedSet& set) { set.exercise = exercise_named("squat"); }), ErrorCode::conflict);
  EXPECT_EQ(refused([](CompletedSet& set) { ++set.exercise.version; }), ErrorCode::conflict);
  EXPECT_EQ(refused([](CompletedSet& set) { set.document->exercise.ceiling.reset(); }), ErrorCode::conflict);
  EXPECT_EQ(refused([](CompletedSet& set) { set.ceiling = 60; }), ErrorCode::conflict)
      << "the coach kept a looser one";
  EXPECT_EQ(refused([](CompletedSet& set) { set.ceiling = 100; }), std::nullopt) << "a stricter one is kept";
}

TEST(SetResult, RefusesWhatCannotBe) {
  const auto refused = [](auto change) {
    CompletedSet set = plain_set("squat");
    set.by_hand = {8, {}};
    change(set);
    const auto bundle = set_bundle(set);
    return !bundle && bundle.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_FALSE(refused([](CompletedSet&) {}));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.id = "0B8E2A60-7C1F-4F6E-8D7A-000000000001"; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.session = ""; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.patient = "a b"; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.request = ""; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.by_hand.reset(); }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.document = small_session(); }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.by_hand->repetitions = -1; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.by_hand->held = Seconds{4000}; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.end = "2026-03-02T09:59:59+01:00"; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.start = "2026-03-02"; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.end = "yesterday"; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.pain = {{Moment::after, 11}}; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.pain = {{Moment::next_morning, 1}}; }));
  EXPECT_TRUE(refused([](CompletedSet& set) { set.effort = -1; }));
}

TEST(SetResult, ARecordingIsABinaryThatTheRecordTakesOnce) {
  CompletedSet set = filmed_squat();
  const std::string bytes = engine::pack_landmarks({});
  set.recording = {"0b8e2a60-7c1f-4f6e-8d7a-00000000abcd", to_base64(bytes), false};
  const auto bundle = set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  Json binary;
  Json document;
  for (const Json& entry : (*bundle)["entry"]) {
    if (entry["resource"]["resourceType"] == "Binary") binary = entry;
    if (entry["resource"]["resourceType"] == "DocumentReference") document = entry["resource"];
  }
  EXPECT_EQ(binary["request"]["method"], "PUT");
  EXPECT_EQ(binary["request"]["url"], "Binary/" + set.recording->id);
  EXPECT_EQ(binary["resource"]["securityContext"]["reference"], "Patient/robin");
  EXPECT_EQ(from_base64(binary["resource"]["data"].get<std::string>()), bytes);
  EXPECT_EQ(document["content"][0]["attachment"]["url"], binary["request"]["url"]);
  EXPECT_EQ(document["content"][0]["attachment"]["size"], bytes.size());
  EXPECT_EQ(document["context"]["related"][0]["reference"], (*bundle)["entry"][0]["fullUrl"]);
  EXPECT_EQ(document["meta"]["tag"][0]["code"], "simulated");
}

TEST(SetResult, RefusesARecordingThatIsNone) {
  const auto refused = [](CompletedSet set, const RecordedMovement& recording) {
    set.recording = recording;
    return !set_bundle(set);
  };
  const std::string id = "0b8e2a60-7c1f-4f6e-8d7a-00000000abcd";
  EXPECT_TRUE(refused(filmed_squat(), {"1", to_base64(engine::pack_landmarks({})), false}));
  EXPECT_TRUE(refused(filmed_squat(), {id, "?", false}));
  EXPECT_TRUE(refused(filmed_squat(), {id, to_base64("a picture"), false}));
  EXPECT_TRUE(refused(filmed_squat(), {id, std::string(13U << 20U, 'A'), true}));
  CompletedSet by_hand = plain_set("squat");
  by_hand.by_hand = {3, {}};
  EXPECT_TRUE(refused(by_hand, {id, to_base64(engine::pack_landmarks({})), false}));
}

TEST(SetResult, ThePageGivesItAsItsTypeSays) {
  const CompletedSet set = filmed_heel_slide();
  Json page = {{"id", kSet},
               {"session", kWholeSession},
               {"patient", "robin"},
               {"simulated", true},
               {"exercise", {{"request", "request-1"}, {"side", "left"}, {"ceiling", 90}}},
               {"start", set.start},
               {"end", set.end},
               {"stopped", "own_choice"},
               {"pain", Json::array({Json{{"when", "before"}, {"value", 1}}})},
               {"effort", 3},
               {"note", nullptr},
               {"game",
                {{"kind", "balloon"},
                 {"tasks", 2},
                 {"succeeded", 2},
                 {"difficultyAtStart", 0.3},
                 {"difficultyAtEnd", 0.42}}}};
  const auto bundle = set_bundle_text(page.dump(), set.exercise, *set.document);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const Json read = Json::parse(*bundle);
  EXPECT_THAT(fhir::validate(read), IsEmpty());
  EXPECT_EQ(read["entry"][0]["resource"]["statusReason"]["coding"][0]["code"], "own-choice");
  EXPECT_THAT(observations(read), ::testing::Contains(Key("mean-range-left")));
  EXPECT_THAT(observations(read), ::testing::Contains(Key("game-success")));
  const auto cause = [&](auto change) {
    Json changed = page;
    change(changed);
    const auto refused = set_bundle_text(changed.dump(), set.exercise, *set.document);
    return refused ? std::string{"it was taken"} : refused.error().cause;
  };
  EXPECT_THAT(cause([](Json& p) { p["exercise"]["side"] = "up"; }), HasSubstr("exercise.side is not"));
  EXPECT_THAT(cause([](Json& p) { p["pain"][0]["value"] = 1.5; }), HasSubstr("pain[0].value is not"));
  EXPECT_THAT(cause([](Json& p) { p.erase("simulated"); }), HasSubstr("simulated is not"));
  EXPECT_THAT(cause([](Json& p) { p["stopped"] = 1; }), HasSubstr("stopped is not"));
  EXPECT_THAT(cause([](Json& p) { p["game"]["kind"] = "chess"; }), HasSubstr("game.kind is not"));
  EXPECT_THAT(cause([](Json& p) { p["game"].erase("tasks"); }), HasSubstr("game.tasks is not"));
  EXPECT_THAT(cause([](Json& p) { p["game"]["difficultyAtEnd"] = "1"; }),
              HasSubstr("game.difficultyAtEnd is not"));
}

TEST(SetResult, ThePageGivesAHandCountWithTheExercisesFile) {
  const auto file = exercises::read_catalog_file(shipped_folder() / "squat.json");
  ASSERT_TRUE(file);
  const Json page = {
      {"id", kSet},
      {"session", kWholeSession},
      {"patient", "robin"},
      {"simulated", true},
      {"exercise", {{"request", "request-1"}, {"json", file->text}, {"side", nullptr}, {"ceiling", nullptr}}},
      {"start", "2026-03-02T10:00:00+01:00"},
      {"end", "2026-03-02T10:02:00+01:00"},
      {"stopped", nullptr},
      {"byHand", {{"repetitions", 4}, {"held_s", 1.5}}},
      {"pain", Json::array()},
      {"effort", nullptr},
      {"note", nullptr}};
  const auto bundle = set_bundle_text(page.dump());
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  const auto found = observations(Json::parse(*bundle));
  EXPECT_EQ(found.at("repetitions")["valueInteger"], 4);
  Json changed = page;
  changed["exercise"]["json"] = "{}";
  EXPECT_THAT(set_bundle_text(changed.dump()).error().cause, HasSubstr("exercise.json is not"));
  changed = page;
  changed.erase("byHand");
  EXPECT_THAT(set_bundle_text(changed.dump()).error().cause, HasSubstr("byHand is not"));
}

}  // namespace
}  // namespace reprise::care
