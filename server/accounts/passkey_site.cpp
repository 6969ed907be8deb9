// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/passkey_site.h"

namespace reprise::server {

std::optional<record::webauthn::Site> passkey_site(const AppApiOptions& options, const AppRequest& request) {
  return record::webauthn::site_of(options.public_url.empty() ? request.local_origin : options.public_url);
}

Handler at_passkey_site(PasskeyHandler* handler) {
  return [handler](AppContext& context, const SharedRequest& request, record::Connection&,
                   const http::Respond& respond) {
    if (const auto site = passkey_site(context.options, *request))
      return handler(context, request, respond, *site);
    respond(refused(409, word::kInvalid, "passkeys need a public address: a domain name over https"));
  };
}

}  // namespace reprise::server
