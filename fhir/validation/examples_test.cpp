// SPDX-License-Identifier: Apache-2.0
// All of HL7's own examples of the supported resources.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "fhir/model/definitions.h"
#include "fhir/validation/validate.h"
#include "tests/support/fhir_examples.h"

namespace reprise::fhir {
namespace {

// Wrong themselves: the first thing that is wrong with each.
const std::map<std::string, std::string> kWrongThemselves = {
    {"ActivityDefinition-blood-tubes-supply", "ActivityDefinition.text.div"},       // nothing in it (txt-2)
    {"ActivityDefinition-heart-valve-replacement", "ActivityDefinition.text.div"},  // the same
    {"Bundle-dataelements", "Bundle.entry[0].resource"},  // other types; the same fullUrl three times (bdl-7)
    {"Observation-clinical-gender", "Observation.performer[0].reference"},       // performed by an encounter
    {"Questionnaire-qs1", "Questionnaire.item[0].item[0].linkId"},               // items without linkId
    {"Questionnaire-zika-virus-exposure-assessment", "Questionnaire.text.div"},  // nothing in it
};

bool is_of_other_types(const std::vector<Issue>& issues) {
  return std::all_of(issues.begin(), issues.end(),
                     [](const Issue& one) { return one.code == IssueType::not_supported; });
}

TEST(OfficialExamples, EveryOneIsAcceptedButThoseThatAreWrongThemselves) {
  // Bundles of definitions, some of them with 35 MB, are shown to the parser as well.
  const ParseOptions limits{.max_bytes = 64U * 1024 * 1024};
  std::map<std::string, int> count;
  std::set<std::string> wrong;
  for (const auto& entry : std::filesystem::directory_iterator(example_folder())) {
    const std::string name = entry.path().stem().string();
    const std::string type = name.substr(0, name.find('-'));
    if (find_resource(type) == nullptr) continue;
    ++count["all"];
    const bool bundle = type == "Bundle";
    if (bundle) ++count["bundles"];
    const auto resource = parse_resource(get_file(entry.path()), limits);
    ASSERT_TRUE(resource) << name << ": " << resource.error().cause;
    const auto issues = validate(*resource, {.max_issues = 1'000'000});
    if (issues.empty()) {
      ++count["accepted"];
    } else if (is_of_other_types(issues)) {
      ++count[bundle ? "bundles with other types" : "containing other types"];
    } else {
      const auto known = kWrongThemselves.find(name);
      EXPECT_TRUE(known != kWrongThemselves.end() && known->second == issues[0].expression)
          << name << ": " << to_string(issues[0]);
      wrong.insert(name);
    }
  }
  EXPECT_EQ(wrong.size(), kWrongThemselves.size());
  const std::map<std::string, int> expected = {{"all", 417},
                                               {"bundles", 44},
                                               {"accepted", 366},
                                               {"bundles with other types", 31},
                                               {"containing other types", 14}};
  EXPECT_EQ(count, expected);
}

}  // namespace
}  // namespace reprise::fhir
