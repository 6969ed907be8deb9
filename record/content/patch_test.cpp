// SPDX-License-Identifier: Apache-2.0
#include "record/content/patch.h"

#include <gmock/gmock.h>

namespace reprise::record {
namespace {

constexpr const char* kObservation =
    R"({"resourceType":"Observation","id":"x","status":"preliminary","valueQuantity":{"value":1.50,"unit":"m"}})";

TEST(Patch, ChangesOnlyTheNamedFields) {
  const auto text = patched(kObservation, R"([{"op":"test","path":"/status","value":"preliminary"},
    {"op":"replace","path":"/status","value":"final"},{"op":"add","path":"/note","value":[{"text":"a"}]},
    {"op":"add","path":"/valueQuantity/system","value":"http://unitsofmeasure.org"},{"op":"remove","path":"/valueQuantity/unit"}])");
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, R"({"resourceType":"Observation","id":"x","status":"final","valueQuantity":{"value":1.50,)"
                   R"("system":"http://unitsofmeasure.org"},"note":[{"text":"a"}]})");
}

TEST(Patch, NamesTheOperationThatDoesNotFit) {
  const auto refused = patched(kObservation, R"([{"op":"replace","path":"/status","value":"final"},
    {"op":"test","path":"/status","value":"Secret"}])");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::invalid);
  EXPECT_THAT(refused.error().issues[0].diagnostics, ::testing::HasSubstr("operation 1"));
  EXPECT_THAT(refused.error().issues[0].diagnostics, Not(::testing::HasSubstr("Secret")));
}

TEST(Patch, RefusesInvalidPatches) {
  for (const char* text :
       {"", "{}", "[1]", "[{}]", R"([{"op":"jump","path":"/status"}])",
        R"([{"op":"remove","path":"status"}])", R"([{"op":"remove","path":"/nothing"}])",
        R"([{"op":"add","path":"/status"}])", R"([{"op":"remove","path":"/status","path":"/id"}])",
        R"([{"op":1,"path":"/a"}])"}) {
    EXPECT_FALSE(patched(kObservation, text)) << text;
  }
}

// Security finding F3, and bad input: JSON Patch bombs. By values, by bytes, and of the whole resource into
// itself.
TEST(Patch, StopsBombs) {
  std::string longer = R"([{"op":"add","path":"/a","value":[")" + std::string(100'000, 'x') + "\"]}";
  for (int i = 0; i < 20; ++i) longer += R"(,{"op":"copy","from":"/a/0","path":"/a/-"})";
  std::string itself = R"([{"op":"add","path":"/a","value":[]})";
  for (int i = 0; i < 30; ++i) itself += R"(,{"op":"copy","from":"","path":"/a/-"})";
  for (const std::string& bomb : {longer, itself}) {
    const auto refused = patched(kObservation, bomb + "]");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, RefusalKind::too_large);
    EXPECT_EQ(refused.error().issues[0].code, fhir::IssueType::too_costly);
  }
  const auto some = patched(kObservation, R"([{"op":"copy","from":"/valueQuantity","path":"/b"}])");
  ASSERT_TRUE(some);
  EXPECT_THAT(*some, ::testing::HasSubstr(R"("b":{"value":1.50)"));
}

TEST(Patch, StopsCopiesOfCopies) {
  std::string patch = R"([{"op":"add","path":"/a","value":[0,0,0,0,0,0,0,0]})";
  for (int i = 0; i < 60; ++i) patch += R"(,{"op":"copy","from":"/a","path":"/a/-"})";
  const auto refused = patched(kObservation, patch + "]");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::too_large);
}

}  // namespace
}  // namespace reprise::record
