// SPDX-License-Identifier: Apache-2.0
#include "report/html/format.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/degrees.h"

namespace reprise::report {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

session::MeasuredRange range(engine::Measure measure, double min, double max) {
  return {measure, std::nullopt, min, max, rad(10), 1};
}

TEST(Format, WritesWholeDegreesWithATrueMinus) {
  EXPECT_EQ(value_text(engine::Measure::knee_flexion, rad(102.4)), "102°");
  EXPECT_EQ(value_text(engine::Measure::hip_flexion, rad(-12)), "−12°");
  EXPECT_EQ(value_text(engine::Measure::hip_flexion, rad(-0.2)), "0°") << "no minus before nothing";
  EXPECT_EQ(value_text(engine::Measure::hip_height, 0.944), "0.94");
}

TEST(Format, WritesRangesFromTo) {
  EXPECT_EQ(range_text(range(engine::Measure::knee_flexion, rad(5), rad(102))), "5–102°");
  EXPECT_EQ(range_text(range(engine::Measure::hip_flexion, rad(-3), rad(102))), "−3 to 102°");
  EXPECT_EQ(range_text(range(engine::Measure::hip_height, 0.62, 0.98)), "0.62–0.98");
}

// Neutral-zero method: extension, zero, flexion; a joint that does not reach zero has it outside.
TEST(Format, NotesNeutralZero) {
  EXPECT_EQ(neutral_zero_text(range(engine::Measure::knee_flexion, rad(5), rad(135))), "0–5–135");
  EXPECT_EQ(neutral_zero_text(range(engine::Measure::hip_flexion, rad(-10), rad(120))), "10–0–120");
  EXPECT_EQ(neutral_zero_text(range(engine::Measure::hip_flexion, rad(-20), rad(-5))), "20–5–0");
  EXPECT_EQ(neutral_zero_text(range(engine::Measure::trunk_flexion, rad(0), rad(40))), "") << "no joint";
}

TEST(Format, NothingIsWrittenForWhatIsNoNumber) {
  EXPECT_EQ(fixed(kNan, 1), "");
  EXPECT_EQ(fixed(std::numeric_limits<double>::infinity(), 1), "");
  EXPECT_EQ(value_text(engine::Measure::knee_flexion, kNan), "");
  EXPECT_EQ(range_text(range(engine::Measure::knee_flexion, kNan, rad(5))), "");
  EXPECT_EQ(seconds_text(Seconds{kNan}), "");
  EXPECT_EQ(moment_text(Seconds{kNan}), "");
  EXPECT_EQ(speed_text(engine::Measure::knee_flexion, kNan), "");
}

TEST(Format, WritesTimes) {
  EXPECT_EQ(seconds_text(Seconds{2.06}), "2.1\u00a0s");
  EXPECT_EQ(moment_text(Seconds{59.4}), "59.4\u00a0s");
  EXPECT_EQ(moment_text(Seconds{65}), "1:05");
  EXPECT_EQ(moment_text(Seconds{3599.6}), "60:00");
  EXPECT_EQ(moment_text(Seconds{168 * 3600 + 299}), "168\u00a0h 5\u00a0min");
}

TEST(Format, SmallSharesAreNotNothing) {
  EXPECT_EQ(percent_text(0.004), "under 1\u00a0%");
  EXPECT_EQ(percent_text(0), "0\u00a0%");
  EXPECT_EQ(percent_text(1.2), "100\u00a0%");
}

}  // namespace
}  // namespace reprise::report
