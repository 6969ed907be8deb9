// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "record/webauthn/site.h"
#include "server/app_api/route.h"

namespace reprise::server {

/// Returns the site of this server's passkeys: its public address; without one, `localhost` for a browser on
/// the same machine. nullopt: browsers make no passkeys at its address.
[[nodiscard]] std::optional<record::webauthn::Site> passkey_site(const AppApiOptions& options,
                                                                 const AppRequest& request);

/// Answers a request about passkeys of a site.
using PasskeyHandler = void(AppContext&, const SharedRequest&, const http::Respond&,
                            const record::webauthn::Site&);

/// Returns the handler of a route, which refuses where there is no such site.
[[nodiscard]] Handler at_passkey_site(PasskeyHandler* handler);

}  // namespace reprise::server
