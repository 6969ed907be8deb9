// SPDX-License-Identifier: Apache-2.0
#include "fhir/search/search_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fhir/model/definitions.h"
#include "fhir/search/search_path.h"
#include "fhir/search/search_walk.h"
#include "tests/support/fhir_examples.h"

namespace reprise::fhir {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string shown(const std::optional<double>& number) {
  return number ? Json(*number).dump() : "";
}

// A value on one line.
struct Show {
  std::string operator()(const SearchToken& v) const { return v.system.value_or("") + '|' + v.code; }
  std::string operator()(const SearchTypedIdentifier& v) const {
    return v.system + '|' + v.code + '|' + v.value;
  }
  std::string operator()(const SearchText& v) const { return v.text; }
  std::string operator()(const SearchReference& v) const { return v.type + '/' + v.id + ' ' + v.address; }
  std::string operator()(const SearchLogicalReference& v) const { return v.system + '=' + v.value; }
  std::string operator()(const SearchQuantity& v) const {
    return shown(v.low) + ".." + shown(v.high) + ' ' + v.system + '|' + v.code + ' ' + v.unit;
  }
  std::string operator()(const SearchNumber& v) const { return shown(v.low) + ".." + shown(v.high); }
  std::string operator()(const SearchUri& v) const { return v.uri; }
  std::string operator()(const Interval& v) const {
    const auto second = [](const auto& ms) { return ms ? std::to_string(*ms / 1000) : std::string{}; };
    return second(v.start_ms) + ".." + second(v.end_ms);
  }
};

std::vector<std::string> values(const Json& resource, std::string_view code) {
  const auto* parameter = find_search_parameter(resource.at("resourceType").get<std::string>(), code);
  EXPECT_NE(parameter, nullptr) << code;
  std::vector<std::string> all;
  if (parameter == nullptr) return all;
  for (const SearchValue& value : search_values(*parameter, resource))
    all.push_back(std::visit(Show{}, value));
  return all;
}

Json with(const char* type, const char* fields) {
  return parse_resource(std::string{"{\"resourceType\":\""} + type + "\"," + fields + "}").value();
}

TEST(IntervalOf, IsAsExactAsTheDateIsWritten) {
  struct Case {
    const char* text;
    std::int64_t start_s;
    std::int64_t end_s;
  };
  // Seconds by `TZ=UTC date -d … +%s`.
  for (const Case& one : {Case{"2000", 946684800, 978307200}, Case{"2026-03", 1772323200, 1775001600},
                          Case{"2024-02-29", 1709164800, 1709251200}, Case{"1969-12-31", -86400, 0},
                          Case{"2026-03-14T09:30:00+01:00", 1773477000, 1773477001},
                          Case{"2026-03-14T09:30:00-05:30", 1773500400, 1773500401}}) {
    const auto interval = interval_of(one.text);
    ASSERT_TRUE(interval) << one.text;
    EXPECT_EQ(interval->start_ms, one.start_s * 1000) << one.text;
    EXPECT_EQ(interval->end_ms, one.end_s * 1000) << one.text;
  }
  const auto fraction = interval_of("1970-01-01T00:00:01.2509Z");
  EXPECT_EQ(fraction->start_ms, 1250);
  EXPECT_EQ(fraction->end_ms, 1251);
  EXPECT_EQ(interval_of("1970-01-01T00:00:01.5Z")->start_ms, 1500);
  EXPECT_EQ(interval_of("0001-12")->end_ms, interval_of("0002")->start_ms);
  EXPECT_FALSE(interval_of("tomorrow"));
}

TEST(SearchParameters, AreThoseOfR4) {
  EXPECT_EQ(find_search_parameter("Patient", "birthdate")->kind, SearchKind::date);
  EXPECT_EQ(find_search_parameter("Patient", "_id")->resource_type, "Resource");
  EXPECT_EQ(find_search_parameter("Patient", "status"), nullptr);
  EXPECT_EQ(search_parameters("Resource").size(), 6U);  // _id _lastUpdated _profile _security _source _tag
  EXPECT_EQ(search_parameters("Patient").size(), 23U);  // http://hl7.org/fhir/R4/patient.html#search
}

TEST(SearchParameters, LeadToValuesThatCanBeSearchedFor) {
  const std::map<SearchKind, std::set<std::string_view>> searchable = {
      {SearchKind::token,
       {"CodeableConcept", "Coding", "Identifier", "ContactPoint", "code", "boolean", "string", "id", "uri"}},
      {SearchKind::string, {"string", "markdown", "HumanName", "Address"}},
      {SearchKind::reference, {"Reference", "canonical", "uri"}},
      {SearchKind::quantity, {"Quantity", "Age", "Range", "Money", "Duration"}},
      {SearchKind::number, {"decimal", "Range", "integer", "positiveInt"}},
      {SearchKind::date, {"date", "dateTime", "instant", "Period", "Timing"}},
      {SearchKind::uri, {"uri", "url", "canonical", "oid"}}};
  std::set<std::string> others;
  for (const SearchParameter& parameter : search_tables().parameters) {
    if (parameter.kind == SearchKind::composite) continue;
    const Structure* start =
        find_resource(parameter.resource_type == "Resource" ? "Patient" : parameter.resource_type);
    for (const SearchPath& path : search_tables().paths.subspan(parameter.first_path, parameter.path_count)) {
      const auto ends = ends_of(path, *start);
      const std::string name = std::string{parameter.resource_type} + ' ' + std::string{parameter.code};
      EXPECT_FALSE(ends.empty()) << name;
      for (const Structure* end : ends) {
        if (searchable.at(parameter.kind).count(end->name) == 0)
          others.insert(name + ' ' + std::string{end->name});
      }
    }
  }
  // Words, ages and curves that have no such value; docs/reference/fhir.md says so.
  EXPECT_THAT(others, ElementsAre("CarePlan activity-date string", "Consent source-reference Attachment",
                                  "Observation combo-value-quantity SampledData",
                                  "Observation component-value-quantity SampledData",
                                  "Observation value-quantity SampledData", "Procedure date Age",
                                  "Procedure date Range", "Procedure date string"));
}

TEST(SearchValues, OfAPatient) {
  const Json patient = with("Patient", R"("id":"a","active":true,
    "meta":{"lastUpdated":"2026-03-14T08:30:00Z","tag":[{"system":"http://t","code":"x"}]},
    "identifier":[{"system":"http://i","value":"17"},{"value":"18"}],
    "name":[{"text":"Ann B. Lee","family":"Lee","given":["Ann","B."]}],"gender":"female","birthDate":"2026-03",
    "telecom":[{"system":"email","value":"a@b"},{"system":"phone","value":"1"}],
    "address":[{"line":["Way 1"],"city":"C"}],"generalPractitioner":[{"reference":"Practitioner/p"}],
    "link":[{"other":{"reference":"https://example.org/fhir/Patient/q"},"type":"seealso"}])");
  EXPECT_THAT(values(patient, "_id"), ElementsAre("|a"));
  EXPECT_THAT(values(patient, "_lastUpdated"), ElementsAre("1773477000..1773477001"));
  EXPECT_THAT(values(patient, "_tag"), ElementsAre("http://t|x"));
  EXPECT_THAT(values(patient, "active"), ElementsAre("|true"));
  EXPECT_THAT(values(patient, "identifier"), ElementsAre("http://i|17", "|18"));
  EXPECT_THAT(values(patient, "name"), ElementsAre("Ann B. Lee", "Lee", "Ann", "B."));
  EXPECT_THAT(values(patient, "family"), ElementsAre("Lee"));
  EXPECT_THAT(values(patient, "gender"), ElementsAre("http://hl7.org/fhir/administrative-gender|female"));
  EXPECT_THAT(values(patient, "birthdate"), ElementsAre("1772323200..1775001600"));
  EXPECT_THAT(values(patient, "email"), ElementsAre("|a@b"));
  EXPECT_THAT(values(patient, "telecom"), ElementsAre("|a@b", "|1"));
  EXPECT_THAT(values(patient, "address"), ElementsAre("Way 1", "C"));
  EXPECT_THAT(values(patient, "general-practitioner"), ElementsAre("Practitioner/p Practitioner/p"));
  EXPECT_THAT(values(patient, "link"), ElementsAre("Patient/q https://example.org/fhir/Patient/q"));
  EXPECT_THAT(values(patient, "organization"), IsEmpty());
}

TEST(SearchValues, OfWhetherAPatientDied) {
  EXPECT_THAT(values(with("Patient", R"("active":true)"), "deceased"), ElementsAre("|false"));
  EXPECT_THAT(values(with("Patient", R"("deceasedBoolean":false)"), "deceased"), ElementsAre("|false"));
  EXPECT_THAT(values(with("Patient", R"("deceasedBoolean":true)"), "deceased"), ElementsAre("|true"));
  const Json dated = with("Patient", R"("deceasedDateTime":"2024-02-29")");
  EXPECT_THAT(values(dated, "deceased"), ElementsAre("|true"));
  EXPECT_THAT(values(dated, "death-date"), ElementsAre("1709164800..1709251200"));
}

TEST(SearchValues, OfAnObservation) {
  const Json observation = with("Observation", R"("status":"final","subject":{"reference":"#p"},
    "contained":[{"resourceType":"Patient","id":"p"}],"effectivePeriod":{"start":"2024-02-29"},
    "code":{"coding":[{"system":"http://c","code":"1"},{"code":"2"}],"text":"angle"},
    "valueQuantity":{"value":71.5,"unit":"degree","system":"http://u","code":"deg"},
    "component":[{"code":{"coding":[{"code":"3"}]},"valueQuantity":{"value":5,"comparator":"<"}}])");
  EXPECT_THAT(values(observation, "status"), ElementsAre("http://hl7.org/fhir/observation-status|final"));
  EXPECT_THAT(values(observation, "code"), ElementsAre("http://c|1", "|2"));
  EXPECT_THAT(values(observation, "combo-code"), ElementsAre("http://c|1", "|2", "|3"));
  EXPECT_THAT(values(observation, "date"), ElementsAre("1709164800.."));
  EXPECT_THAT(values(observation, "value-quantity"), ElementsAre("71.5..71.5 http://u|deg degree"));
  EXPECT_THAT(values(observation, "component-value-quantity"), ElementsAre("..5.0 | "));
  EXPECT_THAT(values(observation, "value-string"), IsEmpty());
  EXPECT_THAT(values(observation, "subject"), IsEmpty()) << "contained resources are not found by their ids";
}

TEST(SearchValues, OfReferencesToOneTypeOnly) {
  const Json basic = with("Basic", R"("code":{"text":"a"},"subject":{"reference":"Patient/1"})");
  EXPECT_THAT(values(basic, "patient"), ElementsAre("Patient/1 Patient/1"));
  const Json group = with("Flag", R"("subject":{"reference":"Group/1"})");
  EXPECT_THAT(values(group, "patient"), IsEmpty());
  EXPECT_THAT(values(group, "subject"), ElementsAre("Group/1 Group/1"));
}

TEST(SearchValues, OfOtherKinds) {
  EXPECT_THAT(values(with("Questionnaire", R"("url":"http://q","status":"active")"), "url"),
              ElementsAre("http://q"));
  EXPECT_THAT(values(with("QuestionnaireResponse", R"("status":"completed","questionnaire":"http://q|1")"),
                     "questionnaire"),
              ElementsAre("/ http://q|1"));
  EXPECT_THAT(values(with("RiskAssessment", R"("prediction":[{"probabilityDecimal":0.25},
                {"probabilityRange":{"low":{"value":1}}}])"),
                     "probability"),
              ElementsAre("0.25..0.25", "1.0.."));
  EXPECT_THAT(values(with("Procedure", R"("performedString":"2024")"), "date"), IsEmpty());
  EXPECT_THAT(values(with("ServiceRequest", R"("occurrenceTiming":{"event":["2024-02-29","2026-03"]})"),
                     "occurrence"),
              ElementsAre("1709164800..1775001600"));
  EXPECT_THAT(
      values(with("ActivityDefinition", R"("relatedArtifact":[{"type":"successor","resource":"http://a"},
                {"type":"predecessor","resource":"http://b"}])"),
             "successor"),
      ElementsAre("/ http://a"));
  EXPECT_THAT(values(with("Condition", R"("onsetRange":{"low":{"value":40,"code":"a"},"high":{"value":50}})"),
                     "onset-age"),
              ElementsAre("40.0..50.0 |a "));
}

TEST(SearchValues, OfIdentifiersWithTheirTypeAndOfReferencesByIdentifier) {
  const Json patient =
      with("Patient", R"("identifier":[{"type":{"coding":[{"system":"http://t","code":"MR"}]},
    "system":"http://i","value":"17"}],"managingOrganization":{"identifier":{"system":"http://o","value":"4"}})");
  EXPECT_THAT(values(patient, "identifier"), ElementsAre("http://i|17", "http://t|MR|17"));
  EXPECT_THAT(values(patient, "organization"), ElementsAre("http://o=4"));
  EXPECT_TRUE(leads_to_structure(*find_search_parameter("Patient", "identifier"), "Identifier"));
  EXPECT_FALSE(leads_to_structure(*find_search_parameter("Patient", "gender"), "Identifier"));
}

TEST(SearchParameters, TellWhereAReferenceMayLead) {
  EXPECT_THAT(targets_of(*find_search_parameter("Observation", "patient")), ElementsAre("Patient"));
  EXPECT_THAT(targets_of(*find_search_parameter("Observation", "subject")),
              ElementsAre("Device", "Group", "Patient"));  // and Location, which is not supported
}

// What one walk shows of each parameter, sorted.
std::map<std::string, std::multiset<std::string>> walked(const Json& resource) {
  std::map<std::string, std::multiset<std::string>> shown_values;
  each_search_value(resource,
                    [&](const SearchParameter& parameter, std::uint32_t place, SearchValue&& value) {
                      const std::string at = place != 0 ? " in " + std::to_string(place) : "";
                      shown_values[std::string{parameter.code} + at].insert(std::visit(Show{}, value));
                    });
  return shown_values;
}

TEST(EachSearchValue, ShowsPartsOfOneElementAtOnePlace) {
  const Json observation = with("Observation", R"("status":"final","code":{"coding":[{"code":"1"}]},
    "component":[{"code":{"coding":[{"code":"2"}]},"valueQuantity":{"value":5}},
                 {"code":{"coding":[{"code":"3"}]},"valueQuantity":{"value":7}},{"code":{"text":"4"}}])");
  const auto all = walked(observation);
  EXPECT_EQ(all.at("component-code-value-quantity$1 in 2"), std::multiset<std::string>{"|2"});
  EXPECT_EQ(all.at("component-code-value-quantity$2 in 2"), std::multiset<std::string>{"5.0..5.0 | "});
  EXPECT_EQ(all.at("component-code-value-quantity$1 in 4"), std::multiset<std::string>{"|3"});
  EXPECT_EQ(all.count("code-value-quantity$1 in 1"), 0U) << "without a value there is nothing to combine";
}

// The walk shows what each parameter alone has, for all examples.
TEST(OfficialExamples, AreWalkedAsEachParameterIsFollowed) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(example_folder())) {
    const std::string name = entry.path().stem().string();
    const std::string type = name.substr(0, name.find('-'));
    if (find_resource(type) == nullptr || entry.file_size() > 1'000'000) continue;
    const auto resource = parse_resource(get_file(entry.path()));
    ASSERT_TRUE(resource) << name;
    auto all = walked(*resource);
    for (const std::string_view of : {std::string_view{type}, std::string_view{"Resource"}}) {
      for (const SearchParameter& parameter : search_parameters(of)) {
        std::multiset<std::string> alone;
        for (const SearchValue& value : search_values(parameter, *resource)) {
          alone.insert(std::visit(Show{}, value));
          ++count;
        }
        EXPECT_EQ(all[std::string{parameter.code}], alone) << name << ' ' << parameter.code;
      }
    }
  }
  EXPECT_GT(count, 5000);
}

}  // namespace
}  // namespace reprise::fhir
