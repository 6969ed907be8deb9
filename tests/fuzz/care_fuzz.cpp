// SPDX-License-Identifier: Apache-2.0
// Hostile answers of a record, and hostile texts of a page. An exercise is never offered without the ceiling
// that its request has, no session aims at a heart rate that does not show the effort, and every generated
// resource is valid FHIR.
//
// The first byte says what the rest is: 'p', 's', 'a', 'c', 'f', 'd', 'w', 'o': a programme, a set, answers,
// a consent, facts, a programme to edit, an edited one, tests of function; the capital letter: a list of
// changes to a clean one, three bytes each (which value, two bytes; what instead).

#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "care/outcome/function_scores.h"
#include "care/outcome/set_text.h"
#include "care/plan/exercise_definition.h"
#include "care/plan/programme.h"
#include "care/plan/programme_draft_text.h"
#include "care/plan/programme_text.h"
#include "care/safety/questionnaire_response_text.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"
#include "session/exercise_facts.h"

namespace {

using namespace reprise;

std::string file_text(const std::string& name) {
  std::ifstream in(std::string{REPRISE_SOURCE_DIR} + "/" + name);
  return (std::ostringstream{} << in.rdbuf()).str();
}

const std::string& slide() {
  static const std::string kFile = file_text("catalog/exercises/heel_slide.json");
  return kFile;
}

// What a record answers beside the Bundle that is changed.
const std::string& definition() {
  static const std::string kDefinition = [] {
    auto resource = care::activity_definition({"heel_slide.json", slide()}).value();
    resource["id"] = "definition";
    return resource.dump();
  }();
  return kDefinition;
}

Json programme() {
  const std::string page = file_text("docs/reference/programme.md");
  const auto begin = page.find("```json\n") + 8;
  Json bundle = Json::parse(page.substr(begin, page.find("```", begin) - begin));
  for (Json& entry : bundle["entry"]) {
    if (entry["resource"].contains("instantiatesCanonical"))
      entry["resource"]["instantiatesCanonical"][0] = "urn:reprise:exercise:heel_slide";
  }
  // By which the questionnaire of its CarePlan is due again.
  bundle["entry"].push_back({{"resource",
                              {{"resourceType", "QuestionnaireResponse"},
                               {"id", "answered"},
                               {"status", "completed"},
                               {"questionnaire", "urn:reprise:questionnaire:how-was-your-week|1"},
                               {"subject", {{"reference", "Patient/robin"}}},
                               {"authored", "2026-03-04T10:00:00Z"}}}});
  return bundle;
}

// What the page hands over to read and to write a programme.
Json drafted(const char* part) {
  return Json::parse(file_text("care/plan/programme_drafts/changed.json")).at(part);
}

// The answers of a record to a question about tests of function.
Json tests_of_function() {
  const auto observation = [](int number, const char* day, const char* kind, const char* measure,
                              Json value) {
    Json o = Json::parse(R"json({"resourceType": "Observation", "status": "final",
      "component": [{"code": {"coding": [{"system": "urn:reprise:observation", "code": "uncertainty"}]},
        "valueQuantity": {"value": 0.2, "code": "s"}}]})json");
    o["id"] = "o" + std::to_string(number);
    o["identifier"][0] = {{"system", fhir::kSession}, {"value", "urn:uuid:" + std::string{day}}};
    o["category"][0] = fhir::codeable(fhir::kMeasurement, kind, kind);
    o["code"] = fhir::codeable(fhir::kSignalMeasure, measure, measure);
    o["effectivePeriod"] = {{"start", std::string{day} + "T10:00:00Z"}};
    o["valueQuantity"] = std::move(value);
    return o;
  };
  Json bundle = Json::parse(R"json({"resourceType": "Bundle", "type": "searchset", "entry": []})json");
  int number = 0;
  for (const char* day : {"2026-03-02", "2026-04-02"}) {
    for (Json& one : std::vector{
             observation(++number, day, "timed_up_and_go", "test_time", {{"value", 12.5}, {"code", "s"}}),
             observation(++number, day, "walk_test", "test_time", {{"value", 360}, {"code", "s"}}),
             observation(++number, day, "walk_test", "walking_distance", {{"value", 400}, {"code", "m"}})})
      bundle["entry"].push_back({{"resource", std::move(one)}});
  }
  return bundle;
}

constexpr std::size_t kKinds = 8;

const std::array<Json, kKinds>& clean() {
  static const std::array<Json, kKinds> kClean = {
      programme(),
      Json::parse(
          R"json({"id": "0b8e2a60-7c1f-4f6e-8d7a-000000000001", "session": "0b8e2a60-7c1f-4f6e-8d7a-0000000000ff",
        "patient": "robin", "simulated": false,
        "exercise": {"request": "r", "json": null, "side": "left", "ceiling": 90},
        "start": "2026-03-02T10:00:00Z", "end": "2026-03-02T10:01:00Z", "stopped": "pain",
        "byHand": {"repetitions": 3, "held_s": 4.5}, "pain": [{"when": "after", "value": 2}],
        "effort": 3, "note": "a"})json"),
      Json::parse(
          R"json({"id": "0b8e2a60-7c1f-4f6e-8d7a-000000000002", "session": null, "patient": "robin", "programme": "p",
        "questionnaire": "urn:reprise:questionnaire:red-flags|1", "authored": "2026-03-02T10:00:00Z", "simulated": true,
        "answers": [{"question": "calf", "value": true}, {"question": "pain-after", "value": 3},
          {"question": "x", "value": 0.5}, {"question": "comment", "value": "a"}]})json"),
      Json::parse(
          R"json({"id": "0b8e2a60-7c1f-4f6e-8d7a-000000000003", "patient": "robin", "kind": "movement_recording",
        "permits": true, "when": "2026-03-02T10:00:00Z", "language": "de", "words": "Ja", "simulated": false})json"),
      Json::parse(
          R"json({"limits": {"painStop": 5, "painRise": 2}, "redFlags": {"calf": true}, "pain": 3, "painBefore": 2,
        "support": {"needed": true, "inReach": false}, "helper": {"needed": true, "present": null},
        "settled": true})json"),
      drafted("reading"),
      drafted("writing"),
      tests_of_function()};
  return kClean;
}

Json changed(const Json& clean_one, std::span<const std::uint8_t> changes) {
  static const std::array<Json, 16> kInstead = {nullptr,
                                                true,
                                                0,
                                                -1,
                                                0.5,
                                                1e9,
                                                "",
                                                "a",
                                                "\u0001 ",
                                                "deg",
                                                "2026",
                                                "Patient/other",
                                                Json::array(),
                                                Json::array({nullptr}),
                                                Json::object(),
                                                Json::array({Json::object()})};
  std::vector<std::string> pointers;
  const Json flat = clean_one.flatten();
  for (const auto& item : flat.items()) {
    for (Json::json_pointer at(item.key()); !at.empty(); at = at.parent_pointer())
      pointers.push_back(at.to_string());
  }
  Json text = clean_one;
  for (std::size_t i = 0; i + 2 < changes.size() && i < 30; i += 3) {
    const Json::json_pointer at(pointers[(changes[i] * 256U + changes[i + 1]) % pointers.size()]);
    if (!text.contains(at)) continue;
    Json& parent = text[at.parent_pointer()];
    const Json value = text[at];
    if (changes[i + 2] >= 0xF0 && parent.is_object()) {
      parent.erase(at.back());
    } else if (changes[i + 2] >= 0xD0) {
      text[at] = Json::array({value, value});
    } else {
      text[at] = kInstead[changes[i + 2] % kInstead.size()];
    }
  }
  return text;
}

// The ServiceRequests of a text that was read, by whatever way they are in it.
void find_requests(const Json& json, std::string_view id, std::vector<const Json*>& found) {
  if (json::text_of(json, "resourceType") == "ServiceRequest" && json::text_of(json, "id") == id)
    found.push_back(&json);
  for (const Json& part : json) {
    if (part.is_structured()) find_requests(part, id, found);
  }
}

void read_programme(const std::string& text) {
  const std::vector<std::string> answers = {text, definition()};
  const auto programme = care::read_programme(answers);
  if (!programme || !care::programme_text(answers)) return;
  const auto json = fhir::parse_resource(text).value();
  for (const auto& prescribed : programme->exercises) {
    std::vector<const Json*> requests;
    find_requests(json, prescribed.request, requests);
    for (const Json* request : requests) {
      // One of several with the same id counts.
      if (requests.size() == 1 && !fhir::extensions(*request, fhir::kMaxRange).empty() && !prescribed.ceiling)
        std::abort();
    }
    if (prescribed.ceiling && prescribed.personal_bests) std::abort();
    if (prescribed.exercise.definition.sided && !prescribed.side && !prescribed.exercise.sides.both)
      std::abort();
  }
  for (const care::EnduranceRequest& asked : programme->endurance) {
    if (asked.problem.empty() && asked.heart_rate && asked.response != "normal") std::abort();
  }
  for (const care::BalanceRequest& asked : programme->balance) {
    if (asked.problem.empty() && asked.due_level.level >= care::released_levels(asked.levels)) std::abort();
  }
}

void check_bundle(const Result<std::string>& made) {
  if (made && !fhir::validate(fhir::parse_resource(*made).value()).empty()) std::abort();
}

// A set that the page ends: counted by hand, or by the camera.
void check_set(const std::string& text) {
  check_bundle(care::set_bundle_text(text));
  static const exercises::CatalogExercise kSlide = [] {
    std::vector<json::Problem> problems;
    return exercises::parse_exercise({"heel_slide.json", slide()}, problems).value();
  }();
  session::SessionDocument document;
  document.exercise.definition = kSlide.definition;
  document.exercise.facts = session::facts_of(kSlide);
  document.exercise.prescribed_side = engine::Side::left;
  document.exercise.ceiling = Radians{Degrees{90}}.value();
  document.exercise.summary.repetitions_complete = 3;
  check_bundle(care::set_bundle_text(text, kSlide, document));
}

// A programme that the page writes: its transaction is JSON, whatever the record's resources hold.
void check_writing(const std::string& text) {
  if (const auto made = care::programme_bundle_text(text); made && !Json::accept(*made)) std::abort();
  (void)care::drafted_programme_text(text, std::vector{definition()});
}

// A verdict needs two results and a source.
void check_scores(const std::string& text) {
  const auto made = care::function_scores_text(std::vector{text});
  if (!made) return;
  Json scores = Json::parse(*made);
  for (const Json& score : scores["tests"]) {
    const Json& change = score["change"];
    if (change.is_null() != (score["points"].size() < 2)) std::abort();
    if (!change.is_null() && change["verdict"] != "unknown" && change["source"].is_null()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view kWhat = "psacfdwoPSACFDWO";
  const auto what = kWhat.find(static_cast<char>(data[0]));
  if (what == std::string_view::npos) return 0;
  std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (what >= kKinds) {
    Json made = changed(clean()[what - kKinds], {data + 1, size - 1});
    // The exercise's file is out of scope here.
    if (what == kKinds + 1 && made.contains("/exercise/json"_json_pointer))
      made["exercise"]["json"] = slide();
    text = made.dump();
  }
  switch (what % kKinds) {
    case 0: read_programme(text); break;
    case 1: check_set(text); break;
    case 2: check_bundle(care::answers_bundle_text(text)); break;
    case 3: check_bundle(care::consent_bundle_text(text)); break;
    case 4: (void)care::safety_text(text); break;
    case 5: (void)care::programme_draft_text(text); break;
    case 6: check_writing(text); break;
    default: check_scores(text);
  }
  return 0;
}
