// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/push_subscription.h"

#include <gmock/gmock.h>

#include "record/accounts/account.h"
#include "record/accounts/login_session.h"
#include "record/accounts/sign_in.h"
#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class PushSubscriptionTest : public OnBothDatabases {
 protected:
  static constexpr std::int64_t kStart = 1'800'000'000'000'000;

  PushSubscriptionTest() { EXPECT_TRUE(connection_->begin_writing()); }

  std::string account(const std::string& name) {
    return create_account(*connection_, {name, Role::patient, name}, kStart).value().id;
  }
  struct Device {
    std::string account;
    std::string session_hash;
    std::string session;
    std::string id;
  };
  /// A device on which the account is signed in and subscribed.
  Device device(const std::string& account, const std::string& endpoint) {
    const Secret secret = start_session(*connection_, account, SessionStage::full, {}, kStart).value();
    const std::string session = find_session(*connection_, secret.hash, kStart).value()->id;
    const PushTarget target{"https://push.example/" + endpoint, "point", "secret"};
    return {account, secret.hash, session,
            keep_push_subscription(*connection_, account, session, target, ++now_).value()};
  }
  bool lives(const Device& device) {
    return find_push_subscription(*connection_, device.id).value().has_value();
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  std::int64_t now_ = kStart;
};

TEST_P(PushSubscriptionTest, IsOfOneAccountAndEndsByItsId) {
  const std::string pat = account("pat");
  const Device phone = device(pat, "phone");
  const std::string other = account("other");
  ASSERT_THAT(push_subscriptions_of_patient(*connection_, "pat").value(), SizeIs(1));
  EXPECT_EQ(push_subscriptions_of_patient(*connection_, "pat").value()[0].target.endpoint,
            "https://push.example/phone");
  EXPECT_THAT(push_subscriptions_of(*connection_, other).value(), IsEmpty());
  EXPECT_FALSE(end_push_subscription_of(*connection_, other, phone.id).value());
  EXPECT_TRUE(end_push_subscription_of(*connection_, pat, phone.id).value());
  EXPECT_FALSE(lives(phone));
}

TEST_P(PushSubscriptionTest, ADeviceHasOneAndItsLatestUserHasIt) {
  const Device before = device(account("pat"), "tablet");
  const Device after = device(account("other"), "tablet");
  EXPECT_FALSE(lives(before));
  EXPECT_TRUE(lives(after));
}

TEST_P(PushSubscriptionTest, TheOldestOfTooManyEnds) {
  const std::string pat = account("pat");
  const Device first = device(pat, "0");
  for (int i = 1; i < kMostPushSubscriptions; ++i) (void)device(pat, std::to_string(i));
  EXPECT_TRUE(lives(first));
  (void)device(pat, "more");
  EXPECT_FALSE(lives(first));
  EXPECT_THAT(push_subscriptions_of(*connection_, pat).value(),
              SizeIs(static_cast<std::size_t>(kMostPushSubscriptions)));
}

TEST_P(PushSubscriptionTest, EndsWhenTheDeviceIsSignedOut) {
  const std::string pat = account("pat");
  const Device here = device(pat, "here");
  const Device lost = device(pat, "lost");
  const Device third = device(pat, "third");
  ASSERT_TRUE(end_push_of_session(*connection_, here.session_hash));
  EXPECT_FALSE(lives(here));
  EXPECT_TRUE(lives(lost));
  EXPECT_TRUE(end_session_of(*connection_, pat, lost.session).value()) << "as the list of devices does";
  EXPECT_FALSE(lives(lost));
  ASSERT_TRUE(end_sessions_of(*connection_, pat, third.session_hash));
  EXPECT_TRUE(lives(third));
  ASSERT_TRUE(end_sessions_of(*connection_, pat));
  EXPECT_FALSE(lives(third));
}

TEST_P(PushSubscriptionTest, OutlivesTheTimeLimitOfItsSessionAndFollowsToTheNext) {
  const std::string pat = account("pat");
  const Device phone = device(pat, "phone");
  ASSERT_TRUE(remove_ended(*connection_, kStart + in_us(std::chrono::days{100})));
  EXPECT_TRUE(lives(phone)) << "a reminder is for those who are not here";
  const Secret next = start_session(*connection_, pat, SessionStage::full, {}, kStart).value();
  const std::string session = find_session(*connection_, next.hash, kStart).value()->id;
  EXPECT_TRUE(move_push_subscription(*connection_, pat, session, "https://push.example/phone").value());
  EXPECT_FALSE(move_push_subscription(*connection_, pat, session, "https://push.example/other").value());
  EXPECT_FALSE(
      move_push_subscription(*connection_, account("x"), session, "https://push.example/phone").value());
  ASSERT_TRUE(end_push_of_session(*connection_, next.hash));
  EXPECT_FALSE(lives(phone));
}

TEST_P(PushSubscriptionTest, EndsWhenAnotherUserSignsInOnTheDevice) {
  const std::string pat = account("pat");
  const Device tablet = device(pat, "tablet");
  const auto again = finish_sign_in(*connection_, "pat", pat, {}, tablet.session_hash, kStart).value();
  EXPECT_TRUE(lives(tablet)) << "the same user";
  const std::string session = find_session(*connection_, again.session.hash, kStart).value()->id;
  ASSERT_TRUE(move_push_subscription(*connection_, pat, session, "https://push.example/tablet").value());
  const std::string other = account("other");
  ASSERT_TRUE(finish_sign_in(*connection_, "other", other, {}, again.session.hash, kStart));
  EXPECT_FALSE(lives(tablet));
}

TEST_P(PushSubscriptionTest, EndsWithTheAccount) {
  const std::string pat = account("pat");
  const Device phone = device(pat, "phone");
  ASSERT_TRUE(set_disabled(*connection_, pat, true));
  EXPECT_FALSE(lives(phone));
  ASSERT_TRUE(set_disabled(*connection_, pat, false));
  EXPECT_FALSE(lives(phone));
}

INSTANTIATE_TEST_SUITE_P(On, PushSubscriptionTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
