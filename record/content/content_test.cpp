// SPDX-License-Identifier: Apache-2.0
#include "record/content/content.h"

#include <gmock/gmock.h>

#include "fhir/model/lossless_json.h"

namespace reprise::record {
namespace {

TEST(Content, KeepsTextAsItWasWrittenWithoutBlanks) {
  const auto kept = content_text(R"({ "resourceType" : "Observation", "status":"final",
    "id": "x", "meta": { "versionId": "7", "profile": [ "http://a b" ], "lastUpdated": "2020-01-01T00:00:00Z" },
    "valueQuantity": { "value": 1.50, "unit": "a \" { b" }, "list" : [ 1 , -2.0e-3 ] })");
  ASSERT_TRUE(kept) << to_string(kept.error());
  EXPECT_EQ(
      *kept,
      R"(,"profile":["http://a b"]},"status":"final","valueQuantity":{"value":1.50,"unit":"a \" { b"},"list":[1,-2.0e-3]})");
  EXPECT_EQ(
      whole_text({"Observation", "y", 3, 1'773'477'000'250}, *kept),
      R"({"resourceType":"Observation","id":"y","meta":{"versionId":"3","lastUpdated":"2026-03-14T08:30:00.250Z",)"
      R"("profile":["http://a b"]},"status":"final","valueQuantity":{"value":1.50,"unit":"a \" { b"},"list":[1,-2.0e-3]})");
}

TEST(Content, OfAResourceWithNothingInIt) {
  EXPECT_EQ(content_text(R"({"resourceType":"Basic"})").value_or(""), "}}");
  EXPECT_EQ(content_text(R"({"resourceType":"Basic","meta":{"versionId":"1"},"active":true})").value_or(""),
            "},\"active\":true}");
}

TEST(Content, RefusesNamesThatHideBehindEscapes) {
  EXPECT_FALSE(content_text(R"({"resourceType":"Basic","i\u0064":"two ids"})"));
  EXPECT_FALSE(content_text("[]"));
  EXPECT_FALSE(content_text("{"));
}

TEST(Content, WritesTimesInUtc) {
  EXPECT_EQ(instant_text(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(instant_text(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(instant_text(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(instant_text(4'107'542'399'999), "2100-02-28T23:59:59.999Z");
}

TEST(LosslessJson, KeepsDecimalsDigitByDigit) {
  const std::string text = R"({"a":1.50,"b":[0.0,-1e-7,12,3.0E+2],"c":"1.50 \" 2.0","d":true})";
  auto json = fhir::parse_lossless(text);
  ASSERT_TRUE(json);
  EXPECT_EQ(fhir::write_exactly(*json), text);
  (*json)["b"].erase(1);
  EXPECT_EQ(fhir::write_exactly(*json), R"({"a":1.50,"b":[0.0,12,3.0E+2],"c":"1.50 \" 2.0","d":true})");
  EXPECT_FALSE(fhir::parse_lossless(R"({"a":"\u00011.5"})"));
}

}  // namespace
}  // namespace reprise::record
