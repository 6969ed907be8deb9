// SPDX-License-Identifier: Apache-2.0
#include "engine/game/sides.h"

#include <gtest/gtest.h>

#include <random>

namespace reprise::engine {
namespace {

TEST(SideShare, AsksForThePrescribedSideOnlyOrForNone) {
  SideShare left(GameSides::left, 3);
  SideShare none(GameSides::none, 3);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(left.next(), Side::left);
    left.moved(Side::right);
    EXPECT_EQ(none.next(), std::nullopt);
    none.moved(Side::right);
  }
}

TEST(SideShare, EitherSideGetsHalf) {
  for (const std::uint64_t seed : {1U, 2U}) {
    SideShare share(GameSides::either, seed);
    int left = 0;
    for (int i = 0; i < 20; ++i) {
      const auto side = share.next();
      left += side == Side::left ? 1 : 0;
      share.moved(i % 3 == 0 ? std::nullopt : side);
    }
    EXPECT_EQ(left, 10);
  }
}

TEST(SideShare, ANeglectedSideIsAskedForMoreOften) {
  SideShare share(GameSides::either, 1);
  int left = 0;
  for (int i = 0; i < 30; ++i) {
    left += share.next() == Side::left ? 1 : 0;
    share.moved(Side::right);
  }
  EXPECT_EQ(left, 20) << "two of three, and the other side has its turn";
}

TEST(SideShare, WhoSometimesForgetsASideStillMovesBoth) {
  std::mt19937 chance(5);
  SideShare share(GameSides::either, 1);
  int left = 0;
  for (int i = 0; i < 100; ++i) {
    const auto asked = share.next();
    const bool forgets = asked == Side::left && chance() % 3 == 0;
    share.moved(forgets ? Side::right : *asked);
    left += asked == Side::left && !forgets ? 1 : 0;
  }
  EXPECT_GE(left, 40);
}

}  // namespace
}  // namespace reprise::engine
