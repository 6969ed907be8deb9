// SPDX-License-Identifier: Apache-2.0
#include "server/push/subscription.h"

#include "base/base64.h"

namespace reprise::server::push {
namespace {

tl::unexpected<Error> refuse_keys(const char* cause) {
  return fail(ErrorCode::invalid_argument, "reading a push subscription", cause, "subscribe the device anew");
}

}  // namespace

Result<Subscription> read_subscription(std::string_view endpoint, std::string_view p256dh,
                                       std::string_view auth, const PushHosts& hosts) {
  auto where = parse_endpoint(endpoint, hosts);
  if (!where) return tl::unexpected(where.error());
  auto point = from_base64url(p256dh);
  if (!point || !is_p256_point(*point)) return refuse_keys("keys.p256dh is no point of P-256 in base64url");
  auto secret = from_base64url(auth);
  if (!secret || secret->size() != kAuthBytes) return refuse_keys("keys.auth is not 16 bytes in base64url");
  return Subscription{std::move(*where), {std::move(*point), std::move(*secret)}};
}

Result<Subscription> read_subscription(const Json& json, const PushHosts& hosts) {
  const Json* keys = json::field(json, "keys");
  if (keys == nullptr) return refuse_keys("it has no keys");
  return read_subscription(json::text_of(json, "endpoint"), json::text_of(*keys, "p256dh"),
                           json::text_of(*keys, "auth"), hosts);
}

}  // namespace reprise::server::push
