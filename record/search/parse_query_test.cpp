// SPDX-License-Identifier: Apache-2.0
#include "record/search/parse_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "record/search/query_string.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

ReadQuery read_text(const std::string& text, bool lenient = false) {
  const std::size_t question = text.find('?');
  const std::vector<std::string_view> forms = {std::string_view{text}.substr(question + 1)};
  return parse_query(text.substr(0, question), forms, {lenient, 0, "https://here.org/fhir"});
}

std::vector<std::string> errors_of(const std::string& text, bool lenient = false) {
  std::vector<std::string> errors;
  for (const fhir::Issue& issue : read_text(text, lenient).errors) errors.push_back(issue.diagnostics);
  return errors;
}

TEST(ParseQueryString, DecodesNamesAndValues) {
  const auto form = parse_query_string("a=1&b%5B=x+y%2Bz&&c&d==");
  ASSERT_TRUE(form);
  EXPECT_THAT(*form, ElementsAre(Pair("a", "1"), Pair("b[", "x y+z"), Pair("c", ""), Pair("d", "=")));
  EXPECT_THAT(*parse_query_string(""), IsEmpty());
  for (const char* bad : {"a=%", "a=%4", "a=%GG", "a=%FF", "a=%00", "%C3=1"})
    EXPECT_FALSE(parse_query_string(bad)) << bad;
  const std::vector<std::pair<std::string, std::string>> fields = {{"a b", "ü&=+%\"|"}, {"c", ""}};
  EXPECT_EQ(*parse_query_string(write_query_string(fields)), fields);
}

TEST(SplitUnescaped, KeepsEscapedSeparators) {
  EXPECT_THAT(split_unescaped("a\\,b,c\\\\,", ','), ElementsAre("a\\,b", "c\\\\", ""));
  EXPECT_EQ(unescaped("a\\,b\\|\\$\\\\\\x\\"), "a,b|$\\\\x\\");
}

TEST(ParseQuery, TakesTheControlParameters) {
  const ReadQuery read = read_text(
      "Observation?_sort=-date,status&_count=7&_total=accurate&_elements=status,value&_include=Observation:"
      "subject:Patient&"
      "_revinclude=Provenance:target&_format=json&_pretty=true&code=a");
  EXPECT_THAT(read.errors, IsEmpty());
  const SearchQuery& query = read.query;
  ASSERT_EQ(query.sort.size(), 2U);
  EXPECT_TRUE(query.sort[0].descending);
  EXPECT_EQ(query.sort[1].parameter->code, "status");
  EXPECT_EQ(query.count, 7U);
  EXPECT_TRUE(query.total);
  EXPECT_THAT(query.elements, ElementsAre("status", "value"));
  ASSERT_EQ(query.includes.size(), 2U);
  EXPECT_TRUE(query.includes[1].reverse);
  EXPECT_EQ(query.format, "json");
  EXPECT_EQ(query.accepted.size(), 9U);
  EXPECT_EQ(read_text("Observation?" + query_text(query)).query.accepted, query.accepted);
  EXPECT_EQ(read_text("Patient?_count=0").query.summary, Summary::count);
  const ReadQuery large = read_text("Patient?_count=5000");
  EXPECT_EQ(large.query.count, kMostResources);
  EXPECT_EQ(large.warnings.size(), 1U);
}

TEST(ParseQuery, PutsTheAddressAndTheFormTogether) {
  const std::vector<std::string_view> forms = {"gender=male", "name=a"};
  EXPECT_EQ(parse_query("Patient", forms, {}).query.criteria.size(), 2U);
}

// Each results in one error that begins with the parameter's name and does not repeat its value.
TEST(ParseQuery, RefusesEachWrongValue) {
  for (const char* wrong : {"Patient?birthdate=secret",
                            "Patient?birthdate=2026-13-01",
                            "Patient?birthdate=",
                            "Patient?birthdate=ge",
                            "Patient?birthdate=2026-01-01T25:00:00Z",
                            "Patient?identifier=|",
                            "Patient?identifier=a|b|secret",
                            "Patient?identifier:of-type=a|secret",
                            "Patient?name=",
                            "Patient?name=%CC%81",
                            "Patient?gender:missing=secret",
                            "Patient?general-practitioner=se%20cret",
                            "Patient?general-practitioner:Practitioner=Organization/secret",
                            "Patient?_id=secret|1",
                            "Patient?_id=",
                            "Patient?_count=-1",
                            "Patient?_count=secret",
                            "Patient?_total=secret",
                            "Patient?_summary=secret",
                            "Patient?_pretty=secret",
                            "Patient?_count=1&_count=2",
                            "Patient?_cursor=secret",
                            "Patient?_include=Observation:subject",
                            "Patient?_revinclude=Observation:subject:Group",
                            "Observation?value-quantity=secret",
                            "Observation?value-quantity=1|secret",
                            "Observation?value-quantity=1e999",
                            "Observation?value-quantity=.5",
                            "Observation?value-quantity=1e",
                            "Observation?value-quantity=--1",
                            "Observation?value-quantity=0x10",
                            "Observation?value-quantity=nan",
                            "Observation?code-value-quantity=secret",
                            "Observation?code-value-quantity=a$secret",
                            "Observation?code-value-quantity=a$1$2",
                            "Observation?subject.identifier=secret",
                            "RiskAssessment?probability=1..2",
                            "Questionnaire?url:below=urn:secret",
                            "Patient?_sort=name,name,name,name,name"}) {
    const auto errors = errors_of(wrong);
    ASSERT_EQ(errors.size(), 1U) << wrong;
    const std::string name = std::string{wrong}.substr(std::string{wrong}.find('?') + 1);
    EXPECT_EQ(errors[0].rfind(name.substr(0, name.find('=')) + ": ", 0), 0U) << errors[0];
    EXPECT_EQ(errors[0].find("secret"), std::string::npos) << errors[0];
    EXPECT_EQ(errors_of(wrong, true), errors) << "lenient handling does not guess values";
  }
}

// With lenient handling they are ignored with a warning.
TEST(ParseQuery, PassesNothingOverInSilence) {
  for (const char* unknown : {"Patient?status=a",
                              "Patient?name:above=a",
                              "Patient?name:text=a",
                              "Patient?gender:text=a",
                              "Patient?gender:in=a",
                              "Patient?gender:exact=a",
                              "Patient?_id:missing=true",
                              "Patient?organization:Nothing=1",
                              "Patient?_text=a",
                              "Patient?_content=a",
                              "Patient?_filter=a",
                              "Patient?_has:Observation:patient:code=1",
                              "Patient?_list=1",
                              "Patient?_contained=true",
                              "Patient?_include:iterate=Patient:organization",
                              "Patient?_include=*",
                              "Patient?_include=Patient:*",
                              "Patient?_include=Patient:name",
                              "Patient?_include=Nothing:x",
                              "Patient?_sort=_score",
                              "Patient?_sort=organization",
                              "Patient?_sort=",
                              "Patient?_elements=nothing",
                              "Observation?_sort=code-value-quantity",
                              "Observation?patient.organization.name=a",
                              "Observation?patient.nothing=a",
                              "Observation?code.name=a",
                              "Observation?subject:Account.name=a",
                              "Observation?subject:Patient.name:above=a",
                              "QuestionnaireResponse?questionnaire.name=a",
                              "QuestionnaireResponse?_include=QuestionnaireResponse:questionnaire"}) {
    EXPECT_EQ(errors_of(unknown).size(), 1U) << unknown;
    const ReadQuery lenient = read_text(unknown, true);
    EXPECT_THAT(lenient.errors, IsEmpty()) << unknown;
    EXPECT_EQ(lenient.warnings.size(), 1U) << unknown;
    EXPECT_THAT(lenient.query.accepted, IsEmpty()) << unknown;
    EXPECT_THAT(lenient.query.criteria, IsEmpty()) << unknown;
  }
  EXPECT_THAT(errors_of("Patient?Jane%20Doe=1")[0], ::testing::Not(HasSubstr("Doe")))
      << "a name that FHIR would not give may be about a patient";
  EXPECT_EQ(errors_of("Account?name=a").size(), 1U);
  EXPECT_EQ(errors_of("Nothing?").size(), 1U);
  EXPECT_EQ(errors_of("Patient?a=%zz").size(), 1U);
}

TEST(ParseQuery, HasLimits) {
  EXPECT_EQ(errors_of("Patient?name=" + std::string(kLongestQuery, 'a')).size(), 1U);
  std::string many = "Patient?";
  for (std::size_t i = 0; i <= kMostCriteria; ++i) many += "name=a&";
  EXPECT_EQ(errors_of(many).size(), 1U);
  std::string values = "Patient?gender=a";
  for (std::size_t i = 0; i < kMostAlternatives; ++i) values += ",a";
  EXPECT_EQ(errors_of(values).size(), 1U);
  const std::string full = values.substr(0, values.size() - 2).substr(values.find('?') + 1);
  EXPECT_EQ(errors_of("Patient?" + full + "&" + full).size(), 0U);
  EXPECT_EQ(errors_of("Patient?" + full + "&" + full + "&" + full).size(), 1U);
  std::string includes = "Patient?";
  for (std::size_t i = 0; i <= kMostIncludes; ++i) includes += "_include=Patient:organization&";
  EXPECT_EQ(errors_of(includes).size(), 1U);
  std::string fields = "Patient?";
  for (int i = 0; i < 1001; ++i) fields += "x=&";
  EXPECT_EQ(errors_of(fields).size(), 1U);
}

TEST(ParseQuery, GivesNumbersTheWidthOfTheirDigits) {
  const auto number = [](const std::string& text) {
    return std::get<NumberValue>(
        read_text("RiskAssessment?probability=" + text).query.criteria.at(0).alternatives.at(0)[0]);
  };
  struct Case {
    const char* text;
    double from;
    double to;
  };
  // http://hl7.org/fhir/R4/search.html#number, and by the same rule.
  for (const Case& one :
       {Case{"100", 99.5, 100.5}, Case{"100.00", 99.995, 100.005}, Case{"1e2", 50, 150},
        Case{"5.4", 5.35, 5.45}, Case{"-5.4", -5.45, -5.35}, Case{"0", -0.5, 0.5}, Case{"0.0", -0.05, 0.05},
        Case{"-0", -0.5, 0.5}, Case{"5.40e-3", 0.005395, 0.005405}, Case{"ap100", 90, 110}}) {
    EXPECT_EQ(number(one.text).from, one.from) << one.text;
    EXPECT_EQ(number(one.text).to, one.to) << one.text;
  }
  const NumberValue exact = number("0.12345678901234567890123456789");
  EXPECT_LE(exact.from, exact.value);
  EXPECT_GT(exact.to, exact.value);
  EXPECT_EQ(exact.value, 0.12345678901234567890123456789);
}

}  // namespace
}  // namespace reprise::record
