// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/app_api/app_context.h"

// What every way of signing in ends with.
namespace reprise::server {

/// Returns how long the session stays: as configured, if this account may choose it and did.
[[nodiscard]] record::Stay stay_of(const AppApiOptions& options,
                                   const std::optional<record::Account>& account, bool chosen);

/// Returns the new session's document with its cookie. `more`: further fields, beside the document as
/// "session".
[[nodiscard]] record::Outcome<http::Response> show_new_session(const AppRequest& request,
                                                               const record::WriteTransaction& session,
                                                               const record::Secret& secret,
                                                               fhir::Json more = {});

}  // namespace reprise::server
