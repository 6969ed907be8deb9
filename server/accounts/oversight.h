// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "record/accounts/oversight.h"
#include "server/app_api/app_context.h"

// Notifications of owners and administrators about actions on accounts (record/accounts/oversight.h).
namespace reprise::server {

/// Records the event and notifies by mail, if available. A changed address: the old one. A link to a new
/// password: the owner. A clinician's account or a removed second factor: the owner and all administrators.
[[nodiscard]] Result<void> notify_others(const AppContext& context, const AppRequest& request,
                                         const record::WriteTransaction& session,
                                         const record::Account& account, record::AccountEventKind kind);

/// Returns 202: another person must request the same within a day.
[[nodiscard]] http::Response waits_for_second_person(std::int64_t now_us);

/// Adds the pending requests to an account's document.
void add_requests(fhir::Json& document, const record::Account& account,
                  const std::multimap<std::string, record::AccountRequest>& requests);

}  // namespace reprise::server
