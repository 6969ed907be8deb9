// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "care/plan/exercise_definition.h"
#include "care/plan/programme_text.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file);
  return (std::ostringstream{} << in.rdbuf()).str();
}

// The example of docs/reference/programme.md.
const Json& example() {
  static const Json kExample = [] {
    const std::string page =
        file_text(std::filesystem::path(REPRISE_SOURCE_DIR) / "docs/reference/programme.md");
    const auto begin = page.find("```json\n") + 8;
    auto parsed = fhir::parse_resource(page.substr(begin, page.find("```", begin) - begin));
    EXPECT_TRUE(parsed) << to_string(parsed.error());
    return *parsed;
  }();
  return kExample;
}

// Returns a definition of catalog/exercises, as the server seeds it.
Json definition(const char* id) {
  const auto file = exercises::read_catalog_file(shipped_folder() / (std::string{id} + ".json"));
  EXPECT_TRUE(file);
  auto resource = activity_definition(*file);
  EXPECT_TRUE(resource) << to_string(resource.error());
  std::string resource_id = id;
  std::replace(resource_id.begin(), resource_id.end(), '_', '-');
  (*resource)["id"] = resource_id;
  return *resource;
}

Json& resource(Json& bundle, std::string_view type) {
  for (Json& entry : bundle["entry"]) {
    if (json::text_of(entry["resource"], "resourceType") == type) return entry["resource"];
  }
  throw std::runtime_error("no such resource in the example");
}

Json& extension(Json& of, std::string_view url) {
  for (Json& one : of["extension"]) {
    if (json::text_of(one, "url") == url) return one;
  }
  throw std::runtime_error("no such extension in the example");
}

Json example_with_exercise() {
  Json bundle = example();
  Json slide = definition("heel_slide");
  resource(bundle, "ServiceRequest")["instantiatesCanonical"][0] =
      "urn:reprise:exercise:heel_slide|" + slide["version"].get<std::string>();
  bundle["entry"].push_back({{"resource", std::move(slide)}});
  return bundle;
}

Result<Programme> read(const Json& bundle) {
  const std::vector<std::string> answers = {bundle.dump()};
  return read_programme(answers);
}

TEST(Programme, TheExampleOfItsPageIsValidAndMeansWhatThePageSays) {
  EXPECT_THAT(fhir::validate(example()), IsEmpty());
  const auto programme = read(example_with_exercise());
  ASSERT_TRUE(programme) << to_string(programme.error());
  EXPECT_THAT(programme->problems, IsEmpty());
  EXPECT_EQ(programme->id, "plan");
  EXPECT_EQ(programme->patient, "robin");
  EXPECT_EQ(programme->title, "A stronger knee");
  EXPECT_EQ(programme->note, "Little and often.");
  EXPECT_EQ(programme->start, "2026-03-02");
  EXPECT_EQ(programme->end, "");
  EXPECT_TRUE(programme->simulated);
  EXPECT_EQ(programme->limits.stop, 4);
  EXPECT_EQ(programme->limits.rise, 1);
  EXPECT_EQ(programme->clinic_name, "Clinic");
  EXPECT_EQ(programme->clinic_phone, "+1 23");
  EXPECT_EQ(programme->emergency_number, "112");
  EXPECT_FALSE(programme->app_use_consented);
  EXPECT_FALSE(programme->recording_consented);
  ASSERT_THAT(programme->exercises, SizeIs(1));
  const PrescribedExercise& slide = programme->exercises.front();
  EXPECT_EQ(slide.request, "slide");
  EXPECT_EQ(slide.exercise.definition.id, "heel_slide");
  EXPECT_EQ(slide.json, file_text(shipped_folder() / "heel_slide.json"));
  EXPECT_EQ(slide.side, engine::Side::left);
  EXPECT_EQ(slide.dosage.sets, 2);
  EXPECT_EQ(slide.dosage.repetitions, 12);
  EXPECT_EQ(slide.dosage.rest, Seconds{40});
  EXPECT_FALSE(slide.dosage.hold);
  EXPECT_EQ(slide.dosage.days_per_week, 6);
  EXPECT_EQ(slide.ceiling, 90);
  EXPECT_EQ(slide.target, 80);
  EXPECT_FALSE(slide.personal_bests);
  EXPECT_TRUE(slide.camera);
  EXPECT_TRUE(slide.helper);
  EXPECT_EQ(slide.support_note, "On the bed.");
  EXPECT_EQ(slide.instruction, "Slowly.");
}

TEST(Programme, WhatIsNotSaidIsTheExercisesOwnOrTheDefault) {
  Json bundle = example_with_exercise();
  resource(bundle, "CarePlan").erase("extension");
  Json& request = resource(bundle, "ServiceRequest");
  request.erase("extension");
  request.erase("occurrenceTiming");
  const auto programme = read(bundle);
  ASSERT_TRUE(programme);
  EXPECT_EQ(programme->limits.stop, 5);
  EXPECT_EQ(programme->limits.rise, 2);
  ASSERT_THAT(programme->exercises, SizeIs(1));
  const PrescribedExercise& slide = programme->exercises.front();
  EXPECT_EQ(slide.dosage.sets, slide.exercise.dosage.sets);
  EXPECT_EQ(slide.dosage.days_per_week, slide.exercise.dosage.days_per_week);
  EXPECT_FALSE(slide.ceiling);
  EXPECT_FALSE(slide.target);
  EXPECT_TRUE(slide.personal_bests);
  EXPECT_FALSE(slide.helper);
}

TEST(Programme, ALoadIsInKilograms) {
  Json bundle = example_with_exercise();
  Json& dosage = extension(resource(bundle, "ServiceRequest"), "urn:reprise:dosage");
  dosage["extension"].push_back({{"url", "load"}, {"valueQuantity", fhir::quantity(2.5, "kg", "kg")}});
  EXPECT_EQ(read(bundle)->exercises.at(0).load_kg, 2.5);
  for (const Json& wrong : {fhir::quantity(2.5, "lb", "[lb_av]"), fhir::quantity(0, "kg", "kg"),
                            fhir::quantity(900, "kg", "kg")}) {
    dosage["extension"].back()["valueQuantity"] = wrong;
    EXPECT_THAT(read(bundle)->exercises, IsEmpty()) << wrong;
  }
  EXPECT_FALSE(read(example_with_exercise())->exercises.at(0).load_kg);
}

TEST(Programme, RestrictionsBindEveryExercise) {
  Json bundle = example_with_exercise();
  Json& plan = resource(bundle, "CarePlan");
  plan["extension"].push_back(Json::parse(
      R"({"url": "urn:reprise:range-limit", "extension": [{"url": "measure", "valueCode": "knee_flexion"},
          {"url": "max", "valueQuantity": {"value": 85, "system": "http://unitsofmeasure.org", "code": "deg"}}]})"));
  const auto nearer = read(bundle);
  ASSERT_TRUE(nearer);
  ASSERT_THAT(nearer->exercises, SizeIs(1));
  EXPECT_EQ(nearer->exercises.front().ceiling, 85);
  EXPECT_FALSE(nearer->exercises.front().personal_bests);
  const auto text = programme_text(std::vector{bundle.dump()});
  ASSERT_TRUE(text);
  EXPECT_EQ(Json::parse(*text)["rangeLimits"],
            Json::parse(R"([{"measure": "knee_flexion", "side": null, "min": null, "max": 85}])"));
  // The target of the example lies at 80 degrees.
  plan["extension"].back()["extension"][1]["valueQuantity"]["value"] = 75;
  const auto past = read(bundle);
  ASSERT_TRUE(past);
  EXPECT_THAT(past->exercises, IsEmpty());
  EXPECT_THAT(past->problems.front().text, HasSubstr("past the ceiling"));
  plan["extension"].back()["extension"][1]["valueQuantity"]["code"] = "%";
  EXPECT_FALSE(read(bundle)) << "what cannot be read might be a limit";
}

TEST(Programme, WhatWantsMoreWeightThanIsAllowedIsNotOffered) {
  Json bundle = example_with_exercise();
  bundle["entry"].push_back({{"resource", definition("squat")}});
  Json& request = resource(bundle, "ServiceRequest");
  request["instantiatesCanonical"][0] = "urn:reprise:exercise:squat";
  request.erase("extension");
  request.erase("bodySite");
  EXPECT_THAT(read(bundle)->exercises, SizeIs(1));
  resource(bundle, "CarePlan")["extension"].push_back(
      {{"url", "urn:reprise:weight-bearing"}, {"valueCode", "partial"}});
  const auto programme = read(bundle);
  ASSERT_TRUE(programme);
  EXPECT_THAT(programme->exercises, IsEmpty());
  EXPECT_THAT(programme->problems.front().text, HasSubstr("more weight on the leg"));
}

struct Refusal {
  const char* name;
  void (*change)(Json& request, Json& bundle);
  const char* because;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
  *out << refusal.name;
}

Json& ceiling_value(Json& request) {
  return extension(request, "urn:reprise:max-range")["extension"][1]["valueQuantity"];
}

class Refused : public ::testing::TestWithParam<Refusal> {};

TEST_P(Refused, ExerciseIsAProblemAndNotOffered) {
  Json bundle = example_with_exercise();
  GetParam().change(resource(bundle, "ServiceRequest"), bundle);
  const auto programme = read(bundle);
  ASSERT_TRUE(programme) << to_string(programme.error());
  EXPECT_THAT(programme->exercises, IsEmpty());
  ASSERT_THAT(programme->problems, SizeIs(1));
  EXPECT_EQ(programme->problems.front().request, "slide");
  EXPECT_THAT(programme->problems.front().text, HasSubstr(GetParam().because));
}

const std::vector<Refusal> kRefusals = {
    {"UnknownExercise",
     [](Json& r, Json&) { r["instantiatesCanonical"][0] = "urn:reprise:exercise:flying|1"; },
     "not in the record"},
    {"UnknownVersion",
     [](Json& r, Json&) { r["instantiatesCanonical"][0] = "urn:reprise:exercise:heel_slide|999"; },
     "not in the record"},
    {"TwoExercises",
     [](Json& r, Json&) { r["instantiatesCanonical"].push_back("urn:reprise:exercise:squat|1"); },
     "several exercises"},
    {"RetiredExercise", [](Json&, Json& b) { resource(b, "ActivityDefinition")["status"] = "retired"; },
     "not active"},
    {"NoSide", [](Json& r, Json&) { r.erase("bodySite"); }, "no side"},
    {"AnotherBodySite", [](Json& r, Json&) { r["bodySite"][0]["coding"][0]["code"] = "72696002"; },
     "no side"},
    {"BothSides",
     [](Json& r, Json&) {
       r["bodySite"].push_back(
           {{"coding", Json::array({Json{{"system", "http://snomed.info/sct"}, {"code", "24028007"}}})}});
     },
     "both sides"},
    {"CeilingOfAnotherMeasure",
     [](Json& r, Json&) {
       extension(r, "urn:reprise:max-range")["extension"][0]["valueCode"] = "hip_flexion";
     },
     "another measure"},
    {"CeilingInRadians", [](Json& r, Json&) { ceiling_value(r)["code"] = "rad"; }, "unit \"deg\""},
    {"CeilingWithoutUnit", [](Json& r, Json&) { ceiling_value(r).erase("code"); }, "unit \"deg\""},
    {"CeilingAsText", [](Json& r, Json&) { ceiling_value(r)["value"] = "90"; }, "no number"},
    {"CeilingWithComparator", [](Json& r, Json&) { ceiling_value(r)["comparator"] = "<"; }, "unit"},
    {"CeilingBeforeRest", [](Json& r, Json&) { ceiling_value(r)["value"] = 0; }, "rest position"},
    {"CeilingTwice",
     [](Json& r, Json&) { r["extension"].push_back(Json(extension(r, "urn:reprise:max-range"))); },
     "max-range cannot be read"},
    {"CeilingWithoutParts", [](Json& r, Json&) { extension(r, "urn:reprise:max-range").erase("extension"); },
     "max-range cannot be read"},
    {"TargetPastCeiling",
     [](Json& r, Json&) {
       extension(r, "urn:reprise:target")["extension"][1]["valueQuantity"]["value"] = 95;
     },
     "past the ceiling"},
    {"TargetBeforeRest",
     [](Json& r, Json&) {
       extension(r, "urn:reprise:target")["extension"][1]["valueQuantity"]["value"] = -5;
     },
     "rest position"},
    {"NoSets",
     [](Json& r, Json&) { extension(r, "urn:reprise:dosage")["extension"][0]["valuePositiveInt"] = 0; },
     "beyond its limits"},
    {"TooManyRepetitions",
     [](Json& r, Json&) { extension(r, "urn:reprise:dosage")["extension"][1]["valuePositiveInt"] = 51; },
     "beyond its limits"},
    {"RestInMinutes",
     [](Json& r, Json&) {
       extension(r, "urn:reprise:dosage")["extension"][2]["valueQuantity"]["code"] = "min";
     },
     "beyond its limits"},
    {"UnknownPart",
     [](Json& r, Json&) { extension(r, "urn:reprise:dosage")["extension"][0]["url"] = "tempo"; },
     "dosage cannot be read"},
    {"UnknownExtensionOfOurs",
     [](Json& r, Json&) {
       r["extension"].push_back({{"url", "urn:reprise:min-range"}, {"valueInteger", 1}});
     },
     "not understood"},
    {"ModifierExtension",
     [](Json& r, Json&) {
       r["modifierExtension"] = Json::array({Json{{"url", "urn:x:y"}, {"valueBoolean", true}}});
     },
     "modifierExtension"},
    {"DoNotPerform", [](Json& r, Json&) { r["doNotPerform"] = true; }, "not to be done"},
    {"EveryOtherWeek", [](Json& r, Json&) { r["occurrenceTiming"]["repeat"]["period"] = 2; }, "how often"},
    {"EightTimesAWeek", [](Json& r, Json&) { r["occurrenceTiming"]["repeat"]["frequency"] = 8; },
     "how often"},
    {"AnHourEach", [](Json& r, Json&) { r["occurrenceTiming"]["repeat"]["duration"] = 1; }, "how often"},
    {"OnOneDay", [](Json& r, Json&) { r["occurrenceDateTime"] = "2026-03-02"; }, "how often"},
    {"HelperUnclear",
     [](Json& r, Json&) {
       extension(r, "urn:reprise:support")["extension"][0] = {{"url", "helper"}};
     },
     "helper"},
    {"OfAnotherPatient", [](Json& r, Json&) { r["subject"]["reference"] = "Patient/other"; },
     "another patient"},
    {"Missing", [](Json& r, Json&) { r["id"] = "other"; }, "not requested"},
};

INSTANTIATE_TEST_SUITE_P(Programme, Refused, ::testing::ValuesIn(kRefusals),
                         [](const auto& one) { return std::string{one.param.name}; });

TEST(Programme, OneExerciseThatCannotBeReadKeepsNoOtherBack) {
  Json bundle = example_with_exercise();
  Json other = resource(bundle, "ServiceRequest");
  other["id"] = "other";
  other.erase("bodySite");
  bundle["entry"].push_back({{"resource", std::move(other)}});
  resource(bundle, "CarePlan")["activity"].push_back(
      {{"reference", {{"reference", "ServiceRequest/other"}}}});
  const auto programme = read(bundle);
  ASSERT_TRUE(programme);
  EXPECT_THAT(programme->exercises, SizeIs(1));
  EXPECT_THAT(programme->problems, SizeIs(1));
}

TEST(Programme, WhatIsNotActiveOrOnlyProposedIsNotThere) {
  for (const auto& [name, value] : {std::pair{"status", "on-hold"}, std::pair{"status", "revoked"},
                                    std::pair{"status", "draft"}, std::pair{"intent", "proposal"}}) {
    Json bundle = example_with_exercise();
    resource(bundle, "ServiceRequest")[name] = value;
    const auto programme = read(bundle);
    ASSERT_TRUE(programme);
    EXPECT_THAT(programme->exercises, IsEmpty()) << value;
    EXPECT_THAT(programme->problems, IsEmpty()) << value;
    bundle = example_with_exercise();
    resource(bundle, "CarePlan")[name] = value;
    const auto none = read(bundle);
    ASSERT_FALSE(none) << value;
    EXPECT_EQ(none.error().code, ErrorCode::not_found);
  }
}

TEST(Programme, IsOneAndReadableOrThereIsNone) {
  const auto refused = [](auto change) {
    Json bundle = example_with_exercise();
    change(bundle);
    const auto programme = read(bundle);
    return programme ? std::nullopt : std::optional{programme.error().code};
  };
  EXPECT_EQ(refused([](Json& b) {
              Json second = resource(b, "CarePlan");
              second["id"] = "second";
              b["entry"].push_back({{"resource", std::move(second)}});
            }),
            ErrorCode::conflict);
  EXPECT_EQ(refused([](Json& b) { resource(b, "CarePlan")["subject"]["reference"] = "Group/1"; }),
            ErrorCode::corrupt);
  EXPECT_EQ(refused([](Json& b) { resource(b, "Patient")["id"] = "other"; }), ErrorCode::invalid_argument);
  EXPECT_EQ(refused([](Json& b) { resource(b, "CarePlan")["modifierExtension"] = Json::array(); }),
            ErrorCode::corrupt);
  for (const Json& limit : {Json{-1}, Json{11}, Json{4.5}, Json{"5"}}) {
    EXPECT_EQ(refused([&](Json& b) {
                extension(resource(b, "CarePlan"),
                          "urn:reprise:pain-limits")["extension"][0]["valueInteger"] = limit;
              }),
              ErrorCode::corrupt)
        << limit;
  }
  const std::vector<std::string> no_json = {"<html>"};
  EXPECT_FALSE(read_programme(no_json));
  EXPECT_FALSE(read_programme({}));
}

TEST(Programme, ComesInSeveralAnswersInAnyOrder) {
  const Json bundle = example_with_exercise();
  std::vector<std::string> answers;
  for (const Json& entry : bundle["entry"]) answers.insert(answers.begin(), entry["resource"].dump());
  // As a batch's answer: Bundles inside a Bundle.
  const Json batch = {
      {"resourceType", "Bundle"},
      {"type", "batch-response"},
      {"entry", Json::array({Json{{"resource", bundle}}, Json{{"response", {{"status", "404"}}}}})}};
  answers.push_back(batch.dump());
  const auto programme = read_programme(answers);
  ASSERT_TRUE(programme) << to_string(programme.error());
  EXPECT_THAT(programme->exercises, SizeIs(1));
  Json changed = bundle["entry"][0]["resource"];
  changed["meta"]["versionId"] = "7";
  answers.push_back(changed.dump());
  const auto between = read_programme(answers);
  ASSERT_FALSE(between);
  EXPECT_EQ(between.error().code, ErrorCode::conflict);
}

TEST(Programme, WithoutAVersionTheNewestActiveExerciseCounts) {
  Json bundle = example_with_exercise();
  resource(bundle, "ServiceRequest")["instantiatesCanonical"][0] = "urn:reprise:exercise:heel_slide";
  Json newer = fhir::parse_resource(resource(bundle, "ActivityDefinition").dump()).value();
  auto defined = read_activity_definition(newer);
  ASSERT_TRUE(defined);
  const int version = defined->exercise.version + 9;
  const auto at = defined->json.find("\"version\": ");
  defined->json.replace(at, defined->json.find(',', at) - at, "\"version\": " + std::to_string(version));
  auto changed = activity_definition({"heel_slide.json", defined->json});
  ASSERT_TRUE(changed) << to_string(changed.error());
  (*changed)["id"] = "newer";
  bundle["entry"].push_back({{"resource", *changed}});
  auto programme = read(bundle);
  ASSERT_TRUE(programme);
  ASSERT_THAT(programme->exercises, SizeIs(1));
  EXPECT_EQ(programme->exercises.front().exercise.version, version);
  bundle["entry"].back()["resource"]["status"] = "draft";
  programme = read(bundle);
  ASSERT_TRUE(programme);
  ASSERT_THAT(programme->exercises, SizeIs(1));
  EXPECT_EQ(programme->exercises.front().exercise.version, version - 9);
}

TEST(Programme, RecordingIsKeptOnlyWithAnUnconditionalConsent) {
  const Json consent = {
      {"resourceType", "Consent"},
      {"id", "c"},
      {"status", "active"},
      {"category", Json::array({Json{{"coding", Json::array({Json{{"system", "urn:reprise:consent"},
                                                                  {"code", "movement-recording"}}})}}})},
      {"patient", {{"reference", "Patient/robin"}}},
      {"provision", {{"type", "permit"}}}};
  const auto consented = [&](auto change) {
    Json bundle = example_with_exercise();
    Json changed = consent;
    change(changed);
    bundle["entry"].push_back({{"resource", std::move(changed)}});
    const auto programme = read(bundle);
    return programme && programme->recording_consented == true;
  };
  EXPECT_TRUE(consented([](Json&) {}));
  EXPECT_FALSE(consented([](Json& c) { c["status"] = "inactive"; }));
  EXPECT_FALSE(consented([](Json& c) { c["provision"]["type"] = "deny"; }));
  EXPECT_FALSE(consented([](Json& c) { c["provision"]["period"] = {{"end", "2026-01-01"}}; }));
  EXPECT_FALSE(consented([](Json& c) { c["patient"]["reference"] = "Patient/other"; }));
  EXPECT_FALSE(consented([](Json& c) { c.erase("provision"); }));
}

// Patient findings 1 and 4: an exercise on hold must not be started, and one function decides it for all.
TEST(Programme, AHoldKeepsItsExerciseOrAllFromBeingStarted) {
  Json bundle = example_with_exercise();
  const auto with_flag = [&](const Json& hold) {
    Json flag = {{"resourceType", "Flag"},
                 {"id", "flag"},
                 {"status", "active"},
                 {"code", fhir::codeable(fhir::kFlag, "pain-over-limit", "pain")},
                 {"subject", {{"reference", "Patient/robin"}}},
                 {"extension", Json::array({hold})}};
    Json with = bundle;
    with["entry"].push_back({{"resource", std::move(flag)}});
    return read(with);
  };
  EXPECT_FALSE(read(bundle)->exercises.front().held);
  Hold hold;
  hold.recorded = "2026-03-02T10:00:00Z";
  hold.pain = 8;
  const auto all = with_flag(hold_extension(hold));
  ASSERT_TRUE(all) << to_string(all.error());
  EXPECT_TRUE(all->exercises.front().held);
  hold.exercise = "slide";
  EXPECT_TRUE(with_flag(hold_extension(hold))->exercises.front().held);
  hold.exercise = "another";
  EXPECT_FALSE(with_flag(hold_extension(hold))->exercises.front().held);
  // A set that is asked for once, of the same exercise on the same side, is on hold with it.
  Json again = resource(bundle, "ServiceRequest");
  again["id"] = "once";
  bundle["entry"].push_back({{"resource", again}});
  resource(bundle, "CarePlan")["activity"].push_back({{"reference", {{"reference", "ServiceRequest/once"}}}});
  hold.exercise = "slide";
  const auto both = with_flag(hold_extension(hold));
  ASSERT_THAT(both->exercises, SizeIs(2));
  EXPECT_TRUE(both->exercises.back().held);
}

TEST(Programme, ThePageGetsItAsItsTypeSays) {
  const std::vector<std::string> answers = {example_with_exercise().dump()};
  const auto text = programme_text(answers);
  ASSERT_TRUE(text);
  const Json page = Json::parse(*text);
  EXPECT_EQ(page["limits"], (Json{{"painStop", 4}, {"painRise", 1}}));
  EXPECT_EQ(page["period"], (Json{{"start", "2026-03-02"}, {"end", nullptr}}));
  EXPECT_EQ(page["clinic"], (Json{{"name", "Clinic"}, {"phone", "+1 23"}}));
  const Json& slide = page["exercises"][0];
  EXPECT_EQ(slide["side"], "left");
  EXPECT_EQ(slide["ceiling"], 90);
  EXPECT_EQ(slide["hold_s"], nullptr);
  EXPECT_EQ(slide["personalBests"], false);
}

}  // namespace
}  // namespace reprise::care
