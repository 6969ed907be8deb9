// SPDX-License-Identifier: Apache-2.0
#include "care/plan/balance_request.h"

#include <gmock/gmock.h>

#include <functional>

#include "care/plan/programme_text.h"
#include "care/plan/test_programme.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The example of docs/reference/programme.md.
Json balance_programme() {
  return Json::parse(R"({"resourceType": "ServiceRequest", "id": "t", "status": "active", "intent": "order",
    "category": [{"coding": [{"system": "urn:reprise:order", "code": "balance-programme"}]}],
    "code": {"text": "Balance"},
    "extension": [
      {"url": "urn:reprise:balance", "extension": [{"url": "sessions", "valueInteger": 2}]},
      {"url": "urn:reprise:balance-level", "extension": [
        {"url": "stance", "valueCode": "tandem"}, {"url": "surface", "valueCode": "firm"},
        {"url": "eyes", "valueCode": "open"}, {"url": "task", "valueCode": "none"},
        {"url": "hold", "valueQuantity": {"value": 10, "unit": "s", "system": "http://unitsofmeasure.org",
          "code": "s"}},
        {"url": "holds", "valueInteger": 3}, {"url": "released", "valueDate": "2026-03-02"}]},
      {"url": "urn:reprise:balance-level", "extension": [
        {"url": "stance", "valueCode": "single-leg"}, {"url": "side", "valueCode": "left"},
        {"url": "surface", "valueCode": "foam"}, {"url": "eyes", "valueCode": "closed"},
        {"url": "task", "valueCode": "dual"},
        {"url": "hold", "valueQuantity": {"value": 5, "unit": "s", "system": "http://unitsofmeasure.org",
          "code": "s"}},
        {"url": "holds", "valueInteger": 2}]},
      {"url": "urn:reprise:support", "extension": [{"url": "helper", "valueBoolean": true}]}],
    "subject": {"reference": "Patient/robin"},
    "occurrenceTiming": {"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}})");
}

Json& parts_of_level(Json& request, std::size_t level) {
  return request["extension"][level + 1]["extension"];
}

Json& part_of_level(Json& request, std::size_t level, std::string_view name) {
  for (Json& part : parts_of_level(request, level)) {
    if (part["url"] == name) return part;
  }
  throw std::logic_error("no such part");
}

void release(Json& request, std::size_t level) {
  Json& parts = parts_of_level(request, level);
  parts.push_back({{"url", "released"}, {"valueDate", "2026-03-09"}});
  for (const char* confirmed : {"confirmed-eyes-closed", "confirmed-foam", "confirmed-dual-task"})
    parts.push_back({{"url", confirmed}, {"valueBoolean", true}});
}

// A result as care/outcome writes it.
std::string counted(int number, const char* measure, int session, int value,
                    const char* part = "tandem.firm.eyes_open.10s", const char* side = nullptr) {
  const std::string day = "2026-03-0" + std::to_string(session + 2);
  Json o = {{"resourceType", "Observation"},
            {"id", "o" + std::to_string(number)},
            {"status", "final"},
            {"identifier", Json::array({Json{{"system", "urn:reprise:session"},
                                             {"value", "urn:uuid:" + std::to_string(session)}}})},
            {"basedOn", Json::array({Json{{"reference", "ServiceRequest/t"}}})},
            {"code",
             {{"coding", Json::array({Json{{"system", "urn:reprise:signal-measure"}, {"code", measure}}})}}},
            {"effectivePeriod", {{"start", day + "T10:00:00+01:00"}, {"end", day + "T10:05:00+01:00"}}},
            {"valueQuantity", {{"value", value}}},
            {"component",
             Json::array({Json{
                 {"code",
                  {{"coding", Json::array({Json{{"system", "urn:reprise:observation"}, {"code", "part"}}})}}},
                 {"valueString", part}}})}};
  if (side != nullptr)
    o["bodySite"] = {{"coding", Json::array({Json{{"system", "http://snomed.info/sct"}, {"code", side}}})}};
  return o.dump();
}

std::vector<std::string> whole_sessions(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) {
    all.push_back(counted(2 * i, "holds", i, 3));
    all.push_back(counted(2 * i + 1, "holds_whole", i, 3));
  }
  return all;
}

BalanceRequest balance_in(const Json& request, const std::vector<std::string>& results = {}) {
  const Programme programme = programme_with(request, results);
  EXPECT_THAT(programme.problems, IsEmpty());
  EXPECT_THAT(programme.balance, SizeIs(1));
  return programme.balance.at(0);
}

TEST(BalanceRequest, IsReadIntoTheProgrammeWithItsLadder) {
  EXPECT_THAT(fhir::validate(balance_programme()), IsEmpty());
  const BalanceRequest asked = balance_in(balance_programme());
  EXPECT_EQ(asked.problem, "");
  EXPECT_EQ(asked.sessions, 2);
  EXPECT_EQ(asked.every_days, 2);
  EXPECT_TRUE(asked.helper);
  ASSERT_THAT(asked.levels, SizeIs(2));
  EXPECT_EQ(asked.levels[0].stance, Stance::tandem);
  EXPECT_EQ(asked.levels[0].side, std::nullopt);
  EXPECT_EQ(asked.levels[0].hold_s, 10);
  EXPECT_EQ(asked.levels[0].holds, 3);
  EXPECT_EQ(asked.levels[0].released, "2026-03-02");
  EXPECT_EQ(asked.levels[1].side, engine::Side::left);
  EXPECT_EQ(asked.levels[1].hazards, (BalanceHazards{true, true, true}));
  EXPECT_EQ(asked.levels[1].released, "");
}

// SAFETY.md 5 and 7
TEST(BalanceRequest, GetsHarderOnlyByAReleaseThatConfirmsEachHazard) {
  const BalanceRequest waits = balance_in(balance_programme(), whole_sessions(2));
  EXPECT_EQ(waits.due_level.level, 0U);
  EXPECT_TRUE(waits.due_level.ready);
  EXPECT_THAT(waits.due_level.evidence, SizeIs(4));
  EXPECT_EQ(waits.last_done, "2026-03-03");
  Json released = balance_programme();
  release(released, 1);
  EXPECT_EQ(balance_in(released, whole_sessions(2)).due_level.level, 1U);
  for (const char* confirmed : {"confirmed-eyes-closed", "confirmed-foam", "confirmed-dual-task"}) {
    Json without = released;
    part_of_level(without, 1, confirmed)["valueBoolean"] = false;
    EXPECT_THAT(balance_in(without, whole_sessions(2)).problem, HasSubstr("without the confirmation"));
    Json& parts = parts_of_level(without, 1);
    parts.erase(
        std::find_if(parts.begin(), parts.end(), [&](const Json& p) { return p["url"] == confirmed; }));
    EXPECT_THAT(balance_in(without, whole_sessions(2)).problem, HasSubstr("without the confirmation"));
  }
}

TEST(BalanceRequest, ReadsResultsOfItsOwnLevelsOnly) {
  Json released = balance_programme();
  release(released, 1);
  const char* part = "single_leg.foam.eyes_closed.dual_task.5s";
  const auto at_level_two = [&](const char* side) {
    return std::vector<std::string>{counted(1, "holds", 1, 2, part, side),
                                    counted(2, "holds_whole", 1, 2, part, side)};
  };
  EXPECT_EQ(balance_in(released, at_level_two("7771000")).due_level.level, 1U);
  EXPECT_EQ(balance_in(released, at_level_two("24028007")).due_level.level, 0U) << "the other leg";
  EXPECT_EQ(balance_in(released, at_level_two(nullptr)).due_level.level, 0U);
  std::vector<std::string> others = whole_sessions(2);
  for (std::string& one : others) {
    Json other = Json::parse(one);
    other["basedOn"][0]["reference"] = "ServiceRequest/another";
    one = other.dump();
  }
  EXPECT_FALSE(balance_in(balance_programme(), others).due_level.ready);
}

TEST(BalanceRequest, ResultsThatCannotBeReadMakeNothingHarder) {
  const std::vector<std::function<void(Json&)>> all = {
      [](Json& o) { o["valueQuantity"]["value"] = 7; },  // of three holds
      [](Json& o) { o["valueQuantity"]["value"] = -1; },
      [](Json& o) { o["valueQuantity"]["value"] = 2.5; },
      [](Json& o) { o["valueQuantity"]["value"] = "3"; },
      [](Json& o) { o.erase("valueQuantity"); },
      [](Json& o) { o["status"] = "entered-in-error"; },
      [](Json& o) { o["effectivePeriod"]["start"] = "yesterday"; },
      [](Json& o) { o.erase("identifier"); },
      [](Json& o) { o["component"] = "?"; }};
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::string> results = whole_sessions(2);
    Json newest = Json::parse(results[3]);
    all[i](newest);
    results[3] = newest.dump();
    const BalanceRequest asked = balance_in(balance_programme(), results);
    EXPECT_FALSE(asked.due_level.ready) << i;
    EXPECT_EQ(asked.due_level.level, 0U) << i;
  }
}

TEST(BalanceRequest, IsNotOfferedWhereItCannotBeFollowed) {
  const std::vector<std::pair<const char*, std::function<void(Json&)>>> all = {
      {"not understood",
       [](Json& of) {
         of["extension"].push_back({{"url", "urn:reprise:course"}});
       }},
      {"how many sessions", [](Json& of) { of["extension"].erase(0); }},
      {"how many sessions", [](Json& of) { of["extension"][0]["extension"][0]["valueInteger"] = 0; }},
      {"no levels", [](Json& of) { of["extension"].erase(1), of["extension"].erase(1); }},
      {"too many",
       [](Json& of) {
         for (int i = 0; i < 20; ++i) of["extension"].push_back(Json(of["extension"][1]));
       }},
      {"the same", [](Json& of) { of["extension"].push_back(Json(of["extension"][1])); }},
      {"first level is not released", [](Json& of) { parts_of_level(of, 0).erase(6); }},
      {"day of a release", [](Json& of) { part_of_level(of, 0, "released")["valueDate"] = "2026-13-01"; }},
      {"no known stance", [](Json& of) { part_of_level(of, 0, "stance")["valueCode"] = "handstand"; }},
      {"on which", [](Json& of) { parts_of_level(of, 1).erase(1); }},
      {"on which", [](Json& of) { part_of_level(of, 1, "side")["valueCode"] = "both"; }},
      {"another one does",
       [](Json& of) {
         parts_of_level(of, 0).push_back({{"url", "side"}, {"valueCode", "left"}});
       }},
      {"on what", [](Json& of) { part_of_level(of, 1, "surface")["valueCode"] = "ice"; }},
      {"which eyes", [](Json& of) { part_of_level(of, 1, "eyes")["valueCode"] = ""; }},
      {"which task", [](Json& of) { parts_of_level(of, 0).erase(3); }},
      {"seconds", [](Json& of) { part_of_level(of, 0, "hold")["valueQuantity"]["value"] = 121; }},
      {"seconds", [](Json& of) { part_of_level(of, 0, "hold")["valueQuantity"]["value"] = 9.5; }},
      {"seconds", [](Json& of) { part_of_level(of, 0, "hold")["valueQuantity"]["code"] = "min"; }},
      {"holds", [](Json& of) { part_of_level(of, 0, "holds")["valueInteger"] = 11; }},
      {"cannot be read",
       [](Json& of) {
         parts_of_level(of, 0).push_back({{"url", "blindfold"}});
       }},
      {"another patient", [](Json& of) { of["subject"]["reference"] = "Patient/kim"; }}};
  for (const auto& [problem, change] : all) {
    Json request = balance_programme();
    change(request);
    const BalanceRequest asked = balance_in(request, whole_sessions(2));
    EXPECT_THAT(asked.problem, HasSubstr(problem));
    EXPECT_THAT(asked.levels, IsEmpty()) << problem;
  }
}

TEST(BalanceRequest, CrossesToThePage) {
  const auto text = programme_text(programme_answers_with(balance_programme(), whole_sessions(2)));
  ASSERT_TRUE(text) << to_string(text.error());
  const Json ladder = Json::parse(*text)["balance"][0];
  EXPECT_EQ(ladder["level"], 0);
  EXPECT_EQ(ladder["releasedLevels"], 1);
  EXPECT_EQ(ladder["wholeSessions"], 2);
  EXPECT_EQ(ladder["ready"], true);
  EXPECT_EQ(ladder["results"][0]["day"], "2026-03-03") << "the newest first";
  EXPECT_EQ(ladder["results"][0]["levels"][0]["whole"], 3);
  EXPECT_GT(ladder["results"][0]["time_ms"], ladder["results"][1]["time_ms"]);
  EXPECT_EQ(ladder["levels"][0]["released"], "2026-03-02");
  EXPECT_EQ(ladder["levels"][1]["side"], "left");
  EXPECT_EQ(ladder["levels"][1]["released"], nullptr);
  EXPECT_EQ(ladder["levels"][1]["part"], "single_leg.foam.eyes_closed.dual_task.5s");
}

}  // namespace
}  // namespace reprise::care
