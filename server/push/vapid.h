// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/push/p256.h"

namespace reprise::server::push {

/// A token is valid for so long; RFC 8292 allows 24 hours at most.
inline constexpr std::int64_t kVapidSeconds = 12 * 3600;

/// Returns the value of the field Authorization by which the server identifies itself to a push service (RFC
/// 8292): "vapid t=TOKEN, k=KEY". `origin`: of the push service, "https://push.example"; `contact`: a mail
/// address of the clinic, as `record::is_mail_address` accepts it; `now_s`: seconds since 1970.
[[nodiscard]] Result<std::string> vapid_authorization(const P256Key& key, std::string_view origin,
                                                      std::string_view contact, std::int64_t now_s);

}  // namespace reprise::server::push
