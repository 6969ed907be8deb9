// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/ssd_anchors.h"

#include <gtest/gtest.h>

namespace reprise::engine {
namespace {

// 28 * 28 * 2 + 14 * 14 * 2 + 7 * 7 * 6 = 1568 + 392 + 294 = 2254.
constexpr std::size_t kSecondGrid = 1568;
constexpr std::size_t kThirdGrid = 1960;

TEST(PoseDetectorAnchors, LieInTheMiddlesOfTheirCells) {
  const auto& anchors = pose_detector_anchors();
  ASSERT_EQ(anchors.size(), 2254U);
  EXPECT_FLOAT_EQ(anchors[0].x, 0.5F / 28);
  EXPECT_FLOAT_EQ(anchors[0].y, 0.5F / 28);
  EXPECT_FLOAT_EQ(anchors[kSecondGrid].x, 0.5F / 14);
  EXPECT_FLOAT_EQ(anchors[kThirdGrid].x, 0.5F / 7);
  EXPECT_FLOAT_EQ(anchors.back().x, 6.5F / 7);
  EXPECT_FLOAT_EQ(anchors.back().y, 6.5F / 7);
}

TEST(PoseDetectorAnchors, RunThroughBoxesThenColumnsThenRows) {
  const auto& anchors = pose_detector_anchors();
  EXPECT_FLOAT_EQ(anchors[1].x, anchors[0].x);           // second box of the first cell
  EXPECT_FLOAT_EQ(anchors[2].x, 1.5F / 28);              // next column
  EXPECT_FLOAT_EQ(anchors[2].y, 0.5F / 28);              // same row
  EXPECT_FLOAT_EQ(anchors[2 * 28].y, 1.5F / 28);         // next row
  EXPECT_FLOAT_EQ(anchors[kThirdGrid + 5].x, 0.5F / 7);  // six boxes a cell in the coarsest grid
  EXPECT_FLOAT_EQ(anchors[kThirdGrid + 6].x, 1.5F / 7);
}

}  // namespace
}  // namespace reprise::engine
