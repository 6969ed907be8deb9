// SPDX-License-Identifier: Apache-2.0
#include "care/billing/read_facts.h"
#include "base/time.h"

#include <gmock/gmock.h>

#include "care/billing/page_text.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"
#include "tests/support/billing_rules.h"

namespace reprise::care::billing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The example of docs/clinician/remote-monitoring.md.
std::string example() {
  const std::string page = file_of("docs/clinician/remote-monitoring.md");
  const auto begin = page.find("```json\n") + 8;
  return page.substr(begin, page.find("```", begin) - begin);
}

Facts facts_of(const Json& bundle) {
  const std::vector<std::string> answers = {bundle.dump()};
  return facts_in(fhir::AnswerIndex::of(answers).value(), "robin", Zone::of({{0, -300}}).value());
}

Json bundle_of(std::vector<Json> resources) {
  Json bundle = {{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", Json::array()}};
  for (Json& one : resources) bundle["entry"].push_back({{"resource", std::move(one)}});
  return bundle;
}

Json measured(const std::string& id, const std::string& when) {
  return {{"resourceType", "Observation"},
          {"id", id},
          {"status", "final"},
          {"code",
           {{"coding", Json::array({Json{{"system", "urn:reprise:observation"}, {"code", "repetitions"}}})}}},
          {"subject", {{"reference", "Patient/robin"}}},
          {"effectiveDateTime", when}};
}

TEST(MonitoringRecord, ReadsTheExampleOfTheDocumentation) {
  const Json bundle = Json::parse(example());
  EXPECT_TRUE(fhir::validate(bundle).empty());
  const Facts facts = facts_of(bundle);
  EXPECT_THAT(facts.uncounted, IsEmpty());
  ASSERT_THAT(facts.episodes, SizeIs(1));
  EXPECT_EQ(day_text(facts.episodes[0].from), "2026-03-02");
  EXPECT_EQ(facts.episodes[0].set_up->evidence, "Procedure/set-up");
  ASSERT_THAT(facts.data, SizeIs(2));
  EXPECT_EQ(day_text(facts.data[0].day), "2026-03-03");
  ASSERT_THAT(facts.times, SizeIs(2));
  EXPECT_EQ(facts.times[0].evidence, "Task/review");
  EXPECT_EQ(facts.times[0].end_ms - facts.times[0].start_ms, 14 * 60'000);
  ASSERT_THAT(facts.interactions, SizeIs(1));
  EXPECT_EQ(facts.interactions[0].way, ContactMode::phone);
  EXPECT_EQ(day_text(facts.device->since), "2026-01-15");
  ASSERT_THAT(facts.others, SizeIs(1));
  ASSERT_THAT(facts.claimed, SizeIs(1));
  EXPECT_EQ(facts.claimed[0].practitioner, "lee");
  EXPECT_TRUE(facts.simulated);
}

TEST(MonitoringRecord, CountsADayByTheClockByWhichItWasWritten) {
  // 23:30 in New York and half past midnight in Berlin an hour and a half before: two days, as each was
  // lived.
  const Facts facts = facts_of(
      bundle_of({measured("a", "2026-03-14T23:30:00-05:00"), measured("b", "2026-03-15T00:30:00+01:00"),
                 measured("c", "2026-03-15T02:00:00Z"), measured("d", "2026-03-20")}));
  ASSERT_THAT(facts.data, SizeIs(4));
  EXPECT_EQ(day_text(facts.data[0].day), "2026-03-14");
  EXPECT_EQ(day_text(facts.data[1].day), "2026-03-15");
  EXPECT_EQ(day_text(facts.data[2].day),
            "2026-03-14");  // UTC tells no local day: the clinic's counts, five hours behind
  EXPECT_EQ(day_text(facts.data[3].day), "2026-03-20");
}

TEST(MonitoringRecord, LeavesOutWhatAWrongClockWrote) {
  Json ahead = measured("ahead", "2026-05-01T10:00:00Z");
  ahead["meta"]["lastUpdated"] = "2026-03-01T10:00:00Z";
  Json late = measured("late", "2026-02-01T10:00:00Z");  // sent when there was a network again
  late["meta"]["lastUpdated"] = "2026-03-01T10:00:00Z";
  const Facts facts = facts_of(bundle_of({ahead, late}));
  ASSERT_THAT(facts.data, SizeIs(1));
  EXPECT_EQ(facts.data[0].evidence, "Observation/late");
  ASSERT_THAT(facts.uncounted, SizeIs(1));
  EXPECT_EQ(facts.uncounted[0].why, Uncounted::Why::day_to_come);
}

TEST(MonitoringRecord, CountsOnlyWhatThePatientSent) {
  Json clinician = measured("clinician", "2026-03-01");
  clinician["performer"] = Json::array({Json{{"reference", "Practitioner/kim"}}});
  Json wrong = measured("wrong", "2026-03-02");
  wrong["status"] = "entered-in-error";
  Json foreign = measured("foreign", "2026-03-03");
  foreign["code"]["coding"][0]["system"] = "http://loinc.org";
  Json other = measured("other", "2026-03-04");
  other["subject"]["reference"] = "Patient/other";
  Json own = measured("own", "2026-03-05");
  own["performer"] = Json::array({Json{{"reference", "Patient/robin"}}});
  const Facts facts = facts_of(bundle_of({clinician, wrong, foreign, other, own}));
  ASSERT_THAT(facts.data, SizeIs(1));
  EXPECT_EQ(facts.data[0].evidence, "Observation/own");
}

TEST(MonitoringRecord, TheStateOfADeviceIsNoDayOfData) {
  Json device = measured("device", "2026-03-15");
  device["code"]["coding"][0]["code"] = "device-status";
  EXPECT_THAT(facts_of(bundle_of({device})).data, IsEmpty());
  EXPECT_THAT(facts_of(bundle_of({device, measured("a", "2026-03-14")})).data, SizeIs(1));
}

TEST(MonitoringRecord, NamesWhatItCannotRead) {
  Json bundle = Json::parse(example());
  for (Json& entry : bundle["entry"]) {
    Json& resource = entry["resource"];
    const std::string type = resource["resourceType"];
    if (type == "Task") resource.erase("owner");
    if (type == "Encounter") resource["type"].erase(1);
    if (type == "CarePlan") {
      resource["status"] = "completed";
      resource["period"].erase("end");
    }
  }
  const Facts facts = facts_of(bundle);
  std::vector<std::string> named;
  for (const Uncounted& one : facts.uncounted) {
    EXPECT_EQ(one.why, Uncounted::Why::unreadable);
    named.push_back(one.evidence);
  }
  EXPECT_THAT(named,
              ElementsAre("CarePlan/monitoring", "CarePlan/pressure", "Task/review", "Encounter/call"));
  EXPECT_THAT(facts.times, IsEmpty());
}

TEST(MonitoringRecord, TakesADeviceStatusOnlyWhereItIsClear) {
  const auto with = [](const Json& extensions) {
    Json bundle = Json::parse(example());
    for (Json& entry : bundle["entry"]) {
      if (entry["resource"]["resourceType"] == "Organization") entry["resource"]["extension"] = extensions;
    }
    return facts_of(bundle).device.has_value();
  };
  const Json yes = {{"url", "urn:reprise:device-status"},
                    {"extension", Json::array({Json{{"url", "meets"}, {"valueBoolean", true}},
                                               Json{{"url", "since"}, {"valueDate", "2026-01-15"}}})}};
  Json no = yes;
  no["extension"][0]["valueBoolean"] = false;
  Json undated = yes;
  undated["extension"].erase(1);
  EXPECT_TRUE(with(Json::array({yes})));
  EXPECT_FALSE(with(Json::array({no})));
  EXPECT_FALSE(with(Json::array({undated})));
  EXPECT_FALSE(with(Json::array({yes, no})));
  EXPECT_FALSE(with(Json::array()));
}

TEST(MonitoringRecord, GivesAPageAllOfIt) {
  const std::vector<std::string> answers = {example()};
  const auto text = remote_monitoring_text(
      answers, shipped_files(),
      R"({"patient": "robin", "today": "2026-04-15", "zone": [{"from_ms": 0, "offset_minutes": -300}],
          "practitioner": "kim", "created": "2026-04-15T09:00:00Z"})");
  ASSERT_TRUE(text) << to_string(text.error());
  const Json out = Json::parse(*text);
  std::vector<std::string> lines;
  for (const Json& line : out["lines"])
    lines.push_back(line["code"].get<std::string>() + " " + line["state"].get<std::string>());
  EXPECT_THAT(lines, ElementsAre("98975 ready", "98985 ready", "98980 ready"));
  EXPECT_TRUE(fhir::validate(fhir::parse_resource(out["claim"].dump()).value()).empty());
  EXPECT_EQ(out["claim"]["item"].size(), 3U);
  EXPECT_EQ(out["deviceSince"], "2026-01-15");
}

TEST(MonitoringRecord, LeavesOutWhatBeganBefore) {
  const std::vector<std::string> answers = {example()};
  const auto text =
      remote_monitoring_text(answers, shipped_files(),
                             R"({"patient": "robin", "today": "2026-04-15", "from": "2026-03-02",
          "zone": [{"from_ms": 0, "offset_minutes": -300}],
          "practitioner": "kim", "created": "2026-04-15T09:00:00Z"})");
  ASSERT_TRUE(text) << to_string(text.error());
  const Json out = Json::parse(*text);
  EXPECT_EQ(out["lines"].size(), 2U);  // not March's minutes, which began on the 1st
  EXPECT_EQ(out["claim"]["item"].size(), 2U);
  EXPECT_EQ(out["months"].size(), 1U);
}

TEST(MonitoringRecord, RefusesOptionsThatAreNone) {
  const std::vector<std::string> answers = {example()};
  for (
      const char* options :
      {"", "[]", R"({"patient": "robin", "today": "2026-04-15"})",
       R"({"patient": "robin", "today": "yesterday", "zone": [{"from_ms": 0, "offset_minutes": 0}]})",
       R"({"patient": "ro bin", "today": "2026-04-15", "zone": [{"from_ms": 0, "offset_minutes": 0}]})",
       R"({"patient": "robin", "today": "2026-04-15", "zone": [{"from_ms": 1e300, "offset_minutes": 0}]})"}) {
    EXPECT_FALSE(remote_monitoring_text(answers, shipped_files(), options)) << options;
  }
}

}  // namespace
}  // namespace reprise::care::billing
