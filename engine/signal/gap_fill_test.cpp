// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/gap_fill.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

TEST(FillGaps, FillsShortOnesKeepsLongOnesAndTheEnds) {
  TimeSeries<double> series;
  for (int i = 0; i < 30; ++i) {
    const bool missing = i < 2 || i == 6 || (i >= 12 && i < 20) || i == 29;
    ASSERT_TRUE(series.push(Seconds{0.1 * i}, missing ? std::nullopt : std::optional<double>(2.0 * i)));
  }
  const auto filled = fill_gaps(series, {.max_gap = Seconds{0.3}});
  ASSERT_TRUE(filled);
  ASSERT_EQ(filled->size(), series.size());
  EXPECT_FALSE(filled->value(0));
  EXPECT_FALSE(filled->value(1));
  ASSERT_TRUE(filled->value(6));
  EXPECT_NEAR(*filled->value(6), 12.0, 1e-12);
  for (std::size_t i = 12; i < 20; ++i) EXPECT_FALSE(filled->value(i)) << i;
  EXPECT_FALSE(filled->value(29));
  EXPECT_EQ(filled->value(3), series.value(3));
}

TEST(FillGaps, OfNothingIsNothing) {
  const auto filled = fill_gaps(TimeSeries<double>{});
  ASSERT_TRUE(filled);
  EXPECT_TRUE(filled->empty());
  EXPECT_FALSE(fill_gaps(TimeSeries<double>{}, {.max_gap = Seconds{-1}}));
}

}  // namespace
}  // namespace reprise::engine
