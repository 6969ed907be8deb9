#pragma once

#include <map>
#include <string>

#include "record/accounts/oversight.h"
#include "server/app_api/app_context.h"

// Telling owners and administrators what others do to accounts
// (record/accounts/oversight.h).
namespace reprise::server {

/// Notes the event, and mails whom it concerns, as far as there is mail: of
/// another address the old one; of a link to a new password the owner; of a
/// clinician's account and a removed second factor the owner and all
/// administrators.
[[nodiscard]] Result<void> tell_of(const AppContext& desk, const AppRequest& call,
                                   const record::WriteTransaction& session, const record::Account& account,
                                   record::AccountEventKind kind);

/// 202: somebody else must ask for the same within a day.
[[nodiscard]] http::Response waits_for_second_person(std::int64_t now_us);

/// What waits for a second person, in an account's document.
void add_requests(fhir::Json& document, const record::Account& account,
                  const std::multimap<std::string, record::AccountRequest>& requests);

}  // namespace reprise::server
