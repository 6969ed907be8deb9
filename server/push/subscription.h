// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/fields.h"
#include "server/push/endpoint.h"
#include "server/push/message_encryption.h"

namespace reprise::server::push {

/// A browser's subscription to push messages.
struct Subscription {
  Endpoint endpoint;
  RecipientKeys keys;
};

/// Reads a subscription as browsers write it (W3C Push API, PushSubscription.toJSON): endpoint, keys.p256dh,
/// keys.auth. Errors: those of `parse_endpoint`; invalid_argument (keys that are missing, have another length
/// or are no point of the curve).
[[nodiscard]] Result<Subscription> read_subscription(const Json& json, const PushHosts& hosts);

/// Does the same from its three texts.
[[nodiscard]] Result<Subscription> read_subscription(std::string_view endpoint, std::string_view p256dh,
                                                     std::string_view auth, const PushHosts& hosts);

}  // namespace reprise::server::push
