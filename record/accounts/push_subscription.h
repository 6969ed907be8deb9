// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/database/connection.h"

// Devices that receive a patient's reminders by Web Push (docs/reference/reminders.md). All functions run in
// the caller's transaction. An endpoint is a secret: who knows it and the keys can send to the device.
namespace reprise::record {

struct PushTarget {
  std::string endpoint;
  std::string p256dh;  ///< base64url
  std::string auth;    ///< base64url
};

struct PushSubscription {
  std::string id;  ///< may be public
  std::string account;
  std::string session;  ///< id of the login session on the device; it may have ended by its time limit
  PushTarget target;
  std::int64_t made_us = 0;
};

/// An account has so many devices; then the oldest ends. Unsourced default.
inline constexpr std::int64_t kMostPushSubscriptions = 5;

/// Keeps a device's subscription; that of an earlier user of the device ends. Returns its id.
[[nodiscard]] Result<std::string> keep_push_subscription(Connection& connection, std::string_view account,
                                                         std::string_view session, const PushTarget& target,
                                                         std::int64_t now_us);

/// Notes the present login session of a device that is subscribed. Returns false if the account has no
/// subscription of this endpoint.
[[nodiscard]] Result<bool> move_push_subscription(Connection& connection, std::string_view account,
                                                  std::string_view session, std::string_view endpoint);

/// Lists the account's, newest first.
[[nodiscard]] Result<std::vector<PushSubscription>> push_subscriptions_of(Connection& connection,
                                                                          std::string_view account);
/// Lists those of a patient's accounts that are not disabled.
[[nodiscard]] Result<std::vector<PushSubscription>> push_subscriptions_of_patient(Connection& connection,
                                                                                  std::string_view patient);
/// Returns nullopt if it has ended, or its account is disabled.
[[nodiscard]] Result<std::optional<PushSubscription>> find_push_subscription(Connection& connection,
                                                                             std::string_view id);

/// Ends one of any account.
[[nodiscard]] Result<void> end_push_subscription(Connection& connection, std::string_view id);
/// Ends one of this account. Returns false if it has none of this id.
[[nodiscard]] Result<bool> end_push_subscription_of(Connection& connection, std::string_view account,
                                                    std::string_view id);
/// Ends those of the device with this login session, given by its secret's hash, unless they are this
/// account's own: its user signs out (no account), or another one signs in.
[[nodiscard]] Result<void> end_push_of_session(Connection& connection, std::string_view session_hash,
                                               std::string_view account = {});

}  // namespace reprise::record
