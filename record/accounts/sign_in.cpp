// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/sign_in.h"

#include <array>

#include "record/accounts/attempt_store.h"
#include "record/accounts/columns.h"
#include "record/accounts/push_subscription.h"
#include "record/accounts/second_factor.h"

namespace reprise::record {

Result<SignInAttempt> begin_sign_in(Connection& connection, std::string_view name, std::int64_t now_us,
                                    const AttemptLimits& limits) {
  const std::string folded = folded_account_name(name.substr(0, 256));
  const auto wait = count_attempt(connection, attempt_of_name(folded), now_us, limits);
  if (!wait) return tl::unexpected(wait.error());
  SignInAttempt attempt;
  attempt.wait_until_us = *wait;
  if (*wait) return attempt;
  const std::array<Value, 1> values = {std::string_view{folded}};
  const auto read = connection.query("SELECT id, password FROM account WHERE name = $1 AND disabled = 0",
                                     values, [&](Row row) {
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
  const auto found = find_account(connection, account);
  if (!found) return tl::unexpected(found.error());
  if (!*found || (*found)->disabled) {
    return fail(ErrorCode::not_found, "signing in", "the account is gone", "ask an administrator");
  }
  const std::string folded = folded_account_name(name.substr(0, 256));
  if (auto done = forget_attempts(connection, attempt_of_name(folded)); !done)
    return tl::unexpected(done.error());
  // Of another user of the same browser.
  if (auto done = end_push_of_session(connection, old_session, account); !done)
    return tl::unexpected(done.error());
  if (auto done = end_session(connection, old_session); !done) return tl::unexpected(done.error());
  SignedIn signed_in;
  if (!(*found)->has_second_factor) {
    signed_in.stage = needs_second_factor((*found)->role) ? SessionStage::enrolment : SessionStage::full;
  }
  auto session = start_session(connection, account, signed_in.stage, place, now_us, limits, stay);
  if (!session) return tl::unexpected(session.error());
  signed_in.session = std::move(*session);
  return signed_in;
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
