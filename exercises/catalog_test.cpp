// SPDX-License-Identifier: Apache-2.0
// Files with every kind of mistake that clinicians make: the messages, and that all come at
// once.

#include "exercises/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "exercises/catalog_files.h"

namespace reprise::exercises {

void PrintTo(const json::Problem& problem, std::ostream* out) {
  *out << to_string(problem);
}

namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<std::string> kKnown = {"squat", "sit_to_stand", "forward_lunge", "heel_slide"};

nlohmann::json shipped_json(const std::string& id) {
  std::ifstream in(std::string(REPRISE_SOURCE_DIR) + "/catalog/exercises/" + id + ".json");
  return nlohmann::json::parse(in);
}

std::vector<json::Problem> problems_of(const nlohmann::json& exercise,
                                       const std::string& file = "squat.json") {
  return check_exercise(exercise.dump(), file, kKnown);
}

/// A squat with one value changed, by JSON pointer.
std::vector<json::Problem> squat_with(const std::string& pointer, const nlohmann::json& value) {
  nlohmann::json exercise = shipped_json("squat");
  exercise[nlohmann::json::json_pointer(pointer)] = value;
  return problems_of(exercise);
}

std::vector<json::Problem> squat_without(const std::string& pointer) {
  nlohmann::json exercise = shipped_json("squat");
  const nlohmann::json::json_pointer at(pointer);
  exercise[at.parent_pointer()].erase(at.back());
  return problems_of(exercise);
}

/// One problem at `path` whose limit and remedy contain these words.
auto problem(const std::string& path, const std::string& limit, const std::string& remedy = "") {
  return AllOf(Field("path", &json::Problem::path, path),
               Field("limit", &json::Problem::limit, HasSubstr(limit)),
               Field("remedy", &json::Problem::remedy, HasSubstr(remedy)));
}

TEST(CheckExercise, ShippedSquatIsClean) {
  const auto problems = problems_of(shipped_json("squat"));
  EXPECT_THAT(problems, IsEmpty()) << to_string(problems);
}

TEST(CheckExercise, UnknownFieldNamesTheNearOne) {
  EXPECT_THAT(squat_with("/range/min_excurson", 20),
              Contains(problem("/range/min_excurson", "only known fields", "min_excursion")));
  EXPECT_THAT(squat_with("/color", "red"), Contains(problem("/color", "only known fields", "Remove it")));
}

TEST(CheckExercise, WrongTypeSaysWhatBelongsThere) {
  const auto problems = squat_with("/range/target", "ninety");
  EXPECT_THAT(problems, Contains(problem("/range/target", "must be a number")));
  EXPECT_THAT(to_string(problems),
              HasSubstr("squat.json /range/target: found \"ninety\"; must be a number, without quotes."));
  EXPECT_THAT(squat_with("/text", nlohmann::json::array()), Contains(problem("/text", "group of fields")));
  EXPECT_THAT(squat_with("/dosage/sets", 2.5), Contains(problem("/dosage/sets", "whole number")));
  EXPECT_THAT(problems_of(nlohmann::json::array()), Contains(problem("", "group of fields")));
}

TEST(CheckExercise, MissingFieldIsNamed) {
  EXPECT_THAT(squat_without("/range/rest"), Contains(problem("/range/rest", "must be there", "rest")));
  EXPECT_THAT(squat_without("/form/0/cue"), Contains(problem("/form/0/cue", "must be there")));
}

TEST(CheckExercise, UnknownNamesAreSuggested) {
  EXPECT_THAT(squat_with("/primary/measure", "knee_flection"),
              Contains(problem("/primary/measure", "name of a measure", "knee_flexion")));
  EXPECT_THAT(squat_with("/gates/1/measure", "pronation"),
              Contains(problem("/gates/1/measure", "name of a measure", "Choose one of")));
  EXPECT_THAT(squat_with("/views/0", "sied"), Contains(problem("/views/0", "must be front", "side")));
  EXPECT_THAT(squat_with("/movement/keyframes/1/degrees/right_knee_flexon", 20),
              Contains(problem("/movement/keyframes/1/degrees/right_knee_flexon", "body model",
                               "right_knee_flexion")));
  EXPECT_THAT(squat_with("/form/0/when", "extrem"),
              Contains(problem("/form/0/when", "must be start", "extreme")));
  EXPECT_THAT(squat_with("/movement/faults/0/produces", "knee_in"),
              Contains(problem("/movement/faults/0/produces", "gate or form rule", "knees_in")));
}

TEST(CheckExercise, LimitsUpsideDown) {
  nlohmann::json exercise = shipped_json("squat");
  exercise["form"][2]["min"] = 20;
  exercise["form"][2]["max"] = -20;
  EXPECT_THAT(problems_of(exercise), Contains(problem("/form/2/min", "below max", "upside down")));
  EXPECT_THAT(squat_without("/gates/1/max"), Contains(problem("/gates/1", "must have min, max or both")));
}

TEST(CheckExercise, AnatomicallyImpossible) {
  EXPECT_THAT(squat_with("/range/target", 400),
              Contains(problem("/range/target", "from 0 to 160 degrees, the human range of knee_flexion")));
  EXPECT_THAT(squat_with("/gates/2/min", 400), Contains(problem("/gates/2/min", "from 0 to 170 degrees")));
  EXPECT_THAT(squat_with("/movement/keyframes/1/degrees/right_knee_flexion", 400),
              Contains(problem("/movement/keyframes/1/degrees/right_knee_flexion", "from -15 to 160")));
  EXPECT_THAT(squat_with("/precautions/0/limit/max", 400),
              Contains(problem("/precautions/0/limit/max", "from 0 to 160 degrees")));
}

TEST(CheckExercise, TargetPastTheCeiling) {
  EXPECT_THAT(squat_with("/range/ceiling", 60), Contains(problem("/range/ceiling", "below the target")));
  EXPECT_THAT(squat_with("/range/ceiling", 3), Contains(problem("/range/ceiling", "below the target")));
  EXPECT_THAT(squat_with("/range/ceiling", 120), IsEmpty());
  nlohmann::json standing_up = shipped_json("sit_to_stand");  // counts down: its ceiling lies below
  standing_up["range"]["ceiling"] = 30;
  EXPECT_THAT(problems_of(standing_up, "sit_to_stand.json"),
              Contains(problem("/range/ceiling", "above the target")));
}

TEST(CheckExercise, RangeThatCannotBeCounted) {
  EXPECT_THAT(squat_with("/range/target", 5), Contains(problem("/range/target", "must differ from rest")));
  EXPECT_THAT(squat_with("/range/min_excursion", 2),
              Contains(problem("/range/min_excursion", "camera's noise")));
  EXPECT_THAT(squat_with("/range/min_excursion", 200),
              Contains(problem("/range/min_excursion", "the way from rest to target")));
}

TEST(CheckExercise, RuleIdsMustBeUnique) {
  EXPECT_THAT(squat_with("/form/1/id", "knees_in"), Contains(problem("/form/1/id", "only once")));
  EXPECT_THAT(squat_with("/form/1/id", "hips_down"), Contains(problem("/form/1/id", "only once")))
      << "gates and rules share their names";
}

TEST(CheckExercise, CueMustBeThereAndShort) {
  EXPECT_THAT(squat_with("/form/0/cue/en", ""), Contains(problem("/form/0/cue/en", "must not be empty")));
  EXPECT_THAT(squat_with("/form/0/cue/en", "   "), Contains(problem("/form/0/cue/en", "must not be empty")));
  EXPECT_THAT(squat_with("/form/0/cue", nlohmann::json::object()),
              Contains(problem("/form/0/cue", "must not be empty")));
  EXPECT_THAT(squat_with("/form/0/cue/en", "Please try to push both of your knees a little bit outwards."),
              Contains(problem("/form/0/cue/en", "at most 8 words, and has 12")));
}

TEST(CheckExercise, EveryTextNeedsEveryLanguage) {
  nlohmann::json exercise = shipped_json("squat");
  exercise["text"]["fr"] = exercise["text"]["en"];
  EXPECT_THAT(problems_of(exercise), Contains(problem("/form/0/cue/fr", "because /text has this language")));
  EXPECT_THAT(squat_with("/form/0/cue/fr", "Poussez."),
              Contains(problem("/form/0/cue/fr", "one of the languages")));
  EXPECT_THAT(squat_without("/text/en"), Contains(problem("/text/en", "must be there")));
  EXPECT_THAT(squat_with("/text/english", shipped_json("squat")["text"]["en"]),
              Contains(problem("/text/english", "must be a code")));
}

TEST(CheckExercise, KeyframesRiseFromRestToRest) {
  EXPECT_THAT(squat_with("/movement/keyframes/2/at", 0.3),
              Contains(problem("/movement/keyframes/2/at", "later than the keyframe before it (0.45)")));
  EXPECT_THAT(squat_with("/movement/keyframes/0/at", 0.1),
              Contains(problem("/movement/keyframes/0/at", "must be 0")));
  EXPECT_THAT(squat_with("/movement/keyframes/3/at", 0.9),
              Contains(problem("/movement/keyframes/3/at", "must be 1")));
  EXPECT_THAT(squat_with("/movement/keyframes/3/degrees/right_knee_flexion", 30),
              Contains(problem("/movement/keyframes/3/degrees/right_knee_flexion", "must be 0",
                               "first and the last")));
}

TEST(CheckExercise, LinksMustNameOtherExercisesOnce) {
  EXPECT_THAT(squat_with("/progression/harder/0", "forward_lung"),
              Contains(problem("/progression/harder/0", "must be the id of an exercise", "forward_lunge")));
  EXPECT_THAT(squat_with("/progression/harder/0", "squat"),
              Contains(problem("/progression/harder/0", "than itself")));
  EXPECT_THAT(squat_with("/progression/harder/0", "sit_to_stand"),
              Contains(problem("/progression/harder/0", "only once")));
}

TEST(CheckExercise, AbsurdDosage) {
  EXPECT_THAT(squat_with("/dosage/sets", 40), Contains(problem("/dosage/sets", "from 1 to 10")));
  EXPECT_THAT(squat_with("/dosage/days_per_week", 9),
              Contains(problem("/dosage/days_per_week", "from 1 to 7")));
  nlohmann::json exercise = shipped_json("squat");
  exercise["dosage"] = {{"sets", 10}, {"repetitions", 50}, {"rest_s", 600}, {"days_per_week", 7}};
  EXPECT_THAT(problems_of(exercise), Contains(problem("/dosage", "at most 60 minutes a day")));
  nlohmann::json hold = shipped_json("single_leg_stance");
  hold["dosage"].erase("hold_s");
  EXPECT_THAT(problems_of(hold, "single_leg_stance.json"),
              Contains(problem("/dosage/hold_s", "kind hold", "how long")));
}

TEST(CheckExercise, SidedExerciseWithoutSides) {
  nlohmann::json lunge = shipped_json("forward_lunge");
  lunge["sides"].erase("choices");
  EXPECT_THAT(problems_of(lunge, "forward_lunge.json"),
              Contains(problem("/sides/choices", "sided exercise", "left, right, both")));
  EXPECT_THAT(squat_with("/sides/choices", nlohmann::json::array({"left"})),
              Contains(problem("/sides/choices", "must be left out")));
  EXPECT_THAT(squat_with("/gates/1/combine", "working"),
              Contains(problem("/gates/1/combine", "needs a sided exercise")));
  EXPECT_THAT(squat_without("/primary/combine"), Contains(problem("/primary/combine", "has two sides")));
  EXPECT_THAT(squat_with("/gates/0/combine", "mean"), Contains(problem("/gates/0/combine", "left out")));
}

TEST(CheckExercise, TempoZero) {
  EXPECT_THAT(squat_with("/tempo/out_s", 0), Contains(problem("/tempo/out_s", "above 0", "Leave the field")));
  EXPECT_THAT(squat_with("/tempo/longest_s", 1),
              Contains(problem("/tempo/longest_s", "above the sum of the parts (4)")));
}

TEST(CheckExercise, FallsRuleHolds) {
  EXPECT_THAT(squat_with("/falls/starts_by_itself", true),
              Contains(problem("/falls/starts_by_itself", "must be false")));
  EXPECT_THAT(squat_with("/falls/support_within_reach", false),
              Contains(problem("/falls/support_within_reach", "must be true")));
  EXPECT_THAT(squat_with("/falls/balance", "none"),
              Contains(problem("/falls/balance", "because the legs work while standing")));
  EXPECT_THAT(squat_with("/equipment", nlohmann::json::array()),
              Contains(problem("/equipment", "chair, wall")));
  EXPECT_THAT(squat_without("/falls/high_risk_needs"),
              Contains(problem("/falls/high_risk_needs", "balance is asked for")));
}

TEST(CheckExercise, PrecautionsMustComputeWithNumbers) {
  nlohmann::json exercise = shipped_json("squat");
  exercise["precautions"][0].erase("limit");
  EXPECT_THAT(problems_of(exercise), Contains(problem("/precautions/0/effect", "numbers to compute with")));
  EXPECT_THAT(squat_with("/precautions/1/limit", nlohmann::json{{"measure", "knee_flexion"}, {"max", 60}}),
              Contains(problem("/precautions/1/effect", "does not use limit")));
  EXPECT_THAT(squat_with("/precautions/0/condition/code", "knee pain"),
              Contains(problem("/precautions/0/condition/code", "must look like a code")));
  EXPECT_THAT(squat_with("/precautions/1", shipped_json("squat")["precautions"][0]),
              Contains(problem("/precautions/1", "contradict")));
  EXPECT_THAT(squat_with("/precautions/2/weeks", nlohmann::json{{"from", 8}, {"to", 2}}),
              Contains(problem("/precautions/2/weeks/from", "must not be after")));
}

TEST(CheckExercise, ReviewNeedsANameAndADay) {
  EXPECT_THAT(squat_with("/review/status", "clinically_reviewed"),
              Contains(problem("/review/by", "clinically_reviewed")));
  EXPECT_THAT(squat_with("/review", nlohmann::json{{"status", "clinically_reviewed"},
                                                   {"by", "A. Example"},
                                                   {"profession", "physiotherapist"},
                                                   {"date", "2025-02-30"}}),
              Contains(problem("/review/date", "day of the calendar")));
}

TEST(CheckExercise, NumbersSayWhatTheyRestOn) {
  nlohmann::json exercise = shipped_json("squat");
  exercise["unsourced_defaults"] = nlohmann::json::array({"range"});
  EXPECT_THAT(problems_of(exercise), Contains(problem("/unsourced_defaults", "every section with numbers")));
  exercise = shipped_json("squat");
  exercise["evidence"] =
      nlohmann::json::array({{{"supports", {"rang"}}, {"source", "Someone 2020"}, {"says", "Words."}}});
  EXPECT_THAT(problems_of(exercise), AllOf(Contains(problem("/evidence/0/supports/0", "section", "range")),
                                           Contains(problem("/evidence/0", "doi or url"))));
}

TEST(CheckExercise, WeightsAndDeviationsMustMakeSense) {
  EXPECT_THAT(squat_with("/form/0/weight", 0), Contains(problem("/form/0/weight", "above 0")));
  EXPECT_THAT(squat_with("/form/0/full_deviation", -1),
              Contains(problem("/form/0/full_deviation", "above 0")));
  EXPECT_THAT(squat_with("/quality_weights",
                         nlohmann::json{{"range", 40}, {"tempo", 40}, {"smoothness", 40}, {"form", 40}}),
              Contains(problem("/quality_weights", "must make 100 together")));
}

TEST(CheckExercise, FileNameIsTheId) {
  EXPECT_THAT(problems_of(shipped_json("squat"), "my squat.json"),
              Contains(problem("/id", "must be the file name", "squat.json")));
  EXPECT_THAT(squat_with("/id", "Squat 2"), Contains(problem("/id", "lower-case")));
}

TEST(CheckExercise, MovementThatItsOwnGateRefuses) {
  EXPECT_THAT(squat_with("/gates/0/max", 0.4),
              Contains(problem("/movement/keyframes", "own movement must count", "gate")));
  EXPECT_THAT(squat_with("/form/1/max", 10),
              Contains(problem("/movement/keyframes", "must have no fault", "limits")));
  EXPECT_THAT(squat_with("/movement/faults/0/add", nlohmann::json{{"neck_flexion", 20}}),
              Contains(problem("/movement/faults/0", "must notice the fault")));
}

TEST(CheckExercise, AllProblemsAtOnce) {
  nlohmann::json exercise = shipped_json("squat");
  exercise["range"]["target"] = 400;
  exercise["primary"]["measure"] = "knee_flection";
  exercise["tempo"]["out_s"] = 0;
  exercise["extra"] = 1;
  exercise["dosage"].erase("sets");
  exercise["movement"]["keyframes"][1]["at"] = "half";
  std::set<std::string> paths;
  for (const json::Problem& one : problems_of(exercise)) paths.insert(one.path);
  EXPECT_THAT(paths, testing::IsSupersetOf({"/primary/measure", "/tempo/out_s", "/extra", "/dosage/sets",
                                            "/movement/keyframes/1/at"}));
}

TEST(CheckExercise, TextThatIsNotJsonSaysWhere) {
  const auto problems = check_exercise("{\n  \"id\": \"squat\",\n  \"format\" 1\n}", "squat.json", kKnown);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].found, HasSubstr("line 3, column"));
  EXPECT_THAT(check_exercise("", "squat.json", kKnown), Not(IsEmpty()));
}

TEST(CheckExercise, FieldWrittenTwiceIsNotLost) {
  std::string text = shipped_json("squat").dump();
  text.insert(1, "\"id\":\"squat\",");
  EXPECT_THAT(check_exercise(text, "squat.json", kKnown),
              Contains(Field(&json::Problem::found, HasSubstr("\"id\" twice"))));
}

TEST(CheckExercise, EndlessInputsAreRefused) {
  EXPECT_THAT(check_exercise(std::string(100000, '['), "a.json", kKnown), Not(IsEmpty()));
  EXPECT_THAT(check_exercise("{\"id\":\"" + std::string(100000, 'a') + "\"}", "a.json", kKnown),
              Contains(Field(&json::Problem::found, HasSubstr("text without end"))));
  EXPECT_THAT(check_exercise(std::string(1000000, ' '), "a.json", kKnown), Not(IsEmpty()));
  EXPECT_THAT(check_exercise("{\"format\":1e999}", "a.json", kKnown), Not(IsEmpty()));
}

std::vector<CatalogFile> shipped_files() {
  auto files = read_catalog(std::string(REPRISE_SOURCE_DIR) + "/catalog/exercises");
  EXPECT_TRUE(files);
  return files.value_or(std::vector<CatalogFile>{});
}

/// Three of the shipped files, linked to each other alone: the lunge is harder than the squat, the squat than
/// standing up.
std::vector<CatalogFile> three_files(const nlohmann::json& lunge_progression) {
  const auto linked = [](const std::string& id, nlohmann::json progression) {
    nlohmann::json exercise = shipped_json(id);
    exercise["progression"] = std::move(progression);
    return CatalogFile{id + ".json", exercise.dump()};
  };
  const nlohmann::json none = nlohmann::json::array();
  return {linked("forward_lunge", lunge_progression),
          linked("sit_to_stand", {{"easier", none}, {"harder", {"squat"}}}),
          linked("squat", {{"easier", {"sit_to_stand"}}, {"harder", {"forward_lunge"}}})};
}

TEST(CheckCatalog, HarderExercisesMustNotLeadInACircle) {
  EXPECT_THAT(check_catalog(three_files({{"easier", {"squat"}}, {"harder", nlohmann::json::array()}})),
              IsEmpty());
  const auto files = three_files({{"easier", {"squat"}}, {"harder", {"sit_to_stand"}}});
  const auto problems = check_catalog(files);
  EXPECT_THAT(to_string(problems), HasSubstr("a circle of harder exercises"));
  EXPECT_THAT(to_string(problems), AllOf(HasSubstr("squat"), HasSubstr("sit_to_stand")));
  const auto parsed = parse_catalog(files);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::corrupt);
}

TEST(CheckCatalog, ContradictionBetweenTwoFilesIsACircle) {
  const auto files = three_files({{"easier", nlohmann::json::array()}, {"harder", {"squat"}}});
  EXPECT_THAT(to_string(check_catalog(files)), HasSubstr("forward_lunge, then squat, then forward_lunge"));
}

TEST(CheckCatalog, IdsAreUsedOnce) {
  const std::string squat = shipped_json("squat").dump();
  const std::vector<CatalogFile> files = {{"squat.json", squat}, {"copy.json", squat}};
  EXPECT_THAT(check_catalog(files), Contains(problem("/id", "used by one file only")));
}

TEST(Catalog, ParsesDegreesIntoRadians) {
  const auto catalog = parse_catalog(shipped_files());
  ASSERT_TRUE(catalog) << to_string(catalog.error());
  const auto squat = find(*catalog, "squat");
  ASSERT_TRUE(squat);
  const nlohmann::json file = shipped_json("squat");
  const engine::ExerciseDefinition& definition = (*squat)->definition;
  EXPECT_DOUBLE_EQ(definition.target, file["range"]["target"].get<double>() * kPi / 180);
  EXPECT_EQ(definition.primary.measure, engine::Measure::knee_flexion);
  EXPECT_DOUBLE_EQ(*definition.gates[0].limits.max, file["gates"][0]["max"].get<double>())
      << "ratios stay as they are";
  EXPECT_EQ((*squat)->form[0].id, definition.form[0].id);
  EXPECT_EQ(in_language((*squat)->form[0].cue, "xx"), file["form"][0]["cue"]["en"].get<std::string>());
  EXPECT_EQ(text_in(**squat, "xx").name, "Squat");
  EXPECT_FALSE((*squat)->review.clinically_reviewed);
}

TEST(Catalog, OneExerciseStandsWithoutThoseItLinksTo) {
  nlohmann::json squat = shipped_json("squat");
  squat["progression"]["harder"] = {"an_exercise_that_is_elsewhere"};
  std::vector<json::Problem> problems;
  const auto exercise = parse_exercise({"squat.json", squat.dump()}, problems);
  EXPECT_TRUE(problems.empty()) << to_string(problems);
  ASSERT_TRUE(exercise);
  EXPECT_EQ(exercise->definition.id, "squat");
  EXPECT_EQ(exercise->harder, std::vector<std::string>{"an_exercise_that_is_elsewhere"});
}

TEST(Catalog, OneExerciseSaysEverythingThatIsWrong) {
  nlohmann::json squat = shipped_json("squat");
  squat["range"]["target"] = 400;
  squat["progression"]["harder"] = {"squat"};
  std::vector<json::Problem> problems;
  EXPECT_FALSE(parse_exercise({"squat.json", squat.dump()}, problems));
  EXPECT_THAT(problems, Contains(problem("/range/target", "must be from")));
  EXPECT_THAT(problems, Contains(problem("/progression/harder/0", "not easier or harder than itself")));
  EXPECT_FALSE(parse_exercise({"none.json", "{"}, problems));
  EXPECT_THAT(problems.back().found, HasSubstr("not JSON"));
}

TEST(Catalog, UnknownExerciseSuggestsNearOnes) {
  const auto catalog = parse_catalog(shipped_files());
  ASSERT_TRUE(catalog);
  const auto found = find(*catalog, "shoulder-abducton");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::not_found);
  EXPECT_THAT(found.error().remedy, HasSubstr("shoulder_abduction"));
}

TEST(Catalog, FolderThatIsNotThere) {
  const auto catalog = load_catalog("/no/such/folder");
  ASSERT_FALSE(catalog);
  EXPECT_EQ(catalog.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace reprise::exercises
