// SPDX-License-Identifier: Apache-2.0
// Official examples, damaged in every place in every way: each damage is found where it was done.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/validation/validate.h"
#include "tests/support/fhir_examples.h"

namespace reprise::fhir {
namespace {

// A field of an example, and what the definitions say about it.
struct Field {
  Json::json_pointer at;
  const Element* element;
  std::string parent;      // the expression of the group that has it
  std::string expression;  // its own; that of its first value where it is a list
};

void collect(const Json& group, const Structure& structure, const Json::json_pointer& at,
             const std::string& path, std::vector<Field>& fields) {
  for (const auto& [name, value] : group.items()) {
    if (name == "resourceType" && structure.kind == Kind::resource) continue;
    if (name.front() == '_') continue;
    const Element* element = find_element(structure, name);
    ASSERT_NE(element, nullptr) << path << '.' << name;
    const std::string expression = path + '.' + std::string{path_name(*element)};
    fields.push_back({at / name, element, path, expression + (element->many ? "[0]" : "")});
    for (std::size_t i = 0; i < (element->many ? value.size() : 1); ++i) {
      const Json& one = element->many ? value[i] : value;
      if (!one.is_object()) continue;
      const Structure& own = structure_of(*element);
      const Structure* inner =
          own.kind == Kind::any_resource ? find_resource(one.at("resourceType").get<std::string>()) : &own;
      ASSERT_NE(inner, nullptr);
      collect(one, *inner, element->many ? at / name / i : at / name,
              expression + (element->many ? '[' + std::to_string(i) + ']' : ""), fields);
    }
  }
}

struct Damaged {
  Json resource;
  std::vector<Field> fields;
};

// Examples that use much of their types, and together every kind of value.
const std::vector<Damaged>& examples() {
  static const std::vector<Damaged> kExamples = [] {
    std::vector<Damaged> all;
    for (const char* name : {"Patient-example",
                             "Patient-f001",
                             "Practitioner-example",
                             "PractitionerRole-example",
                             "CareTeam-example",
                             "CarePlan-gpvisit",
                             "CarePlan-example",
                             "ServiceRequest-physiotherapy",
                             "ActivityDefinition-referralPrimaryCareMentalHealth",
                             "PlanDefinition-KDN5",
                             "Goal-example",
                             "Condition-example",
                             "Procedure-f001",
                             "Observation-example",
                             "Observation-blood-pressure",
                             "Observation-ekg",
                             "Questionnaire-3141",
                             "QuestionnaireResponse-3141",
                             "RiskAssessment-genetic",
                             "Encounter-f001",
                             "Appointment-example",
                             "Slot-example",
                             "Task-example1",
                             "Communication-example",
                             "Composition-example",
                             "DocumentReference-example",
                             "Media-example",
                             "Device-example",
                             "Flag-example",
                             "Consent-consent-example-basic",
                             "AuditEvent-example",
                             "Provenance-example",
                             "Claim-760150",
                             "List-example",
                             "Group-101",
                             "Library-example",
                             "Bundle-bundle-response",
                             "OperationOutcome-101",
                             "CapabilityStatement-example"}) {
      Damaged one{example(name), {}};
      const Structure* structure = find_resource(one.resource.at("resourceType").get<std::string>());
      collect(one.resource, *structure, Json::json_pointer{}, std::string{structure->name}, one.fields);
      EXPECT_TRUE(validate(one.resource).empty()) << name;
      all.push_back(std::move(one));
    }
    return all;
  }();
  return kExamples;
}

bool has_issue(const Json& resource, IssueType code, const std::string& expression) {
  const auto issues = validate(resource);
  return std::any_of(issues.begin(), issues.end(),
                     [&](const Issue& one) { return one.code == code && one.expression == expression; });
}

TEST(DamagedExamples, EveryMissingRequiredElementIsNamed) {
  int damages = 0;
  for (const Damaged& one : examples()) {
    for (const Field& field : one.fields) {
      if (!field.element->required) continue;
      Json resource = one.resource;
      Json& parent = resource[field.at.parent_pointer()];
      parent.erase(field.at.back());
      parent.erase('_' + field.at.back());
      const std::string expected = field.parent + '.' + std::string{path_name(*field.element)};
      EXPECT_TRUE(parent.empty() ? has_issue(resource, IssueType::structure, field.parent)
                                 : has_issue(resource, IssueType::required, expected))
          << expected;
      ++damages;
    }
  }
  EXPECT_GT(damages, 300);
}

TEST(DamagedExamples, EveryRenamedElementIsNamed) {
  int damages = 0;
  for (const Damaged& one : examples()) {
    for (const Field& field : one.fields) {
      Json resource = one.resource;
      Json& parent = resource[field.at.parent_pointer()];
      const std::string renamed = field.at.back() + "Q";
      parent[renamed] = parent[field.at.back()];
      parent.erase(field.at.back());
      EXPECT_TRUE(has_issue(resource, IssueType::structure, field.parent + '.' + renamed))
          << field.expression;
      ++damages;
    }
  }
  EXPECT_GT(damages, 2000);
}

TEST(DamagedExamples, EveryOtherKindOfJsonIsNamed) {
  for (const Damaged& one : examples()) {
    for (const Field& field : one.fields) {
      const std::string whole = field.parent + '.' + std::string{path_name(*field.element)};
      const auto with = [&](const Json& instead) {
        Json resource = one.resource;
        resource[field.at] = instead;
        return resource;
      };
      EXPECT_TRUE(has_issue(with(nullptr), IssueType::structure, whole)) << whole;
      EXPECT_TRUE(has_issue(with(Json::array()), IssueType::structure, whole)) << whole;
      EXPECT_TRUE(has_issue(with(Json::object()), IssueType::structure, whole)) << whole;
      const Json& was = one.resource.at(field.at);
      EXPECT_TRUE(
          has_issue(with(field.element->many ? was[0] : Json::array({was})), IssueType::structure, whole))
          << whole;
      if (!is_primitive(structure_of(*field.element).kind)) {
        EXPECT_TRUE(has_issue(with(field.element->many ? Json::array({"a"}) : Json("a")),
                              IssueType::structure, field.expression))
            << whole;
      }
    }
  }
}

TEST(DamagedExamples, EveryBadValueIsNamed) {
  static const std::map<Kind, Json> kBad = {
      {Kind::base64_binary, "a"}, {Kind::boolean, "true"},    {Kind::canonical, "a b"},
      {Kind::code, " a"},         {Kind::date, "2026-02-30"}, {Kind::date_time, "tomorrow"},
      {Kind::decimal, "1"},       {Kind::id, "a_b"},          {Kind::instant, "2026"},
      {Kind::integer, 0.5},       {Kind::markdown, ""},       {Kind::positive_int, 0},
      {Kind::string, " "},        {Kind::time, "9:00"},       {Kind::unsigned_int, -1},
      {Kind::uri, "a b"},         {Kind::url, "a b"},         {Kind::xhtml, "<div>a</div>"}};
  std::set<Kind> damaged;
  for (const Damaged& one : examples()) {
    for (const Field& field : one.fields) {
      const Kind kind = structure_of(*field.element).kind;
      if (!is_primitive(kind)) continue;
      Json resource = one.resource;
      const auto bad = kBad.find(kind);
      ASSERT_NE(bad, kBad.end()) << field.expression;
      Json& value = resource[field.at];
      (field.element->many ? value[0] : value) = bad->second;
      EXPECT_TRUE(has_issue(resource, IssueType::value, field.expression)) << field.expression;
      damaged.insert(kind);
    }
  }
  // R4's examples of these types have every kind but OIDs and UUIDs.
  for (const auto& [kind, bad] : kBad) EXPECT_EQ(damaged.count(kind), 1U) << static_cast<int>(kind) << bad;
}

TEST(DamagedExamples, EveryUnknownCodeIsNamed) {
  int damages = 0;
  for (const Damaged& one : examples()) {
    for (const Field& field : one.fields) {
      if (structure_of(*field.element).kind != Kind::code || required_codes(*field.element).empty()) continue;
      Json resource = one.resource;
      Json& value = resource[field.at];
      (field.element->many ? value[0] : value) = "no-such-code";
      EXPECT_TRUE(has_issue(resource, IssueType::code_invalid, field.expression)) << field.expression;
      ++damages;
    }
  }
  EXPECT_GT(damages, 100);
}

}  // namespace
}  // namespace reprise::fhir
