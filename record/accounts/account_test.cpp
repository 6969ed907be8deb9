// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/account.h"

#include <atomic>
#include <thread>

#include "record/accounts/api_token.h"
#include "record/accounts/attempt_store.h"
#include "record/accounts/invitation.h"
#include "record/accounts/login_session.h"
#include "record/accounts/password.h"
#include "record/accounts/second_factor.h"
#include "record/accounts/sign_in.h"
#include "tests/support/in_one_transaction.h"

namespace reprise::record {
namespace {

constexpr PasswordCost kQuick{1, 8192};
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kStart = 1'700'000'000 * kSecond;
constexpr const char* kPassword = "correct horse";

class AccountTest : public InOneTransaction {
 protected:
  Account make(const std::string& name, Role role, const std::string& person = "p1") {
    auto account = create_account(*connection_, {name, role, person}, kStart);
    EXPECT_TRUE(account) << to_string(account.error());
    return account.value_or(Account{});
  }
  Account make_with_password(const std::string& name, Role role, const std::string& person = "p1") {
    const Account account = make(name, role, person);
    EXPECT_TRUE(set_password(*connection_, account.id, hash_password(kPassword, kQuick).value()));
    return account;
  }

  // Runs all steps. Returns nullopt if the password is wrong or must wait.
  std::optional<SignedIn> sign_in(const std::string& name, const std::string& password, std::int64_t now,
                                  const std::string& old_session = "") {
    const auto attempt = begin_sign_in(*connection_, name, now);
    EXPECT_TRUE(attempt) << to_string(attempt.error());
    if (attempt->wait_until_us) return {};
    if (!check_password(attempt->password_hash, password, kQuick).right) return {};
    auto done =
        finish_sign_in(*connection_, name, *attempt->account, {"192.0.2.1", "Browser"}, old_session, now);
    EXPECT_TRUE(done) << to_string(done.error());
    return *done;
  }
  std::optional<LoginSession> session(const Secret& secret, std::int64_t now) {
    auto found = find_session(*connection_, secret.hash, now);
    EXPECT_TRUE(found) << to_string(found.error());
    return *found;
  }
  Secret session_to_enrol(const Account& account, std::int64_t now) {
    return start_session(*connection_, account.id, SessionStage::enrolment, {}, now).value();
  }
  // Returns the app's secret.
  TotpSecret enrol(const Account& account, std::int64_t now) {
    const Secret session = session_to_enrol(account, now);
    const Enrolling who{account.id, session.hash};
    const auto secret = begin_enrolment(*connection_, who);
    EXPECT_TRUE(secret && *secret);
    EXPECT_TRUE(confirm_enrolment(*connection_, who, totp_code(**secret, totp_step_at(now)), now).value());
    return **secret;
  }
};

TEST_P(AccountTest, IsFoundByIdAndByNameWithoutCapitals) {
  const Account account = make("Anna.Schmidt@Example.org", Role::clinician, "dr-1");
  EXPECT_EQ(account.name, "anna.schmidt@example.org");
  EXPECT_EQ(find_account(*connection_, account.id).value(), account);
  EXPECT_EQ(find_account_by_name(*connection_, "ANNA.schmidt@example.org").value(), account);
  EXPECT_FALSE(find_account(*connection_, "x").value());
  EXPECT_FALSE(find_account_by_name(*connection_, "' OR '1'='1").value());
  make("b", Role::patient, "p2");
  const auto page = list_accounts(*connection_, {.after = {}, .holding = {}, .count = 1}).value();
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(list_accounts(*connection_, {.after = page[0].name, .holding = {}, .count = 5}).value().size(),
            1U);
}

TEST_P(AccountTest, IsOnePerNameAndPerPerson) {
  make("anna", Role::clinician, "dr-1");
  EXPECT_EQ(create_account(*connection_, {"ANNA", Role::patient, "p9"}, kStart).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(create_account(*connection_, {"b", Role::clinician, "dr-1"}, kStart).error().code,
            ErrorCode::conflict);
  EXPECT_TRUE(create_account(*connection_, {"b", Role::patient, "dr-1"}, kStart))
      << "a Patient, not a Practitioner";
  EXPECT_TRUE(create_account(*connection_, {"root", Role::administrator, ""}, kStart));
  EXPECT_TRUE(create_account(*connection_, {"root2", Role::administrator, ""}, kStart));
  for (const NewAccount& bad :
       {NewAccount{"", Role::patient, "p1"}, NewAccount{" a", Role::patient, "p1"},
        NewAccount{"a\nb", Role::patient, "p1"}, NewAccount{std::string(129, 'a'), Role::patient, "p1"},
        NewAccount{"c", Role::patient, ""}, NewAccount{"c", Role::clinician, "a/b"},
        NewAccount{"c", Role::program, "p1"}}) {
    EXPECT_EQ(create_account(*connection_, bad, kStart).error().code, ErrorCode::invalid_argument)
        << bad.name;
  }
}

TEST_P(AccountTest, APatientSignsInWithAPasswordAlone) {
  const Account account = make_with_password("anna", Role::patient);
  EXPECT_FALSE(sign_in("anna", "wrong password", kStart));
  const auto signed_in = sign_in("Anna", kPassword, kStart);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(signed_in->stage, SessionStage::full);
  const auto found = session(signed_in->session, kStart);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->account.id, account.id);
  EXPECT_EQ(found->account.person, "p1");
  EXPECT_EQ(found->address, "192.0.2.1");
  EXPECT_FALSE(find_session(*connection_, signed_in->session.text, kStart).value())
      << "only the hash is stored";
}

TEST_P(AccountTest, AClinicianNeedsTheSecondFactorBeforeAnythingElse) {
  const Account account = make_with_password("dr", Role::clinician, "dr-1");
  const auto first = sign_in("dr", kPassword, kStart);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->stage, SessionStage::enrolment);
  const Enrolling who{account.id, first->session.hash};
  EXPECT_EQ(begin_enrolment(*connection_, who).value(), begin_enrolment(*connection_, who).value());
  EXPECT_FALSE(confirm_enrolment(*connection_, who, "000000", kStart).value());
  const TotpSecret app = enrol(account, kStart);
  const auto full =
      complete_session(*connection_, *session(first->session, kStart), first->session.hash, kStart);
  EXPECT_EQ(session(*full, kStart)->stage, SessionStage::full);
  EXPECT_FALSE(session(first->session, kStart)) << "the session has another secret now";
  EXPECT_FALSE(begin_enrolment(*connection_, {account.id, full->hash}).value()) << "not twice";

  const std::int64_t later = kStart + 60 * kSecond;
  const auto second = sign_in("dr", kPassword, later);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->stage, SessionStage::second_factor);
  const auto half = session(second->session, later);
  ASSERT_TRUE(half);
  const auto pass = [&](const std::string& typed) {
    return pass_second_factor(*connection_, *half, second->session.hash, typed, later).value();
  };
  EXPECT_EQ(pass("123").check, SecondFactorCheck::wrong);
  const std::string code = totp_code(app, totp_step_at(later));
  const auto passed = pass(code);
  ASSERT_EQ(passed.check, SecondFactorCheck::right);
  EXPECT_EQ(session(*passed.session, later)->stage, SessionStage::full);
  EXPECT_FALSE(session(second->session, later));
  EXPECT_EQ(pass(code).check, SecondFactorCheck::wrong) << "a code counts once";
}

TEST_P(AccountTest, ARecoveryCodeCountsOnce) {
  const Account account = make_with_password("dr", Role::clinician, "dr-1");
  const Secret enrolling = session_to_enrol(account, kStart);
  const auto secret = begin_enrolment(*connection_, {account.id, enrolling.hash}).value();
  const auto codes = confirm_enrolment(*connection_, {account.id, enrolling.hash},
                                       totp_code(*secret, totp_step_at(kStart)), kStart)
                         .value();
  ASSERT_TRUE(codes);
  ASSERT_EQ(codes->size(), kRecoveryCodes);
  const auto use = [&](const std::string& typed) {
    return use_second_factor(*connection_, account.id, typed, kStart).value();
  };
  EXPECT_TRUE(use((*codes)[3]).right);
  EXPECT_FALSE(use((*codes)[3]).right);
  EXPECT_EQ(use((*codes)[4]).recovery_codes_left, 8);
  EXPECT_FALSE(use("aaaa-aaaa-aaaa-aaaa").right);
  ASSERT_TRUE(renew_recovery_codes(*connection_, account.id));
  EXPECT_FALSE(use((*codes)[5]).right);
  ASSERT_TRUE(remove_second_factor(*connection_, account.id));
  EXPECT_EQ(sign_in("dr", kPassword, kStart)->stage, SessionStage::enrolment);
}

TEST_P(AccountTest, WrongPasswordsAreRateLimitedWithOrWithoutAnAccount) {
  make_with_password("anna", Role::patient);
  for (const std::string name : {"anna", "unknown"}) {
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(sign_in(name, "wrong password", kStart));
    const auto blocked = begin_sign_in(*connection_, name, kStart + kSecond).value();
    EXPECT_EQ(blocked.wait_until_us, kStart + 2 * kSecond) << name;
    EXPECT_FALSE(blocked.password_hash);
  }
  EXPECT_FALSE(sign_in("anna", kPassword, kStart + kSecond)) << "not even with the right one";
  EXPECT_TRUE(sign_in("anna", kPassword, kStart + 2 * kSecond));
  EXPECT_FALSE(sign_in("anna", "wrong password", kStart + 2 * kSecond));
  EXPECT_TRUE(sign_in("anna", kPassword, kStart + 2 * kSecond)) << "the count began anew";
}

TEST_P(AccountTest, ManyAttemptsAtTheSameTimeGainNothing) {
  const TestDatabase database{GetParam()};
  static_cast<void>(database.open_migrated());
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  std::atomic<int> let_through = 0;
  std::atomic<int> failed = 0;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const auto connection = database.open();
      for (int attempt = 0; attempt < 5; ++attempt) {
        if (!connection->begin_writing()) ++failed;
        const auto begun = begin_sign_in(*connection, "anna", kStart);
        if (!begun || !connection->commit()) ++failed;
        if (begun && !begun->wait_until_us) ++let_through;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(let_through, AttemptLimits{}.free);
}

TEST_P(AccountTest, SecondFactorsAreRateLimited) {
  const Account account = make_with_password("dr", Role::clinician, "dr-1");
  enrol(account, kStart - 600 * kSecond);
  const auto half = sign_in("dr", kPassword, kStart);
  const auto pass = [&] {
    return pass_second_factor(*connection_, *session(half->session, kStart), half->session.hash, "12345",
                              kStart)
        .value();
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(pass().check, SecondFactorCheck::wrong);
  EXPECT_EQ(pass().check, SecondFactorCheck::wait);
  EXPECT_EQ(pass().wait_until_us, kStart + 2 * kSecond);
}

// Security finding F20
TEST_P(AccountTest, AClockThatWasAheadLocksNoOneOut) {
  make_with_password("pa", Role::patient);
  const std::int64_t ahead = kStart + 3 * 86'400 * kSecond;
  for (int i = 0; i < 6; ++i) EXPECT_FALSE(sign_in("pa", "wrong", ahead));
  // Once the clock is right, the wait starts again and ends.
  EXPECT_FALSE(sign_in("pa", kPassword, kStart));
  EXPECT_TRUE(sign_in("pa", kPassword, kStart + 900 * kSecond));
}

// Security finding F20
TEST_P(AccountTest, ASessionOfAClockThatWasAheadHasEnded) {
  make_with_password("pa", Role::patient);
  const std::int64_t ahead = kStart + 3 * 86'400 * kSecond;
  const auto made_ahead = sign_in("pa", kPassword, ahead);
  ASSERT_TRUE(made_ahead);
  EXPECT_TRUE(session(made_ahead->session, ahead));
  EXPECT_FALSE(session(made_ahead->session, kStart));
  const auto used_ahead = sign_in("pa", kPassword, kStart);
  ASSERT_TRUE(used_ahead);
  ASSERT_TRUE(note_seen(*connection_, used_ahead->session.hash, ahead));
  EXPECT_FALSE(session(used_ahead->session, kStart + kSecond));
  // The clocks of two servers differ a little.
  const auto other_server = sign_in("pa", kPassword, kStart + 5 * kSecond);
  ASSERT_TRUE(other_server);
  EXPECT_TRUE(session(other_server->session, kStart));
  ASSERT_TRUE(remove_ended(*connection_, kStart + 10 * kSecond));
  EXPECT_FALSE(session(made_ahead->session, ahead)) << "removed";
}

// Security finding F20
TEST_P(AccountTest, ACodeUsedWhileTheClockWasAheadLocksNoOneOut) {
  const Account account = make_with_password("kim", Role::clinician);
  const std::int64_t ahead = kStart + 3 * 86'400 * kSecond;
  const TotpSecret secret = enrol(account, ahead);
  const std::string code = totp_code(secret, totp_step_at(kStart));
  EXPECT_TRUE(use_second_factor(*connection_, account.id, code, kStart)->right);
  EXPECT_FALSE(use_second_factor(*connection_, account.id, code, kStart)->right) << "once";
}

TEST_P(AccountTest, SessionsEndByThemselves) {
  make_with_password("anna", Role::patient);
  const SessionLimits limits;
  const Secret secret = sign_in("anna", kPassword, kStart)->session;
  EXPECT_TRUE(session(secret, kStart + limits.idle_us - 1));
  EXPECT_FALSE(session(secret, kStart + limits.idle_us)) << "idle";
  std::int64_t now = kStart;
  for (; now < kStart + limits.longest_us; now += limits.idle_us / 2) {
    const auto found = session(secret, now);
    ASSERT_TRUE(found) << now - kStart;
    if (should_note_seen(*found, now)) {
      ASSERT_TRUE(note_seen(*connection_, secret.hash, now));
    }
  }
  EXPECT_FALSE(session(secret, now)) << "however busy";
  ASSERT_TRUE(remove_ended(*connection_, now));
  int rows = -1;
  ASSERT_TRUE(connection_->query("SELECT count(*) FROM session", {}, [&](Row row) {
    rows = static_cast<int>(std::get<std::int64_t>(row[0]));
    return false;
  }));
  EXPECT_EQ(rows, 0);
}

TEST_P(AccountTest, SessionsAreListedAndEnded) {
  const Account account = make_with_password("anna", Role::patient);
  const Account other = make_with_password("bert", Role::patient, "p2");
  const Secret first = sign_in("anna", kPassword, kStart)->session;
  const Secret second = sign_in("anna", kPassword, kStart + kSecond)->session;
  const Secret third = sign_in("anna", kPassword, kStart + 2 * kSecond, second.hash)->session;
  const Secret of_other = sign_in("bert", kPassword, kStart)->session;
  const std::int64_t now = kStart + 3 * kSecond;
  EXPECT_FALSE(session(second, now)) << "the browser signed in again";
  const auto listed = list_sessions(*connection_, account.id, now).value();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1].id, session(first, now)->id);
  EXPECT_FALSE(end_session_of(*connection_, other.id, listed[1].id).value()) << "not of another account";
  EXPECT_TRUE(end_session_of(*connection_, account.id, listed[1].id).value());
  EXPECT_FALSE(session(first, now));
  EXPECT_TRUE(session(third, now));
  ASSERT_TRUE(
      set_password(*connection_, account.id, hash_password("another horse", kQuick).value(), {third.hash}));
  EXPECT_TRUE(session(third, now));
  ASSERT_TRUE(end_sessions_of(*connection_, account.id));
  EXPECT_FALSE(session(third, now));
  EXPECT_TRUE(session(of_other, now));
}

TEST_P(AccountTest, TheUserAgentIsTruncated) {
  const Account account = make("anna", Role::patient);
  ASSERT_TRUE(start_session(*connection_, account.id, SessionStage::full,
                            {"192.0.2.1", std::string(500, 'a') + "\n"}, kStart));
  ASSERT_TRUE(
      start_session(*connection_, account.id, SessionStage::full, {"192.0.2.1", "a\nb\xFF"}, kStart + 1));
  const auto listed = list_sessions(*connection_, account.id, kStart + 2).value();
  EXPECT_EQ(listed[0].user_agent, "a?b?");
  EXPECT_EQ(listed[1].user_agent, std::string(120, 'a'));
}

TEST_P(AccountTest, DisablingEndsEverything) {
  const Account account = make_with_password("anna", Role::patient);
  const Secret secret = sign_in("anna", kPassword, kStart)->session;
  const Secret token =
      create_token(*connection_, {"app", account.id, parse_scopes("user/*.rs").value(), "", {}}, kStart)
          .value();
  const Secret invitation = invite(*connection_, account.id, "admin", kStart).value();
  ASSERT_TRUE(set_disabled(*connection_, account.id, true));
  EXPECT_FALSE(session(secret, kStart));
  EXPECT_FALSE(find_token(*connection_, token.hash, kStart).value());
  EXPECT_FALSE(find_invitation(*connection_, invitation.hash, kStart).value());
  EXPECT_FALSE(sign_in("anna", kPassword, kStart));
  EXPECT_FALSE(invite(*connection_, account.id, "admin", kStart));
  ASSERT_TRUE(set_disabled(*connection_, account.id, false));
  EXPECT_TRUE(sign_in("anna", kPassword, kStart));
}

TEST_P(AccountTest, AnInvitationCountsOnceAndForAWhile) {
  const Account account = make("anna", Role::patient);
  EXPECT_FALSE(sign_in("anna", "", kStart)) << "no password yet";
  const Secret old = invite(*connection_, account.id, "admin", kStart).value();
  const Secret secret = invite(*connection_, account.id, "admin", kStart).value();
  EXPECT_FALSE(find_invitation(*connection_, old.hash, kStart).value()) << "the last one counts";
  EXPECT_EQ(find_invitation(*connection_, secret.hash, kStart).value().value().account, account.id);
  EXPECT_FALSE(find_invitation(*connection_, secret.hash, kStart + kInvitationUs).value());
  const std::string hash = hash_password(kPassword, kQuick).value();
  EXPECT_FALSE(accept_invitation(*connection_, secret.hash, hash, kStart + kInvitationUs).value());
  EXPECT_EQ(accept_invitation(*connection_, secret.hash, hash, kStart).value(), account.id);
  EXPECT_FALSE(accept_invitation(*connection_, secret.hash, hash, kStart).value());
  EXPECT_TRUE(sign_in("anna", kPassword, kStart));
}

// Security finding F26
TEST_P(AccountTest, ANameLooksLikeNoOther) {
  for (const char* name : {"adm\u0456nistrator", "\u202Eanna", "an\u200Bna", "anna\u0301"}) {
    const auto made = create_account(*connection_, {name, Role::patient, "p1"}, kStart);
    ASSERT_FALSE(made) << name;
    EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
  }
  make("jos\u00E9 mu\u00F1oz", Role::patient);
}

// Security finding F8
TEST_P(AccountTest, ANewPasswordEndsTokensUnlessTheyAreKept) {
  const Account account = make_with_password("anna", Role::patient);
  const Secret token =
      create_token(*connection_, {"app", account.id, parse_scopes("user/*.rs").value(), "", {}}, kStart)
          .value();
  const std::string hash = hash_password("another horse", kQuick).value();
  ASSERT_TRUE(set_password(*connection_, account.id, hash, {.tokens = true}));
  EXPECT_TRUE(find_token(*connection_, token.hash, kStart).value());
  const Secret session = sign_in("anna", "another horse", kStart)->session;
  ASSERT_TRUE(
      accept_invitation(*connection_, invite(*connection_, account.id, "admin", kStart)->hash, hash, kStart)
          .value());
  EXPECT_FALSE(find_token(*connection_, token.hash, kStart).value());
  EXPECT_FALSE(find_session(*connection_, session.hash, kStart).value());
}

// Security finding F10
TEST_P(AccountTest, ASecondFactorThatWasShownCountsInItsSessionOnly) {
  const Account account = make_with_password("zoe", Role::clinician, "dr-1");
  const Secret stranger = sign_in("zoe", kPassword, kStart)->session;
  const TotpSecret seen = begin_enrolment(*connection_, {account.id, stranger.hash}).value().value();
  const Secret invitation = invite(*connection_, account.id, "admin", kStart).value();
  ASSERT_TRUE(
      accept_invitation(*connection_, invitation.hash, hash_password("another horse", kQuick).value(), kStart)
          .value());
  const Secret own = sign_in("zoe", "another horse", kStart)->session;
  const TotpSecret fresh = begin_enrolment(*connection_, {account.id, own.hash}).value().value();
  EXPECT_NE(fresh, seen);
  const auto confirm = [&](const Secret& session, const TotpSecret& secret) {
    return confirm_enrolment(*connection_, {account.id, session.hash},
                             totp_code(secret, totp_step_at(kStart)), kStart)
        .value();
  };
  EXPECT_FALSE(confirm(stranger, seen)) << "that session has ended";
  EXPECT_FALSE(confirm(own, seen));
  EXPECT_TRUE(confirm(own, fresh));
}

TEST_P(AccountTest, ATokenHasTheRightsOfItsAccountAtMost) {
  const Account account = make("dr", Role::clinician, "dr-1");
  const auto scopes = [](const char* text) { return parse_scopes(text).value(); };
  const Secret secret =
      create_token(*connection_,
                   {"app", account.id, scopes("patient/Observation.rs user/Task.r"), "p1", kStart + 10},
                   kStart)
          .value();
  const auto token = find_token(*connection_, secret.hash, kStart).value();
  ASSERT_TRUE(token);
  EXPECT_EQ(token->role, Role::clinician);
  EXPECT_EQ(token->person, "dr-1");
  EXPECT_EQ(token->patient, "p1");
  EXPECT_EQ(to_string(token->scopes), "patient/Observation.rs user/Task.r");
  EXPECT_FALSE(find_token(*connection_, secret.hash, kStart + 10).value());
  const Secret system =
      create_token(*connection_, {"loader", "", scopes("system/*.cruds"), "", {}}, kStart).value();
  EXPECT_EQ(find_token(*connection_, system.hash, kStart).value()->role, Role::program);

  for (const NewToken& bad :
       {NewToken{"", account.id, scopes("user/*.r"), "", {}}, NewToken{"a", account.id, {}, "", {}},
        NewToken{"a", account.id, scopes("patient/*.r"), "", {}},
        NewToken{"a", account.id, scopes("user/*.r"), "p1", {}},
        NewToken{"a", account.id, scopes("system/*.r"), "", {}},
        NewToken{"a", "", scopes("user/*.r"), "", {}}}) {
    EXPECT_EQ(create_token(*connection_, bad, kStart).error().code, ErrorCode::invalid_argument);
  }
  EXPECT_EQ(create_token(*connection_, {"a", "x", scopes("user/*.r"), "", {}}, kStart).error().code,
            ErrorCode::not_found);

  const auto listed = list_tokens(*connection_, account.id, kStart).value();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_FALSE(revoke_token(*connection_, "", listed[0].id).value());
  EXPECT_TRUE(revoke_token(*connection_, account.id, listed[0].id).value());
  EXPECT_FALSE(find_token(*connection_, secret.hash, kStart).value());
}

constexpr std::int64_t kDay = in_us(std::chrono::days{1});
constexpr Stay kStay{.idle_us = 14 * kDay, .longest_us = 30 * kDay};

TEST_P(AccountTest, ASessionThatStaysEndsByItsOwnLimits) {
  const Account account = make_with_password("anna", Role::patient);
  const auto stays =
      start_session(*connection_, account.id, SessionStage::full, {}, kStart, {}, kStay).value();
  const auto other = start_session(*connection_, account.id, SessionStage::full, {}, kStart).value();
  EXPECT_FALSE(session(other, kStart + kDay));
  EXPECT_TRUE(session(stays, kStart + 14 * kDay - 1));
  EXPECT_FALSE(session(stays, kStart + 14 * kDay)) << "14 days without a request";
  ASSERT_TRUE(note_seen(*connection_, stays.hash, kStart + 13 * kDay));
  EXPECT_TRUE(session(stays, kStart + 27 * kDay - 1));
  ASSERT_TRUE(note_seen(*connection_, stays.hash, kStart + 26 * kDay));
  EXPECT_TRUE(session(stays, kStart + 30 * kDay - 1));
  EXPECT_FALSE(session(stays, kStart + 30 * kDay)) << "30 days in all";
  EXPECT_FALSE(is_recent(*session(stays, kStart + 29 * kDay), kStart + 29 * kDay))
      << "sensitive actions still need the password";
}

TEST_P(AccountTest, APendingSessionThatIsToStayEndsAsOthersDo) {
  const Account account = make_with_password("dr", Role::clinician, "dr-1");
  const auto pending =
      start_session(*connection_, account.id, SessionStage::second_factor, {}, kStart, {}, kStay).value();
  EXPECT_FALSE(session(pending, kStart + SessionLimits{}.sign_in_us));
  const auto full = complete_session(*connection_, *session(pending, kStart), pending.hash, kStart).value();
  EXPECT_TRUE(session(full, kStart + 13 * kDay));
}

TEST_P(AccountTest, StricterSettingsEndAndShortenSessionsThatStay) {
  const Account anna = make_with_password("anna", Role::patient);
  const Account dr = make_with_password("dr", Role::clinician, "dr-1");
  const auto stay = [&](const Account& account) {
    return start_session(*connection_, account.id, SessionStage::full, {}, kStart, {}, kStay).value();
  };
  const auto patients = stay(anna);
  const auto staffs = stay(dr);
  ASSERT_TRUE(limit_stays(*connection_, kStay, true));
  EXPECT_TRUE(session(staffs, kStart + 13 * kDay));
  ASSERT_TRUE(limit_stays(*connection_, {.idle_us = 3 * kDay, .longest_us = 2 * kDay}, false));
  EXPECT_FALSE(session(staffs, kStart)) << "not for staff";
  EXPECT_TRUE(session(patients, kStart + 2 * kDay - 1));
  EXPECT_FALSE(session(patients, kStart + 2 * kDay));
  const auto other = start_session(*connection_, anna.id, SessionStage::full, {}, kStart).value();
  ASSERT_TRUE(limit_stays(*connection_, {}, false));
  EXPECT_FALSE(session(patients, kStart));
  EXPECT_TRUE(session(other, kStart));
}

INSTANTIATE_TEST_SUITE_P(On, AccountTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
