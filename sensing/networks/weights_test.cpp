// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace reprise::sensing {
namespace {

using testing::ElementsAre;

// Bit patterns and values: IEEE 754-2008, binary16.
TEST(HalfToFloat, IsExactForEveryKindOfNumber) {
  EXPECT_EQ(half_to_float(0x3c00), 1.0f);
  EXPECT_EQ(half_to_float(0xc000), -2.0f);
  EXPECT_EQ(half_to_float(0x7bff), 65504.0f);
  EXPECT_EQ(half_to_float(0x3555), 0.333251953125f);
  EXPECT_EQ(half_to_float(0x0400), 0x1p-14f);  // smallest normal number
  EXPECT_EQ(half_to_float(0x03ff), 1023 * 0x1p-24f);
  EXPECT_EQ(half_to_float(0x0001), 0x1p-24f);
  EXPECT_EQ(half_to_float(0x7c00), std::numeric_limits<float>::infinity());
  EXPECT_EQ(half_to_float(0xfc00), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(half_to_float(0x7e00)));
  EXPECT_EQ(half_to_float(0x8000), 0.0f);
  EXPECT_TRUE(std::signbit(half_to_float(0x8000)));
}

const std::vector<float> kValues = {5, 6, 7};
const std::vector<std::size_t> kShape = {2, 3};
const SparseLevel kDense = {};

TEST(Densify, PutsEachRowsValuesAtTheirIndices) {
  const std::vector<SparseLevel> levels = {kDense,
                                           {.sparse = true, .segments = {0, 2, 3}, .indices = {0, 2, 1}}};
  EXPECT_THAT(densify(kValues, kShape, levels).value(), ElementsAre(5, 0, 6, 0, 7, 0));
}

TEST(Densify, LeavesOutWholeRows) {
  const std::vector<SparseLevel> levels = {{.sparse = true, .segments = {0, 1}, .indices = {1}}, kDense};
  EXPECT_THAT(densify(kValues, kShape, levels).value(), ElementsAre(0, 0, 0, 5, 6, 7));
}

TEST(Densify, RejectsWhatContradictsItself) {
  const std::vector<SparseLevel> contradictions = {
      {.sparse = true, .segments = {0, 2, 3}, .indices = {0, 3, 1}},     // outside the row
      {.sparse = true, .segments = {0, 2, 3}, .indices = {2, 0, 1}},     // out of order
      {.sparse = true, .segments = {0, 2, 3}, .indices = {1, 1, 1}},     // twice the same place
      {.sparse = true, .segments = {0, 4, 3}, .indices = {0, 2, 1}},     // runs past the indices
      {.sparse = true, .segments = {1, 2, 3}, .indices = {0, 2, 1}},     // starts late
      {.sparse = true, .segments = {0, 3}, .indices = {0, 1, 2}},        // a row short
      {.sparse = true, .segments = {0, 2, 4}, .indices = {0, 2, 1, 2}},  // a value short
      {.sparse = true, .segments = {}, .indices = {}},                   // nothing at all
      {.sparse = true, .segments = {0, std::numeric_limits<std::uint32_t>::max(), 3}, .indices = {0, 2, 1}}};
  for (const SparseLevel& level : contradictions) {
    const auto dense = densify(kValues, kShape, std::vector<SparseLevel>{kDense, level});
    ASSERT_FALSE(dense.has_value());
    EXPECT_EQ(dense.error().code, ErrorCode::corrupt);
  }
}

}  // namespace
}  // namespace reprise::sensing
