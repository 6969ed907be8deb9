// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/differentiate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

TEST(Differentiate, IsExactOnParabolasAtUnevenTimes) {
  const std::vector<double> t = {0, 0.1, 0.35, 0.4, 1.0, 1.05};
  std::vector<double> x;
  for (const double s : t) x.push_back(3 - s + 4 * s * s);
  const auto slope = differentiate(t, x);
  ASSERT_TRUE(slope);
  for (std::size_t i = 0; i < t.size(); ++i) EXPECT_NEAR((*slope)[i], -1 + 8 * t[i], 1e-12);
}

TEST(Differentiate, RefusesWhatCannotBe) {
  const std::vector<double> two = {0, 1};
  EXPECT_EQ(differentiate(two, two).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(differentiate(std::vector<double>{0, 1, 1}, std::vector<double>{0, 1, 2}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(differentiate(std::vector<double>{0, 1, 2}, std::vector<double>{0, NAN, 2}).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
