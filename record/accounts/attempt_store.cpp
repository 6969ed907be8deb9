// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/attempt_store.h"

#include <array>

#include "record/accounts/columns.h"
#include "record/accounts/secret.h"

namespace reprise::record {

std::string attempt_of_name(std::string_view folded_name) {
  return "name " + hash_of_text(folded_name);
}

std::string attempt_of_second_factor(std::string_view account) {
  return "second factor " + std::string{account};
}

std::string attempt_of_passkey(std::string_view account) {
  return "passkey " + std::string{account};
}

Result<std::optional<std::int64_t>> count_attempt(Connection& connection, std::string_view subject,
                                                  std::int64_t now_us, const AttemptLimits& limits) {
  // Locks the row first, so that simultaneous attempts are counted one after the other.
  const std::array<Value, 1> whose = {subject};
  const auto made = connection.execute(
      "INSERT INTO sign_in_attempt (subject, failures, last_us) VALUES ($1, 0, 0) "
      "ON CONFLICT (subject) DO UPDATE SET failures = sign_in_attempt.failures",
      whose);
  if (!made) return tl::unexpected(made.error());
  Attempts attempts;
  const auto read = connection.query("SELECT failures, last_us FROM sign_in_attempt WHERE subject = $1",
                                     whose, [&](Row row) {
                                       return attempts = {number_in(row, 0), number_in(row, 1)}, false;
                                     });
  if (!read) return tl::unexpected(read.error());
  // The clock was ahead when this was stored: it counts as of now, once.
  if (attempts.last_us > now_us) {
    attempts.last_us = now_us;
    const std::array<Value, 2> corrected = {now_us, subject};
    if (auto done = execute_each(connection, {"UPDATE sign_in_attempt SET last_us = $1 WHERE subject = $2"},
                                 corrected);
        !done) {
      return tl::unexpected(done.error());
    }
  }
  if (const std::int64_t next = next_attempt_us(attempts, limits); attempts.failures > 0 && next > now_us) {
    return std::optional<std::int64_t>{next};
  }
  attempts = after_failure(attempts, now_us, limits);
  const std::array<Value, 3> values = {attempts.failures, attempts.last_us, subject};
  if (auto done = execute_each(
          connection, {"UPDATE sign_in_attempt SET failures = $1, last_us = $2 WHERE subject = $3"}, values);
      !done) {
    return tl::unexpected(done.error());
  }
  return std::optional<std::int64_t>{};
}

Result<void> forget_attempts(Connection& connection, std::string_view subject) {
  const std::array<Value, 1> whose = {subject};
  return execute_each(connection, {"DELETE FROM sign_in_attempt WHERE subject = $1"}, whose);
}

}  // namespace reprise::record
