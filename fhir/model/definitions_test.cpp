// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/definitions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace reprise::fhir {
namespace {

const Element& element(std::string_view resource, std::string_view name) {
  return *find_element(*find_resource(resource), name);
}

// By http://hl7.org/fhir/R4/patient.html, observation.html and goal.html.
TEST(Definitions, SayWhatR4Says) {
  EXPECT_TRUE(element("Observation", "status").required);
  EXPECT_FALSE(element("Observation", "status").many);
  EXPECT_TRUE(element("Observation", "component").many);
  EXPECT_FALSE(element("Observation", "component").required);
  EXPECT_EQ(structure_of(element("Observation", "component")).name, "Observation.component");
  EXPECT_EQ(structure_of(element("Patient", "birthDate")).kind, Kind::date);
  EXPECT_EQ(structure_of(element("Patient", "id")).kind, Kind::id);
  EXPECT_EQ(path_name(element("Observation", "valueQuantity")), "value");
  EXPECT_TRUE(may_refer_to(element("Patient", "managingOrganization"), "Organization"));
  EXPECT_FALSE(may_refer_to(element("Patient", "managingOrganization"), "Patient"));
  EXPECT_TRUE(may_refer_to(element("Observation", "focus"), "Slot")) << "to any resource";
}

TEST(Definitions, KnowElementsThatAreDefinedElsewhere) {
  const Structure& component = structure_of(element("Observation", "component"));
  EXPECT_EQ(structure_of(*find_element(component, "referenceRange")).name, "Observation.referenceRange");
  const Structure& item = structure_of(element("Questionnaire", "item"));
  EXPECT_EQ(&structure_of(*find_element(item, "item")), &item);
}

TEST(Definitions, KnowProfilesOfQuantities) {
  const Structure& range = structure_of(element("Observation", "valueRange"));
  const Structure& low = structure_of(*find_element(range, "low"));
  EXPECT_EQ(low.name, "SimpleQuantity");
  EXPECT_EQ(find_element(low, "comparator"), nullptr);
  EXPECT_NE(find_element(structure_of(element("Observation", "valueQuantity")), "comparator"), nullptr);
}

TEST(Definitions, TellSupportedResourcesFromOthers) {
  EXPECT_NE(find_resource("Patient"), nullptr);
  EXPECT_EQ(find_resource("HumanName"), nullptr);
  EXPECT_EQ(find_resource("Medication"), nullptr);
  EXPECT_TRUE(is_resource_type("Medication"));
  EXPECT_FALSE(is_resource_type("DomainResource"));
  EXPECT_EQ(tables().resource_types.size(), 146U);  // http://hl7.org/fhir/R4/resourcelist.html
  const auto& all = tables().structures;
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [](const Structure& s) { return s.kind == Kind::resource; }), 42);
}

TEST(Definitions, ListTheCodesOfRequiredBindings) {
  const auto gender = required_codes(element("Patient", "gender"));
  EXPECT_EQ(gender.size(), 4U);
  EXPECT_TRUE(contains_code(gender, "female"));
  EXPECT_FALSE(contains_code(gender, "Female"));
  const std::string_view right = "http://hl7.org/fhir/administrative-gender";
  const std::string_view wrong = "http://example.org";
  EXPECT_TRUE(contains_code(gender, "female", &right));
  EXPECT_FALSE(contains_code(gender, "female", &wrong));
  EXPECT_TRUE(required_codes(element("Patient", "maritalStatus")).empty()) << "extensible";
}

TEST(Definitions, HaveTwoRequiredValueSetsWhoseCodesAreKeptByOthers) {
  std::string without_codes;
  for (const ValueSet& set : tables().value_sets) {
    if (set.code_count == 0) without_codes += std::string{set.url} + ' ';
  }
  EXPECT_EQ(without_codes, "http://hl7.org/fhir/ValueSet/currencies http://hl7.org/fhir/ValueSet/mimetypes ");
}

TEST(Definitions, AreSortedAsTheSearchInThemWants) {
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  const Tables& t = tables();
  EXPECT_TRUE(std::is_sorted(t.structures.begin(), t.structures.end(), by_name));
  EXPECT_TRUE(std::is_sorted(t.resource_types.begin(), t.resource_types.end()));
  EXPECT_TRUE(std::is_sorted(t.html_elements.begin(), t.html_elements.end()));
  EXPECT_TRUE(std::is_sorted(t.html_attributes.begin(), t.html_attributes.end()));
  for (const Structure& structure : t.structures) {
    const auto own = elements_of(structure);
    EXPECT_TRUE(std::is_sorted(own.begin(), own.end(), by_name)) << structure.name;
  }
  for (const ValueSet& set : t.value_sets) {
    const auto codes = t.codes.subspan(set.first_code, set.code_count);
    EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end(), [](const Code& a, const Code& b) {
      return a.code < b.code;
    })) << set.url;
  }
}

}  // namespace
}  // namespace reprise::fhir
