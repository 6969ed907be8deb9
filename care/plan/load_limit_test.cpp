// SPDX-License-Identifier: Apache-2.0
#include "care/plan/load_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "care/plan/restrictions.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;

const LoadLimit kShare{20, LoadUnit::percent, 80, true};
const LoadLimit kKilograms{15, LoadUnit::kg, 60, false};

Json plan_with(const Json& extension) {
  return {{"resourceType", "CarePlan"},
          {"extension", Json::array({extension, Json{{"url", fhir::kWeightBearing}, {"valueCode", "partial"}},
                                     Json{{"url", fhir::kAffectedSide}, {"valueCode", "left"}}})}};
}

TEST(LoadLimit, IsReadAsItWasWritten) {
  for (const LoadLimit& limit : {kShare, kKilograms}) {
    const auto read = read_load_limit(plan_with(load_limit_extension(limit)));
    ASSERT_TRUE(read.has_value()) << read.error();
    EXPECT_EQ(*read, limit);
  }
}

TEST(LoadLimit, IsAShareOfTheBodysWeight) {
  EXPECT_DOUBLE_EQ(kShare.share(), 0.2);
  EXPECT_DOUBLE_EQ(kKilograms.share(), 0.25);
}

TEST(LoadLimit, IsNoneWhereNoneIsSet) {
  const auto read = read_load_limit(Json{{"resourceType", "CarePlan"}});
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(*read);
}

TEST(LoadLimit, NeedsAHelperWhereNothingElseIsSaid) {
  Json extension = load_limit_extension(kKilograms);
  extension["extension"].erase(2);
  const auto read = read_load_limit(plan_with(extension));
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_TRUE((*read)->helper);
}

TEST(LoadLimit, IsRefusedWhereItCannotBeFollowed) {
  const auto refused = [](const std::function<void(Json&)>& change) {
    Json extension = load_limit_extension(kShare);
    change(extension["extension"]);
    const auto read = read_load_limit(plan_with(extension));
    return read ? std::string{} : read.error();
  };
  const auto says = HasSubstr(fhir::kLoadLimit);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueQuantity"]["value"] = 101; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueQuantity"]["value"] = 9; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueQuantity"]["value"] = "20"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueQuantity"]["code"] = "[lb_av]"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueQuantity"]["comparator"] = "<"; }), says);
  EXPECT_THAT(refused([](Json& parts) {
                parts[0]["valueQuantity"]["code"] = "kg";
                parts[0]["valueQuantity"]["value"] = 81;
              }),
              says);
  EXPECT_THAT(refused([](Json& parts) { parts[1]["valueQuantity"]["value"] = 0; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[2]["valueBoolean"] = "no"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts.erase(1); }), says);
  EXPECT_THAT(refused([](Json& parts) { parts.erase(0); }), says);
  EXPECT_THAT(refused([](Json& parts) { parts.push_back({{"url", "least"}, {"valueInteger", 1}}); }), says);
}

TEST(LoadLimit, BindsOneLegWithPartialWeightBearing) {
  const Json plan = plan_with(load_limit_extension(kShare));
  const auto read = read_restrictions(plan);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(read->load_limit, kShare);
  const auto refused = [&](int extension, const char* code) {
    Json other = plan;
    other["extension"][extension]["valueCode"] = code;
    return !read_restrictions(other);
  };
  EXPECT_TRUE(refused(1, "full"));
  EXPECT_TRUE(refused(1, "none"));
  EXPECT_TRUE(refused(2, "both"));
  Json sideless = plan;
  sideless["extension"].erase(2);
  EXPECT_FALSE(read_restrictions(sideless));
}

}  // namespace
}  // namespace reprise::care
