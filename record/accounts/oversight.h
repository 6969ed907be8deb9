// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "record/accounts/account.h"
#include "record/database/connection.h"

// Oversight of account managers, so that no one takes over an account unseen. Their actions are shown to the
// owner and to administrators; some need a second person. All functions run in the caller's transaction.
namespace reprise::record {

/// An action on another user's account, or on who has access to a patient.
enum class AccountEventKind : std::uint8_t {
  mail,           ///< the mail address changed
  invitation,     ///< a link to a new password, though there was a password
  password,       ///< a password chosen by such a link
  second_factor,  ///< removed
  clinician,      ///< a clinician's account created
  care_team,      ///< a care team created or changed by an administrator
  reset,          ///< a password chosen by a link that the owner requested by mail
  passkey_added,
  passkey_removed,
};

/// "mail", "invitation", "password", "second-factor", "clinician", "care-team", "reset",
/// "passkey-added", "passkey-removed".
[[nodiscard]] std::string_view to_string(AccountEventKind kind);

struct AccountEvent {
  AccountEventKind kind = AccountEventKind::mail;
  std::string account;  ///< the affected account; empty for a care team
  std::string patient;  ///< the Patient's id, if any
  std::string by;       ///< the id of the acting account
  std::int64_t at_us = 0;
};

[[nodiscard]] Result<void> note_account_event(Connection& connection, const AccountEvent& event);

struct ShownEvent {
  AccountEvent event;
  std::string name;     ///< of the account; empty if it is gone or none
  std::string by_name;  ///< of the acting account; empty if it is gone
};

/// Lists the events of an account and of its patient's care teams, newest first; without an account: all.
[[nodiscard]] Result<std::vector<ShownEvent>> list_account_events(Connection& connection,
                                                                  const Account* of = nullptr,
                                                                  std::int64_t count = 50);

/// A request that waits for a second person.
enum class AccountRequestKind : std::uint8_t { invitation, second_factor };

inline constexpr std::int64_t kRequestUs = in_us(std::chrono::days{1});

struct AccountRequest {
  AccountRequestKind kind = AccountRequestKind::invitation;
  std::string by;       ///< the id of the requesting account
  std::string by_name;  ///< empty if that account is gone
  std::int64_t asked_us = 0;
};

/// Returns whether another person requested the same within a day, and ends the request. Otherwise records
/// the request of `by` and returns false.
[[nodiscard]] Result<bool> second_person_asks(Connection& connection, std::string_view account,
                                              AccountRequestKind kind, std::string_view by,
                                              std::int64_t now_us);

/// Returns the open requests by affected account.
[[nodiscard]] Result<std::multimap<std::string, AccountRequest>> open_requests(Connection& connection,
                                                                               std::int64_t now_us);

/// Returns whether another person who can sign in manages this account: an administrator, or for a patient a
/// clinician of the care team. Without one, no second person is awaited. `administrators_only`: clinicians do
/// not count.
[[nodiscard]] Result<bool> has_second_person(Connection& connection, const Account& account,
                                             std::string_view by, bool administrators_only,
                                             std::int64_t now_us);

}  // namespace reprise::record
