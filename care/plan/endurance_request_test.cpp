// SPDX-License-Identifier: Apache-2.0
#include "care/plan/endurance_request.h"

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
Json endurance_session() {
  return Json::parse(R"({"resourceType": "ServiceRequest", "id": "t", "status": "active", "intent": "order",
    "category": [{"coding": [{"system": "urn:reprise:order", "code": "endurance-session"}]}],
    "code": {"coding": [{"system": "urn:reprise:endurance-activity", "code": "walking"}], "text": "Walking"},
    "extension": [
      {"url": "urn:reprise:endurance", "extension": [
        {"url": "warm-up", "valueQuantity": {"value": 5, "unit": "min",
          "system": "http://unitsofmeasure.org", "code": "min"}},
        {"url": "main", "valueQuantity": {"value": 20, "unit": "min",
          "system": "http://unitsofmeasure.org", "code": "min"}},
        {"url": "cool-down", "valueQuantity": {"value": 5, "unit": "min",
          "system": "http://unitsofmeasure.org", "code": "min"}},
        {"url": "scale", "valueCode": "borg-6-20"},
        {"url": "effort", "valueRange": {
          "low": {"value": 11, "system": "http://unitsofmeasure.org", "code": "{score}"},
          "high": {"value": 13, "system": "http://unitsofmeasure.org", "code": "{score}"}}},
        {"url": "response", "valueCode": "normal"},
        {"url": "heart-rate", "valueRange": {
          "low": {"value": 95, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"},
          "high": {"value": 115, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}}},
        {"url": "start-oxygen", "valueQuantity": {"value": 92, "unit": "%",
          "system": "http://unitsofmeasure.org", "code": "%"}},
        {"url": "stop-heart-rate", "valueQuantity": {"value": 130, "unit": "/min",
          "system": "http://unitsofmeasure.org", "code": "/min"}}]},
      {"url": "urn:reprise:support", "extension": [{"url": "helper", "valueBoolean": false}]}],
    "subject": {"reference": "Patient/robin"}, "patientInstruction": "On flat ground.",
    "occurrenceTiming": {"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}})");
}

Json& part_of(Json& request, std::string_view name) {
  for (Json& part : request["extension"][0]["extension"]) {
    if (part["url"] == name) return part;
  }
  throw std::logic_error("no such part");
}

TEST(EnduranceRequest, IsReadIntoTheProgrammeAndIsNeitherAnExerciseNorAProblem) {
  EXPECT_THAT(fhir::validate(endurance_session()), IsEmpty());
  const Programme programme = programme_with(endurance_session());
  EXPECT_THAT(programme.exercises, IsEmpty());
  EXPECT_THAT(programme.problems, IsEmpty());
  EXPECT_THAT(programme.tests, IsEmpty());
  ASSERT_THAT(programme.endurance, SizeIs(1));
  const EnduranceRequest& asked = programme.endurance.front();
  EXPECT_EQ(asked.problem, "");
  EXPECT_EQ(asked.request, "t");
  EXPECT_EQ(asked.activity, "walking");
  EXPECT_EQ(asked.warm_up_min, 5);
  EXPECT_EQ(asked.main_min, 20);
  EXPECT_EQ(asked.cool_down_min, 5);
  EXPECT_EQ(asked.scale, "borg-6-20");
  EXPECT_EQ(asked.effort.low, 11);
  EXPECT_EQ(asked.effort.high, 13);
  ASSERT_TRUE(asked.heart_rate);
  EXPECT_EQ(asked.heart_rate->high, 115);
  EXPECT_EQ(asked.limits.start_oxygen, 92);
  EXPECT_EQ(asked.limits.stop_heart_rate, 130);
  EXPECT_EQ(asked.limits.stop_oxygen, std::nullopt);
  EXPECT_EQ(asked.every_days, 2);
  EXPECT_FALSE(asked.helper);
}

// SAFETY.md 9
TEST(EnduranceRequest, AimsAtNoHeartRateUnlessItIsRecordedThatItShowsTheEffort) {
  for (const char* response : {"beta-blocker", "pacemaker", "atrial-fibrillation"}) {
    Json request = endurance_session();
    part_of(request, "response")["valueCode"] = response;
    const EnduranceRequest refused = programme_with(request).endurance.at(0);
    EXPECT_THAT(refused.problem, HasSubstr("does not say that the heart rate shows the effort")) << response;
    Json& parts = request["extension"][0]["extension"];
    parts.erase(6);  // heart-rate
    const EnduranceRequest by_effort = programme_with(request).endurance.at(0);
    EXPECT_EQ(by_effort.problem, "") << response;
    EXPECT_EQ(by_effort.response, response);
    EXPECT_EQ(by_effort.limits.stop_heart_rate, 130);  // a limit for stopping stays
  }
  Json silent = endurance_session();
  silent["extension"][0]["extension"].erase(5);  // response
  EXPECT_THAT(programme_with(silent).endurance.at(0).problem,
              HasSubstr("does not say that the heart rate shows the effort"));
}

TEST(EnduranceRequest, IsNotOfferedWhereItCannotBeFollowed) {
  struct Broken {
    const char* problem;
    std::function<void(Json&)> change;
  };
  const auto quantity = [](const char* name) {
    return [name](Json& of, double value) { part_of(of, name)["valueQuantity"]["value"] = value; };
  };
  const std::vector<Broken> all = {
      {"no known activity", [](Json& of) { of["code"]["coding"][0]["code"] = "diving"; }},
      {"is missing", [](Json& of) { of["extension"].erase(0); }},
      {"minutes", [&](Json& of) { quantity("main")(of, 0); }},
      {"minutes", [&](Json& of) { quantity("main")(of, 121); }},
      {"minutes", [](Json& of) { of["extension"][0]["extension"].erase(0); }},
      {"scale", [](Json& of) { part_of(of, "scale")["valueCode"] = "thumbs"; }},
      {"effort", [](Json& of) { part_of(of, "scale")["valueCode"] = "cr10"; }},
      {"effort", [](Json& of) { part_of(of, "effort")["valueRange"]["low"]["value"] = 14; }},
      {"does not say whether", [](Json& of) { part_of(of, "response")["valueCode"] = "maybe"; }},
      {"impossible", [](Json& of) { part_of(of, "heart-rate")["valueRange"]["high"]["value"] = 300; }},
      {"above the limit", [](Json& of) { part_of(of, "heart-rate")["valueRange"]["high"]["value"] = 131; }},
      {"limit cannot be read", [&](Json& of) { quantity("start-oxygen")(of, 0.92); }},
      {"limit cannot be read",
       [](Json& of) { part_of(of, "stop-heart-rate")["valueQuantity"]["code"] = "Hz"; }},
      {"cannot be read",
       [](Json& of) {
         of["extension"][0]["extension"].push_back({{"url", "slope"}});
       }},
      {"not understood",
       [](Json& of) {
         of["extension"].push_back({{"url", "urn:reprise:course"}});
       }},
      {"another patient", [](Json& of) { of["subject"]["reference"] = "Patient/kim"; }}};
  for (const Broken& one : all) {
    Json request = endurance_session();
    one.change(request);
    const Programme programme = programme_with(request);
    ASSERT_THAT(programme.endurance, SizeIs(1));
    EXPECT_THAT(programme.endurance.front().problem, HasSubstr(one.problem));
    EXPECT_THAT(programme.problems, IsEmpty());
  }
}

TEST(EnduranceRequest, CrossesToThePage) {
  const auto text = programme_text(programme_answers_with(endurance_session()));
  ASSERT_TRUE(text) << to_string(text.error());
  const Json session = Json::parse(*text)["endurance"][0];
  EXPECT_EQ(session["activity"], "walking");
  EXPECT_EQ(session["main_min"], 20);
  EXPECT_EQ(session["effort"]["high"], 13);
  EXPECT_EQ(session["heartRate"]["low"], 95);
  EXPECT_EQ(session["limits"]["stopHeartRate"], 130);
  EXPECT_EQ(session["limits"]["stopOxygen"], nullptr);
  EXPECT_EQ(session["problem"], nullptr);
}

}  // namespace
}  // namespace reprise::care
