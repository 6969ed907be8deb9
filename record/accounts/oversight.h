#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/accounts/account.h"
#include "record/database/connection.h"

// What keeps somebody who manages accounts from taking one over unseen: what
// they do is shown to the owner and to administrators, and some of it needs a
// second person. All of it runs in the caller's transaction.
namespace reprise::record {

/// What somebody did to an account that is not their own, or to who may see a
/// patient.
enum class AccountEventKind : std::uint8_t {
  mail,           ///< another mail address
  invitation,     ///< a link to choose a new password, though there was one
  password,       ///< a password chosen by such a link
  second_factor,  ///< removed
  clinician,      ///< an account of a clinician made
  care_team,      ///< a care team made or changed by an administrator
};

/// "mail", "invitation", "password", "second-factor", "clinician", "care-team".
[[nodiscard]] std::string_view to_string(AccountEventKind kind);

struct AccountEvent {
  AccountEventKind kind = AccountEventKind::mail;
  std::string account;  ///< whose; empty: of a care team
  std::string patient;  ///< id of the Patient, where it is about one
  std::string by;       ///< the id of the account that did it
  std::int64_t at_us = 0;
};

[[nodiscard]] Result<void> note_account_event(Connection& connection, const AccountEvent& event);

struct ShownEvent {
  AccountEvent event;
  std::string name;     ///< of the account; empty where it is gone or none
  std::string by_name;  ///< of who did it; empty where that account is gone
};

/// Those of an account and of its patient's care teams; without an account all.
/// Newest first.
[[nodiscard]] Result<std::vector<ShownEvent>> list_account_events(Connection& connection,
                                                                  const Account* of = nullptr,
                                                                  std::int64_t count = 50);

/// What waits for a second person.
enum class AccountRequestKind : std::uint8_t { invitation, second_factor };

inline constexpr std::int64_t kRequestUs = 86'400'000'000;

struct AccountRequest {
  AccountRequestKind kind = AccountRequestKind::invitation;
  std::string by;       ///< the id of who asked
  std::string by_name;  ///< empty where that account is gone
  std::int64_t asked_us = 0;
};

/// Whether somebody else asked for the same within a day, so that it may be
/// done now, and the request is over. If not, it is noted that `by` asks.
[[nodiscard]] Result<bool> second_person_asks(Connection& connection, std::string_view account,
                                              AccountRequestKind kind, std::string_view by,
                                              std::int64_t now_us);

/// Open requests by the account that they are about.
[[nodiscard]] Result<std::multimap<std::string, AccountRequest>> open_requests(Connection& connection,
                                                                               std::int64_t now_us);

/// Whether there is anybody else who can sign in and manages this account: an
/// administrator, or, of a patient, a clinician of the care team. Where there
/// is nobody, nobody can be waited for. `administrators_only`: clinicians do
/// not count.
[[nodiscard]] Result<bool> has_second_person(Connection& connection, const Account& account,
                                             std::string_view by, bool administrators_only,
                                             std::int64_t now_us);

}  // namespace reprise::record
