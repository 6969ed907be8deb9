// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "record/accounts/sign_in.h"
#include "server/app_api/app_context.h"

// Checks of passwords and second factors: each attempt is counted first, whatever it is for.

namespace reprise::server {

/// Counts an attempt at the password of the account of this name, then calls `compare` on the password
/// thread. Answers the request itself if the account must wait or the record fails.
void with_password_attempt(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                           const std::string& name,
                           std::function<void(const record::SignInAttempt&)> compare);

/// Checks a code of the second factor of the open session's account, and writes the audit entry. `nullopt`:
/// the code is right; otherwise the answer to give.
[[nodiscard]] record::Outcome<std::optional<http::Response>> refuse_second_factor(
    AppContext& context, const AppRequest& request, const record::WriteTransaction& session,
    const std::string& code, record::AuditAct act);

}  // namespace reprise::server
