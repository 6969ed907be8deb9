// SPDX-License-Identifier: Apache-2.0
#include "server/budget/budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace reprise::server {
namespace {

using State = ConnectionBudget::State;
using Turn = AccountBudget::Turn;

Limits with_connections(std::size_t all, std::size_t per_address) {
  Limits limits;
  limits.connections = all;
  limits.connections_per_address = per_address;
  return limits;
}

// Security finding F4
TEST(ConnectionBudget, TheOldestUnfinishedOneMakesRoomForANewOne) {
  ConnectionBudget budget{with_connections(3, 3)};
  std::vector<int> closed;
  const auto note = [&](int which) { return [&closed, which] { closed.push_back(which); }; };
  const auto first = budget.enter("a", note(1));
  const auto second = budget.enter("b", note(2));
  const auto third = budget.enter("c", note(3));
  ASSERT_TRUE(first && second && third);
  budget.set(*first, State::busy);
  EXPECT_TRUE(budget.enter("d", note(4)));
  EXPECT_THAT(closed, testing::ElementsAre(2));
}

// Security finding F4
TEST(ConnectionBudget, AnIdleOneMakesRoomOnlyWhereNoneIsUnfinishedAndABusyOneNever) {
  ConnectionBudget budget{with_connections(3, 3)};
  std::vector<int> closed;
  const auto note = [&](int which) { return [&closed, which] { closed.push_back(which); }; };
  const auto receiving = budget.enter("a", note(1));
  const auto idle = budget.enter("a", note(2));
  const auto unfinished = budget.enter("a", note(3));
  budget.set(*receiving, State::receiving);
  budget.set(*idle, State::idle);
  std::vector<std::shared_ptr<ConnectionBudget::Place>> busy;
  for (int i = 4; i < 7; ++i) {
    busy.push_back(budget.enter("b", note(i)));
    ASSERT_TRUE(busy.back());
    budget.set(*busy.back(), State::busy);
  }
  EXPECT_THAT(closed, testing::ElementsAre(3, 2, 1));
  EXPECT_FALSE(budget.enter("c", note(7)));
  budget.leave(unfinished);  // it made room already
  EXPECT_FALSE(budget.enter("c", note(8)));
}

// Security finding F4
TEST(ConnectionBudget, OneAddressMakesRoomAmongItsOwnConnections) {
  ConnectionBudget budget{with_connections(100, 2)};
  std::vector<int> closed;
  const auto note = [&](int which) { return [&closed, which] { closed.push_back(which); }; };
  ASSERT_TRUE(budget.enter("other", note(0)));
  for (int i = 1; i <= 50; ++i) ASSERT_TRUE(budget.enter("hostile", note(i)));
  EXPECT_EQ(closed.size(), 48U);
  EXPECT_THAT(closed, testing::Not(testing::Contains(0)));
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(budget.enter("", note(0)));  // a proxy
  EXPECT_THAT(closed, testing::Not(testing::Contains(0)));
}

// Security finding F2
TEST(ByteBudget, OneAddressGetsHalfAndSmallBodiesAreAlwaysAccepted) {
  ByteBudget budget{1000 * kMebibyte};
  std::size_t first = 0;
  std::size_t second = 0;
  std::size_t other = 0;
  std::size_t proxy = 0;
  EXPECT_TRUE(budget.resize("a", first, 400 * kMebibyte));
  EXPECT_FALSE(budget.resize("a", second, 101 * kMebibyte));
  EXPECT_EQ(second, 0U);
  EXPECT_TRUE(budget.resize("a", second, 100 * kMebibyte));
  EXPECT_TRUE(budget.resize("b", other, 400 * kMebibyte));
  EXPECT_FALSE(budget.resize("", proxy, 101 * kMebibyte)) << "of all";
  EXPECT_TRUE(budget.resize("", proxy, 60'000)) << "small";
  budget.release("a", first);
  EXPECT_TRUE(budget.resize("", proxy, 500 * kMebibyte));
  EXPECT_FALSE(budget.resize("c", first, 2 * kMebibyte));
}

// Security finding F2
TEST(ByteBudget, SomethingLargeIsNotedWhenItComesAndWhenItGoes) {
  ByteBudget budget{1000 * kMebibyte};
  std::size_t held = 0;
  static_cast<void>(take_large_memory_used());
  ASSERT_TRUE(budget.resize("a", held, kMebibyte - 1));
  EXPECT_FALSE(take_large_memory_used());
  ASSERT_TRUE(budget.resize("a", held, 2 * kMebibyte));
  EXPECT_TRUE(take_large_memory_used());
  EXPECT_FALSE(take_large_memory_used());
  budget.release("a", held);
  EXPECT_TRUE(take_large_memory_used());
}

TEST(ByteBudget, OneMessageMayHaveMoreThanHalf) {
  ByteBudget budget{100};
  std::size_t held = 0;
  EXPECT_TRUE(budget.resize("a", held, 40));
  EXPECT_TRUE(budget.resize("a", held, 90));
  EXPECT_FALSE(budget.resize("a", held, 101));
  EXPECT_EQ(held, 90U);
}

// Security finding F3
TEST(AccountBudget, FurtherRequestsWaitInOrder) {
  Limits limits;
  limits.waiting_per_account = 2;
  AccountBudget budget{limits};
  std::vector<int> begun;
  const auto begin = [&](int which) { return [&begun, which] { begun.push_back(which); }; };
  EXPECT_EQ(budget.enter("a", 1, begin(1)), Turn::now);
  EXPECT_EQ(budget.enter("a", 1, begin(2)), Turn::later);
  EXPECT_EQ(budget.enter("a", 1, begin(3)), Turn::later);
  EXPECT_EQ(budget.enter("a", 1, begin(4)), Turn::refused);
  EXPECT_EQ(budget.enter("b", 1, begin(5)), Turn::now);
  EXPECT_THAT(begun, testing::IsEmpty());
  budget.leave("a");
  EXPECT_THAT(begun, testing::ElementsAre(2));
  budget.leave("a");
  budget.leave("a");
  EXPECT_THAT(begun, testing::ElementsAre(2, 3));
  EXPECT_EQ(budget.enter("a", 1, begin(6)), Turn::now);
}

TEST(RequestBudget, CountsByAddress) {
  RequestBudget budget{2};
  EXPECT_TRUE(budget.begin("a"));
  EXPECT_TRUE(budget.begin("a"));
  EXPECT_FALSE(budget.begin("a"));
  EXPECT_TRUE(budget.begin("b"));
  budget.end("a");
  EXPECT_TRUE(budget.begin("a"));
}

// Security finding F2
TEST(DayBudget, IsForAnAccountAndADay) {
  DayBudget budget{100};
  EXPECT_TRUE(budget.take("a", 60, 1));
  EXPECT_FALSE(budget.take("a", 60, 1));
  EXPECT_TRUE(budget.take("a", 40, 1));
  EXPECT_TRUE(budget.take("b", 60, 1));
  EXPECT_TRUE(budget.take("a", 60, 2));
}

TEST(MostValuesIn, CountsWithoutParsing) {
  EXPECT_EQ(most_values_in(""), 1U);
  EXPECT_GE(most_values_in("[1,2,3]"), 4U);
  EXPECT_LE(most_values_in(R"({"a":"[,{\",","b":1})"), 3U);
}

}  // namespace
}  // namespace reprise::server
