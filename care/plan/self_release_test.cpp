// SPDX-License-Identifier: Apache-2.0
#include "care/plan/self_release.h"

#include <gmock/gmock.h>

#include "care/plan/programme_text.h"
#include "care/plan/test_programme.h"
#include "fhir/validation/validate.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The example of docs/reference/programme.md.
Json release(const char* position = "single_leg") {
  Json request = Json::parse(R"({"resourceType": "ServiceRequest", "id": "r", "status": "active",
    "intent": "order", "category": [{"coding": [{"system": "urn:reprise:order",
      "code": "self-assessment-release"}]}],
    "code": {"coding": [{"system": "urn:reprise:self-assessment-position", "code": "single_leg"}]},
    "reasonCode": [{"coding": [{"system": "urn:reprise:release-reason", "code": "seen-done-safely"}]}],
    "subject": {"reference": "Patient/robin"}, "requester": {"reference": "Practitioner/kim"},
    "authoredOn": "2026-03-09T10:00:00+01:00"})");
  request["id"] = std::string{"r-"} + std::string{position}.substr(0, 4);
  request["code"]["coding"][0]["code"] = position;
  return request;
}

std::vector<std::string> released(const std::vector<Json>& requests) {
  std::vector<std::string> texts;
  for (const Json& request : requests) texts.push_back(request.dump());
  return programme_with({{"resourceType", "ServiceRequest"}, {"id", "t"}}, texts).self_releases;
}

TEST(SelfRelease, EachPositionIsReleasedByItself) {
  EXPECT_THAT(released({}), IsEmpty());
  EXPECT_THAT(released({release()}), ElementsAre("single_leg"));
  EXPECT_THAT(released({release("jump"), release("step_down")}), ElementsAre("step_down", "jump"));
}

TEST(SelfRelease, TheExampleIsValid) {
  EXPECT_THAT(fhir::validate(release()), IsEmpty());
}

TEST(SelfRelease, AWithdrawnOneOrAnotherOneReleasesNothing) {
  const auto changed = [](const char* pointer, const Json& value) {
    Json request = release();
    request[Json::json_pointer(pointer)] = value;
    return released({request});
  };
  EXPECT_THAT(changed("/status", "revoked"), IsEmpty());
  EXPECT_THAT(changed("/status", "entered-in-error"), IsEmpty());
  EXPECT_THAT(changed("/intent", "proposal"), IsEmpty());
  EXPECT_THAT(changed("/subject/reference", "Patient/alex"), IsEmpty());
  EXPECT_THAT(changed("/requester/reference", "Patient/robin"), IsEmpty()) << "a patient releases nothing";
  EXPECT_THAT(changed("/category/0/coding/0/code", "phone-test"), IsEmpty());
  EXPECT_THAT(changed("/code/coding/0/code", "seated"), IsEmpty());
  EXPECT_THAT(changed("/code/coding/0/system", "urn:other"), IsEmpty());
  EXPECT_THAT(changed("/doNotPerform", true), IsEmpty());
}

TEST(SelfRelease, WithoutTheConfirmationNothingIsReleased) {
  Json request = release();
  request.erase("reasonCode");
  EXPECT_THAT(released({request}), IsEmpty());
  request = release();
  request["extension"] = Json::array({{{"url", "urn:other"}, {"valueBoolean", true}}});
  EXPECT_THAT(released({request}), IsEmpty()) << "a part that is unknown might restrict it";
}

TEST(SelfRelease, APartThatMightNarrowItReleasesNothing) {
  const auto with = [](const char* field, const char* text) {
    Json request = release();
    request[field] = Json::parse(text);
    return released({request});
  };
  EXPECT_THAT(with("text", R"({"status": "generated", "div": "<div/>"})"), ElementsAre("single_leg"));
  EXPECT_THAT(with("identifier", R"([{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}])"),
              ElementsAre("single_leg"))
      << "as the pages write it";
  EXPECT_THAT(with("bodySite", R"([{"coding": [{"system": "http://snomed.info/sct", "code": "7771000"}]}])"),
              IsEmpty())
      << "of the left leg alone";
  EXPECT_THAT(with("occurrencePeriod", R"({"end": "2026-03-10"})"), IsEmpty());
  EXPECT_THAT(with("asNeededBoolean", "true"), IsEmpty());
  EXPECT_THAT(with("modifierExtension", R"([{"url": "urn:other", "valueBoolean": true}])"), IsEmpty());
}

TEST(SelfRelease, ThePagesGetItWithTheProgramme) {
  const auto text = programme_text(
      programme_answers_with({{"resourceType", "ServiceRequest"}, {"id", "t"}}, {release().dump()}));
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_EQ(Json::parse(*text)["selfReleases"], Json::array({"single_leg"}));
}

}  // namespace
}  // namespace reprise::care
