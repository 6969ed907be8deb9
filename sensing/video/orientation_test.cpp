// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/orientation.h"

#include <gtest/gtest.h>

#include <tuple>
#include <utility>
#include <vector>

namespace reprise::sensing {
namespace {

constexpr std::int32_t kOne = 65536;

std::array<std::int32_t, 9> matrix(int a, int b, int c, int d) {
  return {a * kOne, b * kOne, 0, c * kOne, d * kOne, 0, 0, 0, 1 << 30};
}

/// Turns a picture of 3 x 2 pixels with the values 1 2 3 / 4 5 6 in red.
std::vector<int> turned(const Orientation& orientation) {
  const std::uint8_t source[] = {1, 0, 0, 2, 0, 0, 3, 0, 0, 77,
                                 4, 0, 0, 5, 0, 0, 6, 0, 0, 77};  // one byte of padding
  std::vector<std::uint8_t> target(100, 99);
  const std::ptrdiff_t stride = orientation.swaps_sides() ? 8 : 11;
  make_upright(source, 10, 3, 2, orientation, target.data(), stride);
  std::vector<int> reds;
  for (int y = 0; y < (orientation.swaps_sides() ? 3 : 2); ++y) {
    for (int x = 0; x < (orientation.swaps_sides() ? 2 : 3); ++x) {
      const auto* p = target.data() + y * stride + 3 * x;
      EXPECT_EQ(p[1], 0);
      EXPECT_EQ(p[2], 0);
      reds.push_back(p[0]);
    }
  }
  return reds;
}

struct Turned {
  std::array<std::int32_t, 9> matrix;
  Orientation orientation;
  std::vector<int> reds;  // row by row
};

class Orientations : public testing::TestWithParam<Turned> {};

TEST_P(Orientations, AreReadAndApplied) {
  bool exact = true;
  const Orientation read = orientation_from_matrix(GetParam().matrix, exact);
  EXPECT_TRUE(exact);
  EXPECT_EQ(read.quarter_turns, GetParam().orientation.quarter_turns);
  EXPECT_EQ(read.mirrored, GetParam().orientation.mirrored);
  EXPECT_EQ(turned(read), GetParam().reds);
}

// All eight, by hand: a point (x, y) goes to (a x + c y, b x + d y), y down.
INSTANTIATE_TEST_SUITE_P(All, Orientations,
                         testing::Values(Turned{matrix(1, 0, 0, 1), {0, false}, {1, 2, 3, 4, 5, 6}},
                                         Turned{matrix(0, 1, -1, 0), {1, false}, {4, 1, 5, 2, 6, 3}},
                                         Turned{matrix(-1, 0, 0, -1), {2, false}, {6, 5, 4, 3, 2, 1}},
                                         Turned{matrix(0, -1, 1, 0), {3, false}, {3, 6, 2, 5, 1, 4}},
                                         Turned{matrix(-1, 0, 0, 1), {0, true}, {3, 2, 1, 6, 5, 4}},
                                         Turned{matrix(0, -1, -1, 0), {1, true}, {6, 3, 5, 2, 4, 1}},
                                         Turned{matrix(1, 0, 0, -1), {2, true}, {4, 5, 6, 1, 2, 3}},
                                         Turned{matrix(0, 1, 1, 0), {3, true}, {1, 4, 2, 5, 3, 6}}));

TEST(Orientation, TakesTheNearestQuarterTurnAndSaysSo) {
  bool exact = true;
  // 80 degrees clockwise.
  const auto nearly = orientation_from_matrix({11380, 64540, 0, -64540, 11380, 0, 0, 0, 1 << 30}, exact);
  EXPECT_EQ(nearly.quarter_turns, 1);
  EXPECT_FALSE(exact);
}

TEST(Orientation, LeavesThePictureWhereTheMatrixIsEmptyOrSkewed) {
  bool exact = true;
  EXPECT_TRUE(orientation_from_matrix({}, exact).is_identity());
  EXPECT_FALSE(exact);
  exact = true;
  EXPECT_TRUE(orientation_from_matrix({kOne, 0, 0, kOne, kOne, 0, 0, 0, 1 << 30}, exact).is_identity());
  EXPECT_FALSE(exact);
}

class LargePictures : public testing::TestWithParam<std::tuple<int, bool, int>> {};

TEST_P(LargePictures, AreTurnedPixelByPixel) {
  const auto [quarter_turns, mirrored, padding] = GetParam();
  const int width = 70;  // not a multiple of the tiles they are turned by
  const int height = 45;
  const int stride = 3 * width + padding;
  std::vector<std::uint8_t> source(static_cast<std::size_t>(stride * height));
  for (std::size_t i = 0; i < source.size(); ++i) source[i] = static_cast<std::uint8_t>(i * 31 / 7);
  const Orientation orientation{quarter_turns, mirrored};
  const int target_width = orientation.swaps_sides() ? height : width;
  const int target_height = orientation.swaps_sides() ? width : height;
  std::vector<std::uint8_t> target(static_cast<std::size_t>(width * height * 3));
  make_upright(source.data(), stride, width, height, orientation, target.data(), 3 * target_width);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      int shown_x = mirrored ? width - 1 - x : x;
      int shown_y = y;
      int columns = width;
      int rows = height;
      for (int turn = 0; turn < quarter_turns; ++turn) {  // one clockwise quarter turn after the other
        const int before_x = shown_x;
        shown_x = rows - 1 - shown_y;
        shown_y = before_x;
        std::swap(columns, rows);
      }
      ASSERT_EQ(columns, target_width);
      ASSERT_EQ(rows, target_height);
      for (int c = 0; c < 3; ++c) {
        ASSERT_EQ(target[static_cast<std::size_t>((shown_y * target_width + shown_x) * 3 + c)],
                  source[static_cast<std::size_t>(y * stride + x * 3 + c)]);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, LargePictures,
                         testing::Combine(testing::Values(0, 1, 2, 3), testing::Bool(),
                                          testing::Values(0, 1, 64)));

}  // namespace
}  // namespace reprise::sensing
