// SPDX-License-Identifier: Apache-2.0
#include "fhir/model/resource.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace reprise::fhir {
namespace {

using ::testing::HasSubstr;

std::string cause_of(std::string_view text, const ParseOptions& options = {}) {
  const auto resource = parse_resource(text, options);
  EXPECT_FALSE(resource) << text;
  if (resource) return "";
  EXPECT_FALSE(resource.error().remedy.empty());
  return resource.error().cause;
}

TEST(ParseResource, KeepsFieldsInTheirOrderAndNumbersAsTheyAre) {
  const std::string text = R"({"resourceType":"Basic","b":[1,-2,2.5,true,null,"ä"],"a":{"c":{}}})";
  const auto resource = parse_resource(text);
  ASSERT_TRUE(resource);
  EXPECT_EQ(resource->dump(), text);
}

TEST(ParseResource, SaysWhereTextIsNotJson) {
  EXPECT_THAT(cause_of("{\"a\": 1,\n  \"b\" 2}"), HasSubstr("line 2, column 7"));
  EXPECT_THAT(cause_of(""), HasSubstr("line 1, column 1"));
  EXPECT_THAT(cause_of("{\"a\": 01}"), HasSubstr("column 8"));
  EXPECT_THAT(cause_of("{\"a\": NaN}"), HasSubstr("column 7"));
  EXPECT_THAT(cause_of("{\"a\": 1,}"), HasSubstr("column 9"));
}

TEST(ParseResource, RefusesTextAfterTheResource) {
  EXPECT_THAT(cause_of("{} {}"), HasSubstr("line 1, column 4"));
}

TEST(ParseResource, RefusesWhatIsNotUtf8) {
  EXPECT_THAT(cause_of("{\"a\": \"\xC3(\"}"), HasSubstr("not JSON in UTF-8 at line 1, column 9"));
  EXPECT_THAT(cause_of("{\"a\": \"\\ud800\"}"), HasSubstr("not JSON in UTF-8"));  // half a character
}

TEST(ParseResource, RefusesAFieldThatStandsTwiceAndNamesItsPlace) {
  EXPECT_THAT(cause_of(R"({"resourceType":"Patient","name":[{"family":"A"},{"family":"B","family":"C"}]})"),
              HasSubstr("Patient.name[1] has the field family twice"));
  EXPECT_THAT(cause_of(R"({"a":1,"\u0061":2})"), HasSubstr("the resource has the field a twice"));
}

TEST(ParseResource, DoesNotRepeatNamesThatMayBeContent) {
  EXPECT_THAT(cause_of(R"({"Ann Lee":{"x":1,"x":2}})"), ::testing::Not(HasSubstr("Ann")));
  EXPECT_THAT(cause_of(R"({"Ann Lee":1,"Ann Lee":2})"), ::testing::Not(HasSubstr("Ann")));
}

TEST(ParseResource, RefusesNumbersBeyondAllSize) {
  EXPECT_THAT(cause_of("{\"a\": 1e400}"), HasSubstr("too large for double precision"));
}

TEST(ParseResource, HoldsItsLimits) {
  ParseOptions options;
  options.max_bytes = 10;
  EXPECT_EQ(parse_resource("{\"a\": 123}", options).value().dump(), "{\"a\":123}");
  const auto larger = parse_resource("{\"a\": 1234}", options);
  ASSERT_FALSE(larger);
  EXPECT_EQ(larger.error().code, ErrorCode::unsupported);

  options = {};
  options.max_depth = 3;
  EXPECT_TRUE(parse_resource(R"({"a":[{}]})", options));
  EXPECT_THAT(cause_of(R"({"a":[{"b":[]}]})", options), HasSubstr("the resource.a[0] holds more than 3"));

  options = {};
  options.max_fields = 2;
  EXPECT_TRUE(parse_resource(R"({"a":1,"b":2})", options));
  EXPECT_THAT(cause_of(R"({"a":{"a":1,"b":2,"c":3}})", options),
              HasSubstr("the resource.a has more than 2 fields"));
}

TEST(ParseResource, SurvivesAMillionBrackets) {
  EXPECT_THAT(cause_of(std::string(1'000'000, '[')), HasSubstr("inside each other"));
}

}  // namespace
}  // namespace reprise::fhir
