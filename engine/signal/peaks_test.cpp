// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/peaks.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/units.h"

namespace reprise::engine {
namespace {

std::vector<std::size_t> indices(const Result<std::vector<Peak>>& peaks) {
  std::vector<std::size_t> found;
  for (const auto& peak : peaks.value()) found.push_back(peak.index);
  return found;
}

using Indices = std::vector<std::size_t>;

TEST(FindPeaks, FindsHillsPlateausAndNoOpenRise) {
  const std::vector<double> x = {0, 2, 0, 3, 3, 3, 1, 4, 5};
  EXPECT_EQ(indices(find_peaks(x)), (Indices{1, 4}));
}

TEST(FindPeaks, ProminenceIsMeasuredToTheHigherOfTheTwoSaddles) {
  //                              0  1  2  3  4  5  6
  const std::vector<double> x = {0, 5, 2, 4, 1, 8, 3};
  const auto peaks = find_peaks(x);
  ASSERT_TRUE(peaks);
  ASSERT_EQ(peaks->size(), 3U);
  EXPECT_DOUBLE_EQ((*peaks)[0].prominence, 4) << "saddles 0 and 1";
  EXPECT_DOUBLE_EQ((*peaks)[1].prominence, 2) << "saddles 2 and 1";
  EXPECT_DOUBLE_EQ((*peaks)[2].prominence, 5) << "ends 0 and 3";
  EXPECT_EQ(indices(find_peaks(x, {.min_prominence = 3})), (Indices{1, 5}));
}

TEST(FindPeaks, WidthOfATriangleIsHalfItsBase) {
  const std::vector<double> x = {0, 1, 2, 3, 4, 3, 2, 1, 0};
  const auto peaks = find_peaks(x);
  ASSERT_TRUE(peaks);
  ASSERT_EQ(peaks->size(), 1U);
  EXPECT_DOUBLE_EQ(peaks->front().width_samples, 4);
  EXPECT_TRUE(find_peaks(x, {.min_width_samples = 4.1})->empty());
}

TEST(FindPeaks, OfTwoTooCloseTheHigherStays) {
  const std::vector<double> x = {0, 3, 0, 4, 0, 0, 0, 2, 0};
  EXPECT_EQ(indices(find_peaks(x, {.min_distance = 3})), (Indices{3, 7}));
  EXPECT_EQ(indices(find_peaks(x, {.min_distance = 5})), (Indices{3}));
  EXPECT_EQ(indices(find_peaks(x, {.min_height = 2.5})), (Indices{1, 3}));
}

TEST(FindPeaks, CountsThePeriodsOfASine) {
  std::vector<double> x(500);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -std::cos(2 * kPi * static_cast<double>(i) / 50);
  const auto peaks = find_peaks(x);
  ASSERT_TRUE(peaks);
  ASSERT_EQ(peaks->size(), 10U);
  for (std::size_t k = 0; k < 10; ++k) {
    EXPECT_EQ((*peaks)[k].index, 25 + 50 * k);
    // Interior peaks stand 2 above their saddles; half way down, a cosine is half a period wide.
    if (k > 0 && k < 9) {
      EXPECT_NEAR((*peaks)[k].width_samples, 25, 0.1);
    }
  }
}

TEST(FindPeaks, NothingInNothing) {
  EXPECT_TRUE(find_peaks({})->empty());
  EXPECT_TRUE(find_peaks(std::vector<double>{1, 2})->empty());
  EXPECT_TRUE(find_peaks(std::vector<double>(10, 1.0))->empty());
  EXPECT_FALSE(find_peaks(std::vector<double>{0, NAN, 0}));
}

}  // namespace
}  // namespace reprise::engine
