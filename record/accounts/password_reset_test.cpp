// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/password_reset.h"

#include <functional>

#include "record/accounts/invitation.h"
#include "record/accounts/login_session.h"
#include "record/accounts/password.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "tests/support/in_one_transaction.h"

namespace reprise::record {
namespace {

constexpr PasswordCost kResetCost{1, 8192};
constexpr std::int64_t kResetSecond = 1'000'000;
constexpr std::int64_t kResetTime = 1'700'000'000 * kResetSecond;

class PasswordResetTest : public InOneTransaction {
 protected:
  Account make(const std::string& name, const std::string& mail, bool with_password = true) {
    auto account = create_account(*connection_, {name, Role::patient, name, mail}, kResetTime);
    EXPECT_TRUE(account) << to_string(account.error());
    if (!with_password) return *account;
    EXPECT_TRUE(set_password(*connection_, account->id, old_));
    return *account;
  }
  Secret link(const std::string& name, std::int64_t now = kResetTime) {
    const auto made = create_password_reset(*connection_, name, now);
    EXPECT_TRUE(made && *made);
    return (*made)->secret;
  }
  bool is_valid(const Secret& secret, std::int64_t now = kResetTime) {
    return find_password_reset(*connection_, secret.hash, now).value().has_value();
  }
  bool redeem(const Secret& secret, std::int64_t now = kResetTime) {
    return redeem_password_reset(*connection_, secret.hash, new_, now).value().has_value();
  }

  std::string old_ = hash_password("correct horse", kResetCost).value();
  std::string new_ = hash_password("a battery staple", kResetCost).value();
};

TEST_P(PasswordResetTest, IsForOneUseWithinHalfAnHour) {
  make("anna", "anna@example.org");
  const Secret secret = link("ANNA");
  EXPECT_FALSE(redeem_password_reset(*connection_, secret.text, new_, kResetTime).value())
      << "only the hash is stored";
  EXPECT_TRUE(is_valid(secret, kResetTime + kPasswordResetUs - 1));
  EXPECT_FALSE(is_valid(secret, kResetTime + kPasswordResetUs));
  EXPECT_FALSE(redeem(secret, kResetTime + kPasswordResetUs));
  EXPECT_FALSE(is_valid(secret, kResetTime - kResetSecond)) << "made while the clock was ahead";
  EXPECT_TRUE(redeem(secret));
  EXPECT_FALSE(redeem(secret));
  EXPECT_TRUE(check_password(begin_sign_in(*connection_, "anna", kResetTime)->password_hash,
                             "a battery staple", kResetCost)
                  .right);
}

TEST_P(PasswordResetTest, EndsSessionsAndWaitsAndKeepsTheSecondFactor) {
  const Account account = make("anna", "anna@example.org");
  const auto session = start_session(*connection_, account.id, SessionStage::full, {}, kResetTime).value();
  const Enrolling who{account.id, session.hash};
  const auto totp = begin_enrolment(*connection_, who).value();
  ASSERT_TRUE(
      totp &&
      confirm_enrolment(*connection_, who, totp_code(*totp, totp_step_at(kResetTime)), kResetTime).value());
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(begin_sign_in(*connection_, "anna", kResetTime));
  EXPECT_TRUE(begin_sign_in(*connection_, "anna", kResetTime)->wait_until_us);
  ASSERT_TRUE(redeem(link("anna")));
  EXPECT_FALSE(find_session(*connection_, session.hash, kResetTime).value());
  EXPECT_FALSE(begin_sign_in(*connection_, "anna", kResetTime)->wait_until_us);
  const auto signed_in = finish_sign_in(*connection_, "anna", account.id, {}, "", kResetTime).value();
  EXPECT_EQ(signed_in.stage, SessionStage::second_factor);
}

TEST_P(PasswordResetTest, ANewerLinkAndWhatChangesTheAccountRevokeIt) {
  const Account account = make("anna", "anna@example.org");
  const std::array<std::function<bool()>, 6> changes = {
      [&] { return create_password_reset(*connection_, "anna", kResetTime).has_value(); },
      [&] { return set_password(*connection_, account.id, old_).has_value(); },
      [&] { return invite(*connection_, account.id, "root", kResetTime).has_value(); },
      [&] { return set_mail(*connection_, account.id, "anna@example.org").has_value(); },
      [&] { return remove_second_factor(*connection_, account.id).has_value(); },
      [&] { return set_disabled(*connection_, account.id, true).has_value(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Secret secret = link("anna");
    EXPECT_TRUE(is_valid(secret));
    EXPECT_TRUE(changes.at(i)());
    EXPECT_FALSE(is_valid(secret)) << i;
    EXPECT_FALSE(redeem(secret)) << i;
  }
}

TEST_P(PasswordResetTest, ASignInWithTheOldPasswordLeavesItValid) {
  const Account account = make("anna", "anna@example.org");
  const Secret secret = link("anna");
  ASSERT_TRUE(finish_sign_in(*connection_, "anna", account.id, {}, "", kResetTime));
  EXPECT_TRUE(redeem(secret));
}

TEST_P(PasswordResetTest, GoesToAnAddressThatIsKnownToBeTheOwnersOnly) {
  make("none", "");
  make("invited", "invited@example.org", false);
  const Account off = make("off", "off@example.org");
  ASSERT_TRUE(set_disabled(*connection_, off.id, true));
  const Account moved = make("moved", "moved@example.org");
  ASSERT_TRUE(set_mail(*connection_, moved.id, "other@example.org", kResetTime));
  for (const char* name : {"none", "invited", "off", "moved", "unknown", ""})
    EXPECT_FALSE(create_password_reset(*connection_, name, kResetTime).value()) << name;
  EXPECT_TRUE(create_password_reset(*connection_, "moved", kResetTime + kNewMailUs).value());
}

TEST_P(PasswordResetTest, RequestsAreRateLimitedWithOrWithoutAnAccount) {
  make("anna", "anna@example.org");
  for (const char* name : {"Anna", "unknown"}) {
    const auto wait = [&](std::int64_t now) {
      return count_password_reset_request(*connection_, name, now).value();
    };
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(wait(kResetTime));
    EXPECT_EQ(wait(kResetTime), kResetTime + 900 * kResetSecond);
    EXPECT_FALSE(wait(kResetTime + 900 * kResetSecond));
    EXPECT_EQ(wait(kResetTime + 900 * kResetSecond), kResetTime + 2700 * kResetSecond);
  }
}

TEST_P(PasswordResetTest, ExpiredLinksAreRemoved) {
  make("anna", "anna@example.org");
  (void)link("anna");
  const auto count = [&] {
    std::int64_t rows = -1;
    EXPECT_TRUE(connection_->query("SELECT count(*) FROM password_reset", {},
                                   [&](Row row) { return rows = std::get<std::int64_t>(row[0]), false; }));
    return rows;
  };
  ASSERT_TRUE(remove_ended(*connection_, kResetTime));
  EXPECT_EQ(count(), 1);
  ASSERT_TRUE(remove_ended(*connection_, kResetTime + kPasswordResetUs));
  EXPECT_EQ(count(), 0);
}

INSTANTIATE_TEST_SUITE_P(On, PasswordResetTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
