// SPDX-License-Identifier: Apache-2.0
// SIMULATED people; the shares are those of tests/revalidation/change_weeks.mjs, with room for fewer people.
#include "engine/change/simulated_weeks.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

constexpr int kPeople = 60;
constexpr int kQuiet = 42;

struct Shares {
  int found = 0;
  int false_lines = 0;
};

/// 42 days, then 3 with the change.
Shares watch(const test::SimulatedMeasure& measure, double size) {
  Shares shares;
  ChangeOptions options;
  options.least_size = size / 2;
  for (std::uint32_t person = 0; person < kPeople; ++person) {
    ChangeDetector detector{options};
    bool found = false;
    for (const DatedValue& value :
         test::SimulatedPerson(measure, 77 + person).course(kQuiet + 3, {kQuiet, size})) {
      const auto said = detector.add(value);
      EXPECT_TRUE(said);
      if (!said || !*said) continue;
      if (value.time < kQuiet) {
        ++shares.false_lines;
      } else {
        found = found || (*said)->size > 0;
      }
    }
    shares.found += found ? 1 : 0;
  }
  return shares;
}

TEST(SimulatedWeeks, AHeartRateOf15MoreIsFoundWithinThreeDaysInMost) {
  const Shares shares = watch(test::simulated_heart_rate(3.4), 15);
  EXPECT_GE(shares.found, 0.8 * kPeople);
  EXPECT_LE(shares.false_lines, 0.5 * kPeople) << "of a month of watching";
}

TEST(SimulatedWeeks, AnAsymmetryOf10MoreIsFoundWithinThreeDaysInMost) {
  const Shares shares = watch(test::simulated_asymmetry(10), 10);
  EXPECT_GE(shares.found, 0.8 * kPeople);
  EXPECT_LE(shares.false_lines, 0.5 * kPeople);
}

TEST(SimulatedWeeks, OneShortWalkADayFindsFewerThanTen) {
  EXPECT_LT(watch(test::simulated_asymmetry(1), 10).found, watch(test::simulated_asymmetry(10), 10).found);
}

TEST(SimulatedWeeks, ACourseIsTheSameForTheSameSeedAndHasTheChange) {
  test::SimulatedMeasure measure;
  measure.day_to_day = 0;
  measure.missing = 0;
  measure.wild = 0;
  const auto values = test::SimulatedPerson(measure, 1).course(10, {4, 2, 1, 8});
  ASSERT_EQ(values.size(), 10U);
  EXPECT_DOUBLE_EQ(values[3].value, 0);
  EXPECT_DOUBLE_EQ(values[4].value, 2);
  EXPECT_DOUBLE_EQ(values[7].value, 5);
  EXPECT_DOUBLE_EQ(values[8].value, 0);
  EXPECT_EQ(values[9].time, test::SimulatedPerson(measure, 1).course(10)[9].time);
}

}  // namespace
}  // namespace reprise::engine
