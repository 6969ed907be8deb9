// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/summary_elements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/validation/validate.h"
#include "tests/support/fhir_examples.h"

namespace reprise::fhir {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> fields_of(const Json& group) {
  std::vector<std::string> names;
  for (const auto& item : group.items()) names.push_back(item.key());
  return names;
}

const char* const kObservation = R"({"resourceType":"Observation","id":"a","meta":{"versionId":"2"},
  "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">a</div>"},
  "status":"final","_status":{"id":"s"},"code":{"coding":[{"code":"x","display":"X"}]},"valueInteger":3,
  "note":[{"text":"n"}],"component":[{"code":{"text":"c"},"valueInteger":1,
  "interpretation":[{"text":"high"}],"referenceRange":[{"text":"r"}]}]})";

// http://hl7.org/fhir/R4/observation.html, elements marked Σ: note, interpretation and referenceRange are
// not.
TEST(SummaryOf, KeepsWhatR4MarksAsSummary) {
  const Json summary = summary_of(parse_resource(kObservation).value());
  EXPECT_THAT(fields_of(summary), ElementsAre("resourceType", "id", "meta", "status", "_status", "code",
                                              "valueInteger", "component"));
  EXPECT_THAT(fields_of(summary["component"][0]), ElementsAre("code", "valueInteger"));
  EXPECT_EQ(summary["code"]["coding"][0]["display"], "X") << "data types are whole";
  EXPECT_EQ(summary["meta"]["versionId"], "2");
  EXPECT_EQ(summary["meta"]["tag"][0]["code"], "SUBSETTED");
}

TEST(Subsets, KeepWhatMustBeThere) {
  const Json whole = parse_resource(kObservation).value();
  EXPECT_THAT(fields_of(text_of_resource(whole)),
              ElementsAre("resourceType", "id", "meta", "text", "status", "_status", "code"));
  Json rest = without_text(whole);
  EXPECT_EQ(rest.count("text"), 0U);
  EXPECT_EQ(rest.size(), whole.size() - 1);
  const std::vector<std::string> value = {"value"};
  EXPECT_THAT(fields_of(with_elements(whole, value)),
              ElementsAre("resourceType", "id", "meta", "status", "_status", "code", "valueInteger"));
  const Json twice = with_elements(with_elements(whole, value), value);
  EXPECT_EQ(twice["meta"]["tag"].size(), 1U);
  EXPECT_EQ(summary_of(Json::array()), Json::object());
}

TEST(Subsets, OfExamplesAreValidButForWhatIsContained) {
  for (const char* name : {"Patient-example", "Observation-blood-pressure", "CarePlan-example",
                           "Encounter-f001", "Questionnaire-bb", "ServiceRequest-example", "Claim-100150"}) {
    const Json whole = example(name);
    const std::vector<std::string> none;
    for (const Json& part :
         {summary_of(whole), text_of_resource(whole), without_text(whole), with_elements(whole, none)}) {
      for (const Issue& issue : validate(part)) {
        EXPECT_EQ(issue.code, IssueType::not_found)
            << name << ": " << to_string(issue) << ": only contained resources are missing";
      }
    }
  }
}

}  // namespace
}  // namespace reprise::fhir
