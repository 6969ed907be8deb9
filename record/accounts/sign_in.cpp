// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/sign_in.h"

#include <array>

#include "record/accounts/attempt_store.h"
#include "record/accounts/columns.h"
#include "record/accounts/push_subscription.h"
#include "record/accounts/second_factor.h"

namespace reprise::record {
namespace {

/// The account's session takes the place of the one that the browser had.
Result<SignedIn> replace_session(Connection& connection, std::string_view account, SessionStage stage,
                                 const SignInPlace& place, std::string_view old_session, std::int64_t now_us,
                                 const SessionLimits& limits, const Stay& stay) {
  // Of another user of the same browser.
  if (auto done = end_push_of_session(connection, old_session, account); !done)
    return tl::unexpected(done.error());
  if (auto done = end_session(connection, old_session); !done) return tl::unexpected(done.error());
  auto session = start_session(connection, account, stage, place, now_us, limits, stay);
  if (!session) return tl::unexpected(session.error());
  return SignedIn{std::move(*session), stage};
}

Result<Account> account_that_signs_in(Connection& connection, std::string_view id) {
  auto found = find_account(connection, id);
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->disabled) {
    return fail(ErrorCode::not_found, "signing in", "the account is gone", "ask an administrator");
  }
  return std::move(**found);
}

}  // namespace

Result<SignInAttempt> begin_sign_in(Connection& connection, std::string_view name, std::int64_t now_us,
                                    const AttemptLimits& limits) {
  const std::string folded = folded_account_name(name.substr(0, 256));
  const auto wait = count_attempt(connection, attempt_of_name(folded), now_us, limits);
  if (!wait) return tl::unexpected(wait.error());
  SignInAttempt attempt;
  attempt.wait_until_us = *wait;
  if (*wait) return attempt;
  const std::array<Value, 1> values = {std::string_view{folded}};
  const auto read = connection.query(
      "SELECT id, password FROM account WHERE name = $1 AND " + is_enabled("account"), values, [&](Row row) {
        attempt.account = text_in(row, 0);
        attempt.password_hash = optional_text_in(row, 1);
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return attempt;
}

Result<SignedIn> finish_sign_in(Connection& connection, std::string_view name, std::string_view account,
                                const SignInPlace& place, std::string_view old_session, std::int64_t now_us,
                                const SessionLimits& limits, const Stay& stay) {
  const auto found = account_that_signs_in(connection, account);
  if (!found) return tl::unexpected(found.error());
  const std::string folded = folded_account_name(name.substr(0, 256));
  if (auto done = forget_attempts(connection, attempt_of_name(folded)); !done)
    return tl::unexpected(done.error());
  SessionStage stage = SessionStage::second_factor;
  if (!found->has_second_factor)
    stage = needs_second_factor(found->role) ? SessionStage::enrolment : SessionStage::full;
  return replace_session(connection, account, stage, place, old_session, now_us, limits, stay);
}

Result<SignedIn> sign_in_by_passkey(Connection& connection, std::string_view account, std::int64_t now_us,
                                    const SignInBrowser& browser) {
  const auto found = account_that_signs_in(connection, account);
  if (!found) return tl::unexpected(found.error());
  const bool both_factors = found->has_second_factor || !needs_second_factor(found->role);
  const auto done = forget_attempts(connection, attempt_of_passkey(account));
  if (!done) return tl::unexpected(done.error());
  return replace_session(connection, account, both_factors ? SessionStage::full : SessionStage::enrolment,
                         browser.place, browser.old_session, now_us, {}, browser.stay);
}

Result<SecondFactorAttempt> pass_second_factor(Connection& connection, const LoginSession& session,
                                               std::string_view session_hash, std::string_view typed,
                                               std::int64_t now_us, const SessionLimits& limits,
                                               const AttemptLimits& attempt_limits) {
  SecondFactorAttempt attempt;
  if (session.stage != SessionStage::second_factor) return attempt;
  const std::string subject = attempt_of_second_factor(session.account.id);
  const auto wait = count_attempt(connection, subject, now_us, attempt_limits);
  if (!wait) return tl::unexpected(wait.error());
  if (*wait) {
    attempt.check = SecondFactorCheck::wait;
    attempt.wait_until_us = **wait;
    return attempt;
  }
  const auto used = use_second_factor(connection, session.account.id, typed, now_us);
  if (!used) return tl::unexpected(used.error());
  if (!used->right) return attempt;
  attempt.check = SecondFactorCheck::right;
  attempt.by_recovery_code = used->by_recovery_code;
  attempt.recovery_codes_left = used->recovery_codes_left;
  if (auto done = forget_attempts(connection, subject); !done) return tl::unexpected(done.error());
  auto made = complete_session(connection, session, session_hash, now_us, limits);
  if (!made) return tl::unexpected(made.error());
  attempt.session = std::move(*made);
  return attempt;
}

}  // namespace reprise::record
