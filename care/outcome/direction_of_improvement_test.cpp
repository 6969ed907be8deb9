// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/direction_of_improvement.h"

#include <gtest/gtest.h>

namespace reprise::care {
namespace {

// Clinician finding 13: one table says which direction is better, for rules and pages alike.
TEST(Better, OfScalesIsFixed) {
  EXPECT_EQ(better(Metric::pain), Better::lower);
  EXPECT_EQ(better(Metric::quality), Better::higher);
  EXPECT_EQ(better(Metric::effort), Better::none);
  EXPECT_EQ(better(Metric::score), Better::none);
}

TEST(Better, OfARangeIsTowardsItsFarthestEndAndOfAHoldThereIsNone) {
  EXPECT_EQ(better(Metric::range, {true, false}), Better::higher);
  EXPECT_EQ(better(Metric::range, {false, false}), Better::lower);
  EXPECT_EQ(better(Metric::range, {true, true}), Better::none);
}

TEST(Better, PagesAskByName) {
  EXPECT_EQ(better_text("pain", {}).value_or(""), R"("lower")");
  EXPECT_EQ(better_text("score", {}).value_or(""), R"("none")");
  EXPECT_EQ(better_text("range", {false, false}).value_or(""), R"("lower")");
  const auto refused = better_text("weight", {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::care
