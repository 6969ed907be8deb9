// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/region_of_interest.h"

#include <gtest/gtest.h>

#include <limits>

namespace reprise::engine {
namespace {

constexpr double kTolerance = 1e-9;  // rounding of sines and cosines, pixels

TEST(RegionAroundPerson, IsUprightForAPersonStanding) {
  const auto region = region_around_person({300, 400}, {300, 200});  // head above the hips
  EXPECT_NEAR(region.rotation.value(), 0, kTolerance);
  EXPECT_NEAR(region.side_px, 200 * 2 * 1.25, kTolerance);
  EXPECT_EQ(region.center_px, Eigen::Vector2d(300, 400));
}

TEST(RegionAroundPerson, TurnsWithAPersonLying) {
  EXPECT_NEAR(region_around_person({0, 0}, {5, 0}).rotation.value(), kPi / 2, kTolerance);    // head right
  EXPECT_NEAR(region_around_person({0, 0}, {-5, 0}).rotation.value(), -kPi / 2, kTolerance);  // head left
  EXPECT_NEAR(std::abs(region_around_person({0, 0}, {0, 5}).rotation.value()), kPi, kTolerance);
}

TEST(RegionAroundPerson, PutsTheHeadAtTheTopOfTheSquare) {
  const Eigen::Vector2d hips{320, 250};
  const Eigen::Vector2d head{390, 190};
  const auto region = region_around_person(hips, head);
  // The circle's top is 1 / 1.25 of the way from the middle to the upper edge.
  const Eigen::Vector2d top = to_picture(region, {0.5, 0.5 - 0.5 / 1.25});
  EXPECT_NEAR((top - head).norm(), 0, kTolerance);
}

TEST(ToPicture, MapsCornersOfATurnedSquare) {
  const RegionOfInterest region{{100, 50}, 20, Degrees{90}};
  EXPECT_NEAR((to_picture(region, {0.5, 0.5}) - Eigen::Vector2d(100, 50)).norm(), 0, kTolerance);
  EXPECT_NEAR((to_picture(region, {0, 0}) - Eigen::Vector2d(110, 40)).norm(), 0, kTolerance);
  EXPECT_NEAR((to_picture(region, {1, 0}) - Eigen::Vector2d(110, 60)).norm(), 0, kTolerance);
}

TEST(WholePicture, PadsTheShorterSideEqually) {
  const auto region = whole_picture(1280, 720);
  EXPECT_NEAR((to_picture(region, {0, 0}) - Eigen::Vector2d(0, -280)).norm(), 0, kTolerance);
  // (1280 - 720) / 2 / 1280 of the square is padding: there the picture begins.
  EXPECT_NEAR((to_picture(region, {1, 280.0 / 1280}) - Eigen::Vector2d(1280, 0)).norm(), 0, kTolerance);
  EXPECT_NEAR((to_picture(whole_picture(90, 160), {35.0 / 160, 1}) - Eigen::Vector2d(0, 160)).norm(), 0,
              kTolerance);
}

TEST(IsUsable, RefusesPointsAndNumbersThatAreNone) {
  EXPECT_TRUE(is_usable(region_around_person({1, 1}, {2, 2})));
  EXPECT_FALSE(is_usable(region_around_person({1, 1}, {1, 1})));
  EXPECT_FALSE(is_usable(region_around_person({1, 1}, {std::numeric_limits<double>::quiet_NaN(), 1})));
}

}  // namespace
}  // namespace reprise::engine
