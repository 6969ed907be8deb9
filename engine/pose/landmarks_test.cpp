// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmarks.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::engine {
namespace {

TEST(Landmark, NamesRoundTrip) {
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    EXPECT_EQ(landmark_from_name(name(landmark)), landmark);
  }
  EXPECT_EQ(landmark_from_name("left_tail"), std::nullopt);
}

TEST(Landmark, MirroringSwapsLeftAndRightInTheName) {
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    const auto landmark = static_cast<Landmark>(i);
    std::string expected{name(landmark)};
    if (const auto left = expected.find("left"); left != std::string::npos) {
      expected.replace(left, 4, "right");
    } else if (const auto right = expected.find("right"); right != std::string::npos) {
      expected.replace(right, 5, "left");
    }
    EXPECT_EQ(name(mirrored(landmark)), expected);
    EXPECT_EQ(mirrored(mirrored(landmark)), landmark);
  }
}

}  // namespace
}  // namespace reprise::engine
