// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/accounts/attempts.h"
#include "record/accounts/login_session.h"
#include "record/accounts/password.h"
#include "record/audit/entry.h"
#include "record/store/record.h"
#include "server/app_api/app_request.h"
#include "server/app_api/password_thread.h"
#include "server/fhir_api/payload/refusals.h"
#include "server/http/server.h"

namespace reprise::server {

struct AppApiOptions {
  std::string site = "Reprise";  ///< name shown in authenticator apps
  std::string public_url;        ///< public address of the server; empty: that of each request
  std::string network_url;       ///< the server's address in its network; may be empty
  struct Clinic {
    std::string name;
    std::string phone;
    std::string emergency_number;
  };
  Clinic clinic = {};  ///< for people without an account; empty where not configured
  std::vector<std::string> extra_languages = {};  ///< that patients may choose
  bool sends_mail = false;                        ///< whether the server has a mail server
  std::string push_key = {};  ///< public key for subscriptions to Web Push, base64url; empty: it sends none
  std::vector<std::string> push_hosts = {};  ///< push services to which it may send
  record::Stay stay = {};                    ///< of sessions that stay on a device; 0: not offered
  bool staff_may_stay = false;               ///< whether it is offered to accounts that need a second factor
  record::PasswordCost password_cost = {};
  record::RateLimit addresses = {};
  /// While a demonstration's history is generated: the numbers of complete and of all simulated patients.
  std::function<std::optional<std::pair<int, int>>()> filling = [] {
    return std::optional<std::pair<int, int>>{};
  };
};

/// Returns whether the server mails links to a new password to owners of accounts: it has a mail server, and
/// its public address is https.
[[nodiscard]] bool mails_password_resets(const AppApiOptions& options);

/// Rate limit by account of searches for patients of others: ten at once, then one in 30 seconds.
inline constexpr record::RateLimit kFindingLimit = {.burst = 10, .per_second = 1.0 / 30};

/// The services that handlers share.
struct AppContext {
  AppContext(record::Record& of, AppApiOptions with);

  record::Record& record;
  AppApiOptions options;
  std::mutex limiter_mutex;
  record::AddressLimiter limiter;
  record::AddressLimiter finding{kFindingLimit};  ///< by account; under the same mutex
  Refusals refusals;                    ///< rate-limited requests, which must not fill the audit log
  std::vector<std::string> site_words;  ///< words that a password must not be based on
  PasswordThread passwords;
};

/// Makes a response in a transaction of the writer. A refusal rolls back; a response of any status commits.
/// It may run again.
using MakeAnswer = std::function<record::Outcome<http::Response>(const record::WriteTransaction&)>;

/// Runs `make` in a write transaction and responds after the commit.
void write(AppContext& context, const SharedRequest& request, http::Respond respond, MakeAnswer make);

/// Responds to a request that only reads.
void respond_read(const SharedRequest& request, const http::Respond& respond,
                  record::Outcome<http::Response> answer);

/// Runs `work` on the password thread, or responds that too many wait.
void with_password(AppContext& context, const http::Respond& respond, std::function<void()> work);

/// Returns whether this network address may try once more. Otherwise responds with 429.
[[nodiscard]] bool may_try(AppContext& context, const AppRequest& request, const http::Respond& respond);

/// Returns a 429 response and logs it. `account`: the rate-limited account, if known.
[[nodiscard]] http::Response rate_limited(AppContext& context, const AppRequest& request,
                                          std::int64_t wait_us, const std::string& account = {});

/// Returns the audit entry of a request, with the session's account.
[[nodiscard]] record::AuditEntry entry_of(const AppRequest& request, record::AuditAct act,
                                          record::AuditOutcome outcome = record::AuditOutcome::success);

/// Returns the audit entry of a request whose account has no session yet.
[[nodiscard]] record::AuditEntry entry_of(const AppRequest& request, record::AuditAct act,
                                          record::AuditOutcome outcome, const record::Account& account);

/// Adds a reason to an entry, such as the second factor used.
[[nodiscard]] record::AuditEntry with_reason(record::AuditEntry entry, std::string reason);

}  // namespace reprise::server
