// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/accounts/account.h"
#include "server/app_api/app_request.h"

// JSON documents for the pages.
namespace reprise::server {

/// "2026-03-14T08:30:00.250113Z"
[[nodiscard]] std::string time_text(std::int64_t time_us);

[[nodiscard]] fhir::Json account_document(const record::Account& account);

/// Returns the document of an anonymous user: the stage "none" only.
[[nodiscard]] fhir::Json session_document(const record::LoginSession* session, std::string_view secret);

/// Returns a link for a phone, also as a QR code.
[[nodiscard]] fhir::Json link_document(const std::string& link, std::int64_t ends_us);

}  // namespace reprise::server
