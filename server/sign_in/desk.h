#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/entry.h"
#include "server/api/refusals.h"
#include "server/http/server.h"
#include "server/sign_in/call.h"
#include "server/sign_in/long_task.h"
#include "server/sign_in/password_thread.h"
#include "server/sign_in/sign_in.h"

namespace reprise::server {

/// How often an account may search for a patient whom it does not treat: ten times, then once in 30 seconds.
inline constexpr record::RateLimit kFindingLimit = {.burst = 10, .per_second = 1.0 / 30};

/// What answers are made with.
struct Desk {
  Desk(record::Record& of, SignInOptions with);

  record::Record& record;
  SignInOptions options;
  std::mutex limiter_mutex;
  record::AddressLimiter limiter;
  record::AddressLimiter finding{kFindingLimit};  ///< by account; under the same mutex
  Refusals refusals;                              ///< those told to wait, who must not fill the audit log
  std::vector<std::string> site_words;            ///< that no password may rest on
  PasswordThread passwords;
  LongTask verification;
  LongTask backup;
};

/// Makes an answer in a transaction of the writer; a refusal undoes what was written, an answer, of whatever
/// status, keeps it. It may run again.
using MakeAnswer = std::function<record::Outcome<http::Response>(const record::WriteSession&)>;

/// Runs it, and responds when it is on the disk.
void write(Desk& desk, const SharedCall& call, http::Respond respond, MakeAnswer make);

/// Responds with what only reads.
void respond_read(const SharedCall& call, const http::Respond& respond,
                  record::Outcome<http::Response> answer);

/// Runs on the password thread, or responds that too many wait.
void with_password(Desk& desk, const http::Respond& respond, std::function<void()> work);

/// Whether this network address may try once more; where not, it is told so.
[[nodiscard]] bool may_try(Desk& desk, const Call& call, const http::Respond& respond);

/// Tells somebody to wait, and the audit log that it did. `account`: whose attempts were too many, where that
/// is known.
[[nodiscard]] http::Response told_to_wait(Desk& desk, const Call& call, std::int64_t wait_us,
                                          const std::string& account = {});

/// What the audit log says of a call, by whom the session says.
[[nodiscard]] record::AuditEntry entry_of(const Call& call, record::AuditAct act,
                                          record::AuditOutcome outcome = record::AuditOutcome::success);

/// The same of an account that has no session yet.
[[nodiscard]] record::AuditEntry entry_of(const Call& call, record::AuditAct act,
                                          record::AuditOutcome outcome, const record::Account& account);

/// The entry with a word on how it came about, such as which factor was shown.
[[nodiscard]] record::AuditEntry with_reason(record::AuditEntry entry, std::string reason);

}  // namespace reprise::server
