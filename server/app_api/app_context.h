#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/accounts/attempts.h"
#include "record/accounts/password.h"
#include "record/audit/entry.h"
#include "record/store/record.h"
#include "server/app_api/app_request.h"
#include "server/app_api/password_thread.h"
#include "server/fhir_api/refusals.h"
#include "server/http/server.h"

namespace reprise::server {

struct AppApiOptions {
  std::string site = "Reprise";  ///< what apps with codes call it
  std::string public_url;        ///< by which people reach the server; empty: by what each request came
  std::string network_url;       ///< the server's address in its network; may be empty
  bool sends_mail = false;       ///< whether the server has a mail server
  record::PasswordCost password_cost = {};
  record::RateLimit addresses = {};
  /// While a demonstration's history is being written: how many of how many simulated patients are complete.
  std::function<std::optional<std::pair<int, int>>()> filling = [] {
    return std::optional<std::pair<int, int>>{};
  };
};

/// How often an account may search for a patient whom it does not treat: ten times, then once in 30 seconds.
inline constexpr record::RateLimit kFindingLimit = {.burst = 10, .per_second = 1.0 / 30};

/// What the handlers share.
struct AppContext {
  AppContext(record::Record& of, AppApiOptions with);

  record::Record& record;
  AppApiOptions options;
  std::mutex limiter_mutex;
  record::AddressLimiter limiter;
  record::AddressLimiter finding{kFindingLimit};  ///< by account; under the same mutex
  Refusals refusals;                              ///< those told to wait, who must not fill the audit log
  std::vector<std::string> site_words;            ///< that no password may rest on
  PasswordThread passwords;
};

/// Makes an answer in a transaction of the writer; a refusal undoes what was written, an answer, of whatever
/// status, keeps it. It may run again.
using MakeAnswer = std::function<record::Outcome<http::Response>(const record::WriteTransaction&)>;

/// Runs it, and responds when it is on the disk.
void write(AppContext& desk, const SharedRequest& call, http::Respond respond, MakeAnswer make);

/// Responds with what only reads.
void respond_read(const SharedRequest& call, const http::Respond& respond,
                  record::Outcome<http::Response> answer);

/// Runs on the password thread, or responds that too many wait.
void with_password(AppContext& desk, const http::Respond& respond, std::function<void()> work);

/// Whether this network address may try once more; where not, it is told so.
[[nodiscard]] bool may_try(AppContext& desk, const AppRequest& call, const http::Respond& respond);

/// Tells somebody to wait, and the audit log that it did. `account`: whose attempts were too many, where that
/// is known.
[[nodiscard]] http::Response told_to_wait(AppContext& desk, const AppRequest& call, std::int64_t wait_us,
                                          const std::string& account = {});

/// What the audit log says of a call, by whom the session says.
[[nodiscard]] record::AuditEntry entry_of(const AppRequest& call, record::AuditAct act,
                                          record::AuditOutcome outcome = record::AuditOutcome::success);

/// The same of an account that has no session yet.
[[nodiscard]] record::AuditEntry entry_of(const AppRequest& call, record::AuditAct act,
                                          record::AuditOutcome outcome, const record::Account& account);

/// The entry with a word on how it came about, such as which factor was shown.
[[nodiscard]] record::AuditEntry with_reason(record::AuditEntry entry, std::string reason);

}  // namespace reprise::server
