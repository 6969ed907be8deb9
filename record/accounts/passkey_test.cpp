// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/passkey.h"

#include <gmock/gmock.h>

#include "record/accounts/account.h"
#include "record/accounts/attempt_store.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/secret.h"
#include "record/accounts/sign_in.h"
#include "record/accounts/totp.h"
#include "tests/support/in_one_transaction.h"

namespace reprise::record {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using webauthn::Ceremony;

constexpr std::int64_t kPasskeyTime = 1'800'000'000'000'000;

class PasskeyTest : public InOneTransaction {
 protected:
  std::string account(const std::string& name, Role role = Role::patient) {
    return create_account(*connection_, {name, role, name}, kPasskeyTime).value().id;
  }
  std::string keep(const std::string& account, const std::string& credential) {
    NewPasskey made;
    made.credential = credential;
    made.key = {webauthn::Algorithm::eddsa, std::string("key\0of", 6) + credential};
    made.counter = 4'000'000'000;
    made.transports = "internal,hybrid";
    made.name = "Phone";
    return keep_passkey(*connection_, account, made, ++now_).value();
  }
  bool lives(const std::string& credential) {
    return find_passkey(*connection_, credential).value().has_value();
  }
  bool use(const std::string& challenge, Ceremony ceremony, const std::string& session, std::int64_t now) {
    return use_passkey_challenge(*connection_, challenge, ceremony, session, now).value();
  }

  std::int64_t now_ = kPasskeyTime;
};

TEST_P(PasskeyTest, IsKeptAsItCame) {
  const std::string pat = account("pat");
  const std::string id = keep(pat, "abc");
  const auto found = find_passkey(*connection_, "abc").value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, id);
  EXPECT_EQ(found->account, pat);
  EXPECT_EQ(found->key.algorithm, webauthn::Algorithm::eddsa);
  EXPECT_EQ(found->key.der, std::string("key\0of", 6) + "abc");
  EXPECT_EQ(found->counter, 4'000'000'000U);
  EXPECT_EQ(found->transports, "internal,hybrid");
  EXPECT_EQ(found->used_us, 0);
  ASSERT_TRUE(note_passkey_used(*connection_, id, 4'100'000'000, kPasskeyTime + 9));
  const auto used = passkeys_of(*connection_, pat).value();
  ASSERT_THAT(used, SizeIs(1));
  EXPECT_EQ(used[0].counter, 4'100'000'000U);
  EXPECT_EQ(used[0].used_us, kPasskeyTime + 9);
}

TEST_P(PasskeyTest, OnlyItsOwnerListsRenamesAndEndsIt) {
  const std::string pat = account("pat");
  const std::string other = account("other");
  const std::string id = keep(pat, "abc");
  EXPECT_THAT(passkeys_of(*connection_, other).value(), IsEmpty());
  EXPECT_FALSE(rename_passkey_of(*connection_, other, id, "Mine").value());
  EXPECT_FALSE(end_passkey_of(*connection_, other, id).value());
  EXPECT_TRUE(rename_passkey_of(*connection_, pat, id, "Laptop").value());
  EXPECT_EQ(passkeys_of(*connection_, pat).value()[0].name, "Laptop");
  EXPECT_TRUE(end_passkey_of(*connection_, pat, id).value());
  EXPECT_FALSE(lives("abc"));
}

TEST_P(PasskeyTest, ACredentialIsOfOneAccountAndAnAccountHasSoMany) {
  const std::string pat = account("pat");
  keep(account("other"), "abc");
  const auto twice = keep_passkey(*connection_, pat, {.credential = "abc"}, now_);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, ErrorCode::conflict);
  for (std::size_t i = 0; i < kMostPasskeys; ++i) keep(pat, std::to_string(i));
  const auto more = keep_passkey(*connection_, pat, {.credential = "more"}, now_);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::conflict);
}

TEST_P(PasskeyTest, EndsWithWhatTakesAnAccountBack) {
  const std::string pat = account("pat");
  keep(pat, "abc");
  ASSERT_TRUE(set_password(*connection_, pat, "hash", {.session = {}, .tokens = false, .passkeys = true}));
  EXPECT_TRUE(lives("abc")) << "the owner's new password";
  ASSERT_TRUE(set_password(*connection_, pat, "hash"));
  EXPECT_FALSE(lives("abc")) << "a password by a link";
  keep(pat, "abc");
  ASSERT_TRUE(remove_second_factor(*connection_, pat));
  EXPECT_FALSE(lives("abc"));
  keep(pat, "abc");
  ASSERT_TRUE(set_disabled(*connection_, pat, true));
  ASSERT_TRUE(set_disabled(*connection_, pat, false));
  EXPECT_FALSE(lives("abc"));
}

TEST_P(PasskeyTest, AChallengeIsForOneUseOfOneCeremonyOfOneSession) {
  const auto made = [&] {
    return new_passkey_challenge(*connection_, Ceremony::get, "session", kPasskeyTime).value();
  };
  const std::string challenge = made();
  EXPECT_EQ(challenge.size(), 43U) << "256 bits";
  EXPECT_NE(challenge, made());
  EXPECT_FALSE(use(challenge, Ceremony::create, "session", kPasskeyTime));
  EXPECT_FALSE(use(challenge, Ceremony::get, "another session", kPasskeyTime));
  EXPECT_FALSE(use(challenge, Ceremony::get, "session", kPasskeyTime + kPasskeyChallengeUs));
  EXPECT_FALSE(use(challenge, Ceremony::get, "session", kPasskeyTime - 1))
      << "made while the clock was ahead";
  EXPECT_FALSE(use("", Ceremony::get, "session", kPasskeyTime));
  EXPECT_FALSE(use(std::string(43, 'A'), Ceremony::get, "session", kPasskeyTime));
  EXPECT_TRUE(use(challenge, Ceremony::get, "session", kPasskeyTime));
  EXPECT_FALSE(use(challenge, Ceremony::get, "session", kPasskeyTime)) << "replayed";
  const std::string ended = made();
  ASSERT_TRUE(remove_ended(*connection_, kPasskeyTime + kPasskeyChallengeUs));
  EXPECT_FALSE(use(ended, Ceremony::get, "session", kPasskeyTime)) << "removed";
}

TEST_P(PasskeyTest, CountsAsBothFactorsWhereThereIsASecond) {
  const auto stage = [&](const std::string& account) {
    return sign_in_by_passkey(*connection_, account, kPasskeyTime).value().stage;
  };
  EXPECT_EQ(stage(account("pat")), SessionStage::full);
  const std::string staff = account("dr", Role::clinician);
  EXPECT_EQ(stage(staff), SessionStage::enrolment) << "it is set up first";
  const Secret session =
      start_session(*connection_, staff, SessionStage::enrolment, {}, kPasskeyTime).value();
  const auto secret = begin_enrolment(*connection_, {staff, session.hash}).value();
  ASSERT_TRUE(confirm_enrolment(*connection_, {staff, session.hash},
                                totp_code(*secret, totp_step_at(kPasskeyTime)), kPasskeyTime)
                  .value());
  EXPECT_EQ(stage(staff), SessionStage::full);
  ASSERT_TRUE(set_disabled(*connection_, staff, true));
  EXPECT_FALSE(sign_in_by_passkey(*connection_, staff, kPasskeyTime));
}

TEST_P(PasskeyTest, TakesThePlaceOfTheBrowsersSession) {
  const std::string pat = account("pat");
  const Secret before =
      start_session(*connection_, account("other"), SessionStage::full, {}, kPasskeyTime).value();
  const auto after =
      sign_in_by_passkey(*connection_, pat, kPasskeyTime, {.old_session = before.hash}).value();
  EXPECT_FALSE(find_session(*connection_, before.hash, kPasskeyTime).value());
  EXPECT_EQ(find_session(*connection_, after.session.hash, kPasskeyTime).value()->account.id, pat);
}

INSTANTIATE_TEST_SUITE_P(On, PasskeyTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
