// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_draft.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "care/plan/exercise_definition.h"
#include "care/plan/load_limit.h"
#include "care/plan/programme.h"
#include "care/plan/programme_draft_text.h"
#include "care/plan/programme_writing.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kCases = std::filesystem::path(REPRISE_SOURCE_DIR) / "care/plan/programme_drafts";

Json case_called(const std::string& name) {
  std::ifstream in(kCases / (name + ".json"));
  EXPECT_TRUE(in) << name;
  return Json::parse(in);
}

// Compares regardless of the order of fields.
nlohmann::json unordered(const Json& json) {
  return nlohmann::json::parse(json.dump());
}

Json sent(const Json& writing) {
  const auto text = programme_bundle_text(writing.dump());
  EXPECT_TRUE(text) << to_string(text.error());
  return text ? Json::parse(*text) : Json{};
}

Json read_again(const Json& reading) {
  const auto text = programme_draft_text(reading.dump());
  EXPECT_TRUE(text) << to_string(text.error());
  return text ? Json::parse(*text) : Json{};
}

Json& entry_of(Json& bundle, std::string_view address) {
  for (Json& entry : bundle["entry"]) {
    if (json::text_of(entry["request"], "url") == address) return entry;
  }
  throw std::runtime_error("no such entry: " + std::string{address});
}

const Json* extension(const Json& resource, std::string_view url) {
  const auto found = fhir::extensions(resource, url);
  return found.empty() ? nullptr : found.front();
}

/// The record after a transaction, as far as drafts look at it.
Json stored(const Json& writing, const Json& bundle) {
  Json reading = writing;
  Json requests = Json::array();
  std::map<std::string, std::string> ids;
  for (const Json& entry : bundle["entry"]) {
    Json resource = entry["resource"];
    const std::string url = entry["request"]["url"];
    const std::string type = resource["resourceType"];
    if (!resource.contains("id")) {
      resource["id"] = "made-" + std::to_string(ids.size());
      ids[entry["fullUrl"]] = type + "/" + resource["id"].get<std::string>();
    }
    resource["meta"]["versionId"] = "2";
    if (type == "CarePlan") {
      reading["plan"] = resource;
    } else {
      requests.push_back(resource);
    }
  }
  for (const Json& before : writing["requests"]) {
    const bool replaced = std::any_of(requests.begin(), requests.end(),
                                      [&](const Json& one) { return one["id"] == before["id"]; });
    if (!replaced) requests.push_back(before);
  }
  for (Json& activity : reading["plan"]["activity"]) {
    if (!activity.contains("reference")) continue;
    const auto id = ids.find(activity["reference"]["reference"].get<std::string>());
    if (id != ids.end()) activity["reference"]["reference"] = id->second;
  }
  reading["requests"] = std::move(requests);
  reading["start"] = "2020-01-01";
  reading["affected"] = nullptr;
  return reading;
}

class ProgrammeDrafts : public ::testing::TestWithParam<const char*> {};

TEST_P(ProgrammeDrafts, AreReadAndWrittenAsInTheKeptCases) {
  const Json kept = case_called(GetParam());
  EXPECT_EQ(unordered(read_again(kept["reading"])["draft"]), unordered(kept["read"]));
  EXPECT_EQ(unordered(sent(kept["writing"])), unordered(kept["written"]));
}

TEST_P(ProgrammeDrafts, AreTheSameWhenReadAgain) {
  const Json kept = case_called(GetParam());
  const Json& writing = kept["writing"];
  Json expected = writing["draft"];
  const Json again = read_again(stored(writing, sent(writing)));
  const Json& draft = again["draft"];
  // White space around texts is not kept; an exercise without its file is not written.
  for (const char* text : {"title", "note"}) expected[text] = draft[text];
  ASSERT_EQ(draft["items"].size(), expected["items"].size());
  for (std::size_t i = 0; i < draft["items"].size(); ++i) {
    Json& item = expected["items"][i];
    for (const char* text : {"support", "instruction"}) item[text] = draft["items"][i][text];
    if (item["fresh"] == true) item["key"] = draft["items"][i]["key"];
    item["fresh"] = false;
    if (item["exercise"] == "unheard_of") item = draft["items"][i];
  }
  EXPECT_EQ(unordered(draft), unordered(expected));
}

TEST_P(ProgrammeDrafts, AreValidFhir) {
  const Json bundle = sent(case_called(GetParam())["writing"]);
  for (const Json& entry : bundle["entry"]) {
    Json resource = entry["resource"];
    const auto parsed = fhir::parse_resource(resource.dump());
    ASSERT_TRUE(parsed) << to_string(parsed.error());
    EXPECT_THAT(fhir::validate(*parsed), IsEmpty()) << resource.dump(1);
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, ProgrammeDrafts,
                         ::testing::Values("first", "changed", "elsewhere", "exercise_gone"),
                         [](const auto& one) { return std::string{one.param}; });

TEST(ProgrammeDraft, WritesNothingAnewThatTheDraftDoesNotChange) {
  Json writing = case_called("elsewhere")["writing"];
  Json& plan = writing["plan"];
  plan["period"]["start"] = "2026-03-02T08:00:00Z";
  plan["note"] =
      Json::parse(R"([{"text": "One note.", "time": "2026-03-01", "authorString": "Lee"}, {"text": "Two"}])");
  plan["activity"][2]["progress"] = Json::parse(R"([{"text": "going well"}])");
  plan["extension"].push_back(Json::parse(
      R"({"url": "urn:reprise:range-limit", "extension": [{"url": "measure", "valueCode": "knee_flexion"},
          {"url": "max", "valueQuantity": {"value": 100, "system": "http://unitsofmeasure.org", "code": "deg"}},
          {"url": "later", "valueCode": "unknown"}]})"));
  Json& squat = writing["requests"][0];
  squat["instantiatesCanonical"].push_back("https://example.org/protocol");
  squat["code"] =
      Json::parse(R"({"coding": [{"system": "https://example.org", "code": "sq"}], "text": "Squats"})");
  squat["bodySite"] =
      Json::parse(R"([{"coding": [{"system": "http://snomed.info/sct", "code": "72696002"}]}])");
  Json bundle = sent(writing);
  const Json& next = entry_of(bundle, "CarePlan/p")["resource"];
  EXPECT_EQ(next["period"], plan["period"]);
  EXPECT_EQ(next["note"], plan["note"]);
  EXPECT_EQ(next["activity"][0], plan["activity"][2]) << "moved, with its progress";
  EXPECT_EQ(*extension(next, fhir::kRangeLimit), plan["extension"].back()) << "with the part that is unknown";
  const Json& request = entry_of(bundle, "ServiceRequest/a")["resource"];
  EXPECT_THAT(request["instantiatesCanonical"],
              ElementsAre("urn:reprise:exercise:squat|1", "https://example.org/protocol"));
  EXPECT_EQ(request["code"]["coding"][1], squat["code"]["coding"][0]);
  EXPECT_EQ(request["bodySite"], squat["bodySite"]);
  EXPECT_EQ(request["occurrenceTiming"], squat["occurrenceTiming"]);
  writing["draft"]["note"] = "Another.";
  bundle = sent(writing);
  EXPECT_EQ(entry_of(bundle, "CarePlan/p")["resource"]["note"],
            Json::parse(R"([{"text":"Another."},{"text":"Two"}])"));
}

// SAFETY: what cannot be read stays unreadable for the patient's app until a clinician writes it anew.
TEST(ProgrammeDraft, DoesNotMakeAnUnreadablePartReadable) {
  Json writing = case_called("changed")["writing"];
  Json& slide = writing["requests"][1];
  ASSERT_EQ(slide["code"]["coding"][0]["code"], "heel_slide");
  Json& ceiling = const_cast<Json&>(*extension(slide, fhir::kMaxRange));
  ceiling["extension"][0]["valueCode"] = "hip_flexion";
  Json& item = writing["draft"]["items"][2];
  ASSERT_EQ(item["exercise"], "heel_slide");
  item["ceiling"] = 90;
  Json bundle = sent(writing);
  const std::string address = "ServiceRequest/" + slide["id"].get<std::string>();
  EXPECT_EQ(*extension(entry_of(bundle, address)["resource"], fhir::kMaxRange), ceiling);
  item["ceiling"] = 85;
  bundle = sent(writing);
  EXPECT_EQ((*extension(entry_of(bundle, address)["resource"], fhir::kMaxRange))["extension"][0]["valueCode"],
            "knee_flexion");
}

Json with_load_limit(Json writing, const Json& limit, const char* bearing) {
  Json& plan = writing["plan"];
  Json extensions = Json::array({limit, Json{{"url", fhir::kWeightBearing}, {"valueCode", bearing}},
                                 Json{{"url", fhir::kAffectedSide}, {"valueCode", "left"}}});
  for (const Json& one : json::list_of(plan, "extension")) {
    const std::string_view url = json::text_of(one, "url");
    if (url != fhir::kWeightBearing && url != fhir::kAffectedSide) extensions.push_back(one);
  }
  plan["extension"] = std::move(extensions);
  return writing;
}

/// The draft that a page reads from `writing`, to be written again.
Json as_read(Json writing) {
  Json reading = writing;
  reading["start"] = "2026-03-02";
  reading["affected"] = nullptr;
  writing["draft"] = read_again(reading)["draft"];
  return writing;
}

std::vector<Json> unreadable_load_limits() {
  const Json limit = load_limit_extension({20, LoadUnit::kg, 80, true});
  std::vector<Json> all(4, limit);
  all[0]["extension"][0]["valueQuantity"]["code"] = "[lb_av]";
  all[1]["extension"][1]["valueQuantity"]["code"] = "g";
  all[2]["extension"].erase(1);
  all[3]["extension"].push_back(limit["extension"][0]);
  return all;
}

// SAFETY: a limit that cannot be read neither vanishes unseen nor stays where nothing can remove it.
TEST(ProgrammeDraft, ShowsALoadLimitThatCannotBeReadAndWritesItUntilItIsRemoved) {
  const Json before = case_called("changed")["writing"];
  for (const Json& limit : unreadable_load_limits()) {
    Json writing = as_read(with_load_limit(before, limit, "partial"));
    Json& draft = writing["draft"];
    EXPECT_EQ(draft["loadLimit"], nullptr) << limit.dump();
    EXPECT_EQ(draft["loadLimitUnread"], true) << limit.dump();
    const auto written = [&] {
      Json bundle = sent(writing);
      const Json& plan = entry_of(bundle, "CarePlan/" + writing["plan"]["id"].get<std::string>())["resource"];
      const Json* one = extension(plan, fhir::kLoadLimit);
      return one == nullptr ? Json{} : *one;
    };
    draft["note"] = "Another.";
    EXPECT_EQ(written(), limit) << "the patient's app goes on to refuse it";
    draft["loadLimitUnread"] = false;
    EXPECT_EQ(written(), nullptr) << "removed";
    draft["loadLimit"] = {{"amount", 15}, {"unit", "kg"}, {"bodyMass_kg", 80}, {"helper", true}};
    EXPECT_EQ(written(), load_limit_extension({15, LoadUnit::kg, 80, true}));
    draft["loadLimit"] = nullptr;
    draft["loadLimitUnread"] = true;
    for (const char* bearing : {"none", "full"}) {
      draft["bearing"] = bearing;
      EXPECT_EQ(written(), nullptr) << bearing;
    }
  }
}

TEST(ProgrammeDraft, ShowsALoadLimitWithoutPartialWeightBearing) {
  const Json limit = load_limit_extension({20, LoadUnit::kg, 80, true});
  Json writing = as_read(with_load_limit(case_called("changed")["writing"], limit, "full"));
  EXPECT_EQ(writing["draft"]["loadLimit"], nullptr);
  EXPECT_EQ(writing["draft"]["loadLimitUnread"], true);
  Json bundle = sent(writing);
  const Json& plan = entry_of(bundle, "CarePlan/" + writing["plan"]["id"].get<std::string>())["resource"];
  EXPECT_EQ(extension(plan, fhir::kLoadLimit), nullptr);
}

TEST(ProgrammeDraft, WritesNoLoadLimitThatCannotBeFollowed) {
  Json writing = case_called("first")["writing"];
  const auto refused = [&](const char* field, double value) {
    Json changed = writing;
    changed["draft"]["loadLimit"][field] = value;
    const auto text = programme_bundle_text(changed.dump());
    EXPECT_FALSE(text) << field << " " << value;
    return text ? std::string{} : to_string(text.error());
  };
  for (const auto& [field, value] : {std::pair{"amount", -5.0}, {"amount", 0.0}, {"bodyMass_kg", 0.0}}) {
    const std::string why = refused(field, value);
    EXPECT_THAT(why, HasSubstr("writing a programme"));
    EXPECT_THAT(why, HasSubstr("draft.loadLimit: "));
    EXPECT_THAT(why, HasSubstr("correct it, or leave it out"));
  }
}

TEST(ProgrammeDraft, ShowsTheExercisesOwnDoseForOneThatIsUnreadable) {
  Json reading = case_called("elsewhere")["reading"];
  Json& squat = reading["requests"][0];
  squat["extension"].push_back(Json::parse(
      R"({"url": "urn:reprise:dosage", "extension": [{"url": "sets", "valuePositiveInt": 2},
          {"url": "rest", "valueQuantity": {"value": 1, "system": "http://unitsofmeasure.org", "code": "min"}}]})"));
  const Json item = read_again(reading)["draft"]["items"][0];
  EXPECT_EQ(item["sets"], 3);
  EXPECT_EQ(item["rest"], 60) << "a minute is not a second";
  EXPECT_EQ(item["days"], 2);
}

TEST(ProgrammeDraft, RecognizesWhatItSent) {
  const Json writing = case_called("first")["writing"];
  const Json reading = stored(writing, sent(writing));
  const Json known = read_again(reading)["sent"];
  ASSERT_THAT(known, SizeIs(4));
  for (const Json& item : writing["draft"]["items"]) {
    const std::string id = known[item["key"].get<std::string>()];
    EXPECT_TRUE(std::any_of(reading["requests"].begin(), reading["requests"].end(), [&](const Json& one) {
      return one["id"] == id && one["instantiatesCanonical"][0] == item["canonical"];
    })) << id;
  }
}

TEST(ProgrammeDraft, IsReadAsThePatientsAppWouldReadIt) {
  Json writing = case_called("changed")["writing"];
  Json definitions = {{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", Json::array()}};
  for (const char* id : {"heel_slide", "heel_raise", "bridge", "squat"}) {
    Json definition =
        activity_definition(*exercises::read_catalog_file(shipped_folder() / (std::string{id} + ".json")))
            .value();
    definition["id"] = "d" + std::to_string(definitions["entry"].size());
    definitions["entry"].push_back({{"resource", definition}});
  }
  const std::vector<std::string> answers = {definitions.dump(), R"({"resourceType":"Patient","id":"robin"})"};
  const auto read = [&] {
    const auto text = drafted_programme_text(writing.dump(), answers);
    EXPECT_TRUE(text) << to_string(text.error());
    return text ? Json::parse(*text) : Json{};
  };
  const Json programme = read();
  EXPECT_EQ(programme["exercises"].size() + programme["problems"].size(), 4U);
  ASSERT_THAT(programme["exercises"], SizeIs(3));
  EXPECT_EQ(programme["problems"][0]["request"], writing["draft"]["items"][0]["key"]) << "a raise by one leg";
  writing["draft"]["items"][2]["sets"] = 99;
  EXPECT_THAT(read()["problems"], SizeIs(2));
  EXPECT_FALSE(drafted_programme_text(writing.dump(), {})) << "the patient is missing";
}

TEST(ProgrammeDraft, RefusesWhatIsNotAsItsTypeSays) {
  const Json writing = case_called("first")["writing"];
  const auto refused = [&](const char* pointer, const Json& instead) {
    Json changed = writing;
    changed[Json::json_pointer(pointer)] = instead;
    const auto text = programme_bundle_text(changed.dump());
    EXPECT_TRUE(text || text.error().code == ErrorCode::invalid_argument);
    return text ? std::string{"taken"} : text.error().cause;
  };
  EXPECT_THAT(refused("/draft/items/0/sets", 2.5), HasSubstr("draft.items[0].sets"));
  EXPECT_THAT(refused("/draft/items/0/side", "up"), HasSubstr("draft.items[0].side"));
  EXPECT_THAT(refused("/draft/limits/0/side", "both"), HasSubstr("draft.limits[0].side"));
  EXPECT_THAT(refused("/requests", Json::array({1})), HasSubstr("requests"));
  EXPECT_THAT(refused("/plan", "no"), HasSubstr("plan"));
  EXPECT_THAT(refused("/planId", "x"), HasSubstr("planId"));
  EXPECT_FALSE(programme_draft_text("[]"));
}

}  // namespace
}  // namespace reprise::care
