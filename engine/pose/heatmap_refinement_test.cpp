// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/heatmap_refinement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/pose/networks.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kChannels = 3;
constexpr std::size_t kChannel = 1;
constexpr double kMapSize = kHeatmapSize;

// Cold everywhere: exp(-60) adds nothing that double precision could show.
std::vector<float> cold_map() {
  return std::vector<float>(static_cast<std::size_t>(kHeatmapSize) * kHeatmapSize * kChannels, -60);
}

void set(std::vector<float>& map, int column, int row, double confidence) {
  map[static_cast<std::size_t>(row * kHeatmapSize + column) * kChannels + kChannel] =
      static_cast<float>(std::log(confidence / (1 - confidence)));
}

Eigen::Vector2d refined(const std::vector<float>& map, const Eigen::Vector2d& cell) {
  return refine_from_heatmap(map, kChannels, kChannel, cell / kMapSize) * kMapSize;
}

constexpr double kCellTolerance = 1e-5;  // single-precision logits, in cells

TEST(RefineFromHeatmap, MovesAPointToTheBlob) {
  auto map = cold_map();
  set(map, 22, 31, 0.9);
  EXPECT_NEAR((refined(map, {20.7, 30.2}) - Eigen::Vector2d(22, 31)).norm(), 0, kCellTolerance);
}

TEST(RefineFromHeatmap, TakesTheCenterOfMass) {
  auto map = cold_map();
  set(map, 20, 30, 0.75);
  set(map, 22, 30, 0.25);
  // (20 * 0.75 + 22 * 0.25) / 1
  EXPECT_NEAR((refined(map, {21.5, 31.5}) - Eigen::Vector2d(20.5, 30)).norm(), 0, kCellTolerance);
}

TEST(RefineFromHeatmap, LooksThreeCellsFarAndNoFurther) {
  auto map = cold_map();
  set(map, 24, 30, 0.9);
  EXPECT_NEAR(refined(map, {21.9, 30.5}).x(), 24, kCellTolerance);
  EXPECT_DOUBLE_EQ(refined(map, {20.9, 30.5}).x(), 20.9);
}

TEST(RefineFromHeatmap, LeavesThePointWhereTheMapIsUnsure) {
  auto map = cold_map();
  set(map, 21, 30, 0.49);
  EXPECT_DOUBLE_EQ(refined(map, {20.5, 30.5}).x(), 20.5);
  set(map, 21, 30, 0.51);
  EXPECT_NEAR(refined(map, {20.5, 30.5}).x(), 21, kCellTolerance);
}

TEST(RefineFromHeatmap, ReadsItsOwnChannelOnly) {
  auto map = cold_map();
  map[(30 * 64 + 21) * kChannels] = 10;
  EXPECT_DOUBLE_EQ(refined(map, {20.5, 30.5}).x(), 20.5);
}

TEST(RefineFromHeatmap, ShrinksTheWindowAtTheEdgeAndSkipsPointsBeyond) {
  auto map = cold_map();
  set(map, 0, 0, 0.9);
  set(map, 63, 63, 0.9);
  EXPECT_NEAR(refined(map, {2.9, 2.9}).norm(), 0, kCellTolerance);
  EXPECT_NEAR((refined(map, {61, 63.9}) - Eigen::Vector2d(63, 63)).norm(), 0, kCellTolerance);
  EXPECT_DOUBLE_EQ(refined(map, {-1.5, 0.5}).x(), -1.5);
  EXPECT_DOUBLE_EQ(refined(map, {64.5, 63}).x(), 64.5);
  // Below the map the window still counts where it reaches in, as in the original.
  EXPECT_NEAR(refined(map, {63, 65.5}).y(), 63, kCellTolerance);
  EXPECT_DOUBLE_EQ(refined(map, {63, 67.5}).y(), 67.5);
}

}  // namespace
}  // namespace reprise::engine
