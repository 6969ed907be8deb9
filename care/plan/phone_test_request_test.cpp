// SPDX-License-Identifier: Apache-2.0
#include "care/plan/phone_test_request.h"

#include <gmock/gmock.h>

#include <functional>

#include "care/plan/programme_text.h"
#include "care/plan/test_programme.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The example of docs/reference/programme.md.
Json phone_test() {
  return Json::parse(R"({"resourceType": "ServiceRequest", "id": "t", "status": "active", "intent": "order",
    "category": [{"coding": [{"system": "urn:reprise:order", "code": "phone-test"}]}],
    "code": {"coding": [{"system": "urn:reprise:phone-test", "code": "walk_6_min"}]},
    "extension": [
      {"url": "urn:reprise:course", "valueQuantity": {"value": 15, "unit": "m",
        "system": "http://unitsofmeasure.org", "code": "m"}},
      {"url": "urn:reprise:support", "extension": [{"url": "helper", "valueBoolean": false}]}],
    "subject": {"reference": "Patient/robin"}, "patientInstruction": "With your stick.",
    "occurrenceTiming": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}}})");
}

std::string value_on(const char* start, const char* request = "ServiceRequest/t",
                     const char* status = "final") {
  static int count = 0;
  return Json{{"resourceType", "Observation"},
              {"id", "o" + std::to_string(++count)},
              {"status", status},
              {"basedOn", Json::array({Json{{"reference", request}}})},
              {"effectivePeriod", {{"start", start}}}}
      .dump();
}

TEST(PhoneTestRequest, IsReadIntoTheProgrammeAndIsNeitherAnExerciseNorAProblem) {
  EXPECT_THAT(fhir::validate(phone_test()), IsEmpty());
  const Programme programme = programme_with(phone_test());
  EXPECT_THAT(programme.exercises, IsEmpty());
  EXPECT_THAT(programme.problems, IsEmpty());
  ASSERT_THAT(programme.tests, SizeIs(1));
  const PhoneTestRequest& asked = programme.tests.front();
  EXPECT_EQ(asked.request, "t");
  EXPECT_EQ(asked.test, "walk_6_min");
  EXPECT_EQ(asked.course_m, 15);
  EXPECT_EQ(asked.every_days, 7);
  EXPECT_FALSE(asked.helper);
  EXPECT_FALSE(asked.held);
  EXPECT_EQ(asked.instruction, "With your stick.");
  EXPECT_EQ(asked.problem, "");
  EXPECT_EQ(asked.due, "");
}

TEST(PhoneTestRequest, NeedsAHelperUnlessTheClinicianReleasedThePatient) {
  Json request = phone_test();
  request["extension"].erase(1);
  EXPECT_TRUE(programme_with(request).tests.at(0).helper);
}

TEST(PhoneTestRequest, IsDoneOnceOrDueAgainAfterItsDays) {
  const std::vector<std::string> values = {
      value_on("2026-03-01T23:30:00-08:00"), value_on("2026-03-20T10:00:00Z", "ServiceRequest/other"),
      value_on("2026-03-20T10:00:00Z", "ServiceRequest/t", "preliminary")};
  const PhoneTestRequest weekly = programme_with(phone_test(), values).tests.at(0);
  EXPECT_EQ(weekly.last_done, "2026-03-01");
  EXPECT_EQ(weekly.due, "2026-03-08");
  EXPECT_FALSE(weekly.done);
  Json once = phone_test();
  once.erase("occurrenceTiming");
  EXPECT_TRUE(programme_with(once, values).tests.at(0).done);
  EXPECT_FALSE(programme_with(once).tests.at(0).done);
}

TEST(PhoneTestRequest, IsHeldByAHoldOfAllExercisesAndByItsOwn) {
  const auto flag_holding = [](const char* exercise) {
    Json flag = Json::parse(R"({"resourceType": "Flag", "id": "f", "status": "active",
      "identifier": [{"system": "urn:reprise:answers", "value": "urn:uuid:a"}],
      "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/flag-category",
        "code": "safety"}]}],
      "code": {"coding": [{"system": "urn:reprise:flag", "code": "pain-over-limit"}]},
      "subject": {"reference": "Patient/robin"}, "extension": [{"url": "urn:reprise:hold", "extension": [
        {"url": "until", "valueCode": "next-day"},
        {"url": "recorded", "valueInstant": "2026-03-02T10:00:00Z"}]}]})");
    if (exercise != nullptr) {
      flag["extension"][0]["extension"].push_back(
          {{"url", "exercise"}, {"valueReference", {{"reference", exercise}}}});
    }
    return flag.dump();
  };
  EXPECT_TRUE(programme_with(phone_test(), {flag_holding(nullptr)}).tests.at(0).held);
  EXPECT_TRUE(programme_with(phone_test(), {flag_holding("ServiceRequest/t")}).tests.at(0).held);
  EXPECT_FALSE(programme_with(phone_test(), {flag_holding("ServiceRequest/other")}).tests.at(0).held);
}

TEST(PhoneTestRequest, IsNotOfferedWhereItCannotBeFollowed) {
  struct Broken {
    const char* problem;
    std::function<void(Json&)> change;
  };
  const std::vector<Broken> all = {
      {"modifierExtension",
       [](Json& of) {
         of["modifierExtension"] = Json::array({Json{{"url", "x"}}});
       }},
      {"doNotPerform", [](Json& of) { of["doNotPerform"] = true; }},
      {"not understood",
       [](Json& of) {
         of["extension"].push_back({{"url", "urn:reprise:new"}});
       }},
      {"another patient", [](Json& of) { of["subject"]["reference"] = "Patient/kim"; }},
      {"no known test", [](Json& of) { of["code"]["coding"][0]["code"] = "handstand"; }},
      {"no known test", [](Json& of) { of["code"]["coding"].push_back(of["code"]["coding"][0]); }},
      {"course", [](Json& of) { of["extension"].erase(0); }},
      {"course", [](Json& of) { of["extension"][0]["valueQuantity"]["value"] = 1.9; }},
      {"course", [](Json& of) { of["extension"][0]["valueQuantity"]["value"] = 100.1; }},
      {"course", [](Json& of) { of["extension"][0]["valueQuantity"]["code"] = "[ft_i]"; }},
      {"course", [](Json& of) { of["code"]["coding"][0]["code"] = "sit_to_stand_5"; }},
      {"support", [](Json& of) { of["extension"][1]["extension"][0]["valueBoolean"] = "no"; }},
      {"support", [](Json& of) { of["extension"][1]["extension"][0]["url"] = "dog"; }},
      {"schedule", [](Json& of) { of["occurrenceTiming"]["repeat"]["frequency"] = 2; }},
      {"schedule", [](Json& of) { of["asNeededBoolean"] = true; }},
      {"due day", [](Json& of) {
         of["extension"].push_back({{"url", "urn:reprise:answer-by"}, {"valueDate", "soon"}});
       }}};
  for (const Broken& one : all) {
    Json request = phone_test();
    one.change(request);
    const Programme programme = programme_with(request);
    ASSERT_THAT(programme.tests, SizeIs(1));
    EXPECT_THAT(programme.tests.front().problem, HasSubstr(one.problem));
    EXPECT_THAT(programme.problems, IsEmpty());
  }
  for (const auto& [field, value] : {std::pair{"status", "revoked"}, std::pair{"intent", "proposal"}}) {
    Json request = phone_test();
    request[field] = value;
    EXPECT_THAT(programme_with(request).tests, IsEmpty());
  }
}

TEST(PhoneTestRequest, CrossesToThePage) {
  const auto text = programme_text(programme_answers_with(phone_test()));
  ASSERT_TRUE(text) << to_string(text.error());
  const Json test = Json::parse(*text)["tests"][0];
  EXPECT_EQ(test["test"], "walk_6_min");
  EXPECT_EQ(test["courseMeters"], 15);
  EXPECT_EQ(test["helper"], false);
  EXPECT_EQ(test["problem"], nullptr);
}

}  // namespace
}  // namespace reprise::care
