// SPDX-License-Identifier: Apache-2.0
#include "care/plan/restrictions.h"

#include <gmock/gmock.h>

#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;

engine::ExerciseDefinition definition_of(const char* id) {
  const auto file = exercises::read_catalog_file(shipped_folder() / (std::string{id} + ".json"));
  EXPECT_TRUE(file);
  std::vector<json::Problem> problems;
  const auto exercise = exercises::parse_exercise(*file, problems);
  EXPECT_TRUE(exercise);
  return exercise->definition;
}

Json plan(const char* extensions) {
  return {{"resourceType", "CarePlan"}, {"extension", Json::parse(extensions)}};
}

TEST(Restrictions, APlanWithoutThemBindsNothing) {
  const auto none = read_restrictions(Json{{"resourceType", "CarePlan"}});
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->affected);
  EXPECT_EQ(none->weight_bearing, exercises::WeightBearing::full);
  EXPECT_TRUE(none->limits.empty());
}

TEST(Restrictions, AreReadAsTheyAreWritten) {
  const auto read = read_restrictions(plan(R"([
    {"url": "urn:reprise:affected-side", "valueCode": "right"},
    {"url": "urn:reprise:weight-bearing", "valueCode": "partial"},
    {"url": "urn:reprise:range-limit", "extension": [
      {"url": "measure", "valueCode": "knee_flexion"}, {"url": "side", "valueCode": "right"},
      {"url": "max", "valueQuantity": {"value": 90, "system": "http://unitsofmeasure.org", "code": "deg"}}]},
    {"url": "urn:reprise:protocol-phase", "valueCode": "early"}])"));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->affected, AffectedSide::right);
  EXPECT_EQ(read->weight_bearing, exercises::WeightBearing::partial);
  ASSERT_EQ(read->limits.size(), 1U);
  EXPECT_EQ(read->limits[0].measure, engine::Measure::knee_flexion);
  EXPECT_EQ(read->limits[0].side, engine::Side::right);
  EXPECT_EQ(read->limits[0].max, 90);
  EXPECT_FALSE(read->limits[0].min);
}

// An unreadable restriction might be a limit.
TEST(Restrictions, WhatCannotBeReadIsRefused) {
  const std::string knee = R"({"url": "measure", "valueCode": "knee_flexion"})";
  const std::string most =
      R"({"url": "max", "valueQuantity": {"value": 90, "system": "http://unitsofmeasure.org", "code": "deg"}})";
  const std::string least =
      R"({"url": "min", "valueQuantity": {"value": 95, "system": "http://unitsofmeasure.org", "code": "deg"}})";
  for (const std::string& parts :
       {knee, most, R"({"url": "measure", "valueCode": "knee_bend"},)" + most,
        knee + R"(, {"url": "max", "valueQuantity": {"value": 90, "code": "%"}})",
        knee + "," + most + R"(, {"url": "until", "valueDate": "2026-03-01"})",
        knee + "," + most + "," + most, knee + "," + most + R"(, {"url": "side", "valueCode": "near"})",
        knee + "," + most + "," + least}) {
    const std::string text = R"([{"url": "urn:reprise:range-limit", "extension": [)" + parts + "]}]";
    EXPECT_FALSE(read_restrictions(plan(text.c_str()))) << text;
  }
  EXPECT_FALSE(read_restrictions(plan(R"([{"url": "urn:reprise:weight-bearing", "valueCode": "touch"}])")));
  EXPECT_FALSE(read_restrictions(plan(
      R"([{"url": "urn:reprise:affected-side", "valueCode": "left"},
          {"url": "urn:reprise:affected-side", "valueCode": "right"}])")));
}

Restrictions knee(std::optional<double> min, std::optional<double> max,
                  std::optional<engine::Side> side = {}) {
  Restrictions restrictions;
  restrictions.limits.push_back({engine::Measure::knee_flexion, side, min, max});
  return restrictions;
}

std::optional<double> bound(const Restrictions& restrictions, const engine::ExerciseDefinition& definition,
                            std::optional<engine::Side> side, std::optional<double> ceiling) {
  const auto limited = limit_within(restrictions, definition, side, ceiling);
  EXPECT_TRUE(limited) << limited.error();
  return *limited;
}

TEST(Restrictions, TheLimitNearestToRestIsTheCeiling) {
  const engine::ExerciseDefinition slide = definition_of("heel_slide");  // bends the knee from 5 degrees on
  EXPECT_EQ(bound(knee({}, 90), slide, engine::Side::left, {}), std::optional<double>{90});
  EXPECT_EQ(bound(knee({}, 90), slide, engine::Side::left, 70.0), std::optional<double>{70});
  EXPECT_EQ(bound(knee({}, 90), slide, engine::Side::left, 110.0), std::optional<double>{90});
  const engine::ExerciseDefinition extension =
      definition_of("seated_knee_extension");  // from 90 degrees to 10
  EXPECT_EQ(bound(knee(30, {}), extension, engine::Side::left, {}), std::optional<double>{30});
  EXPECT_EQ(bound(knee(30, {}), extension, engine::Side::left, 45.0), std::optional<double>{45});
  EXPECT_EQ(bound(knee({}, 100), extension, engine::Side::left, {}), std::optional<double>{});
}

TEST(Restrictions, WhatBeginsPastALimitIsKeptAway) {
  const auto extension =
      limit_within(knee({}, 80), definition_of("seated_knee_extension"), engine::Side::left, {});
  ASSERT_FALSE(extension);
  EXPECT_THAT(extension.error(), HasSubstr("range-limit"));
  EXPECT_FALSE(limit_within(knee({}, 3), definition_of("heel_slide"), engine::Side::left, {}));
  EXPECT_FALSE(limit_within(knee(20, {}), definition_of("heel_slide"), engine::Side::left, {}));
}

TEST(Restrictions, ASidesLimitBindsThatSideAndBothTogether) {
  const engine::ExerciseDefinition slide = definition_of("heel_slide");
  EXPECT_EQ(bound(knee({}, 90, engine::Side::right), slide, engine::Side::left, {}), std::optional<double>{});
  EXPECT_EQ(bound(knee({}, 90, engine::Side::right), slide, engine::Side::right, {}),
            std::optional<double>{90});
  EXPECT_EQ(bound(knee({}, 90, engine::Side::right), definition_of("squat"), {}, {}),
            std::optional<double>{90});
  EXPECT_EQ(bound(knee({}, 90), definition_of("shoulder_flexion"), engine::Side::left, {}),
            std::optional<double>{});
}

}  // namespace
}  // namespace reprise::care
