// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "record/database/connection.h"

// User accounts. Functions that write run in the caller's transaction. Errors: those of the connection, and
// those named.
namespace reprise::record {

enum class Role : std::uint8_t {
  patient,
  clinician,
  administrator,
  program,  ///< of tokens made at the server's command line; no account has it
  carer,    ///< a relative or friend who helps one patient, with the patient's leave
};

/// "patient", "clinician", "administrator", "program", "carer".
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

/// Returns whether this role must pass a second factor before anything else is allowed.
[[nodiscard]] constexpr bool needs_second_factor(Role role) {
  return role == Role::clinician || role == Role::administrator;
}

struct Account {
  std::string id;
  std::string name;  ///< login name, in lower case
  Role role = Role::patient;
  std::string person;  ///< id of the Patient, Practitioner or RelatedPerson; administrators may have none
  bool has_password = false;
  bool has_second_factor = false;
  bool disabled = false;
  std::int64_t created_us = 0;
  std::string mail;                  ///< receives invitations and notifications; may be empty
  std::int64_t mail_changed_us = 0;  ///< when another user last changed it while the account had a password;
                                     ///< 0: never
  std::string patient = {};          ///< of a carer: the patient who is helped; empty for other roles

  friend bool operator==(const Account&, const Account&) = default;
};

struct NewAccount {
  std::string name;  ///< valid by `problem_in_account_name`; case does not matter
  Role role = Role::patient;
  std::string person;
  std::string mail = {};     ///< a mail address, or empty
  std::string patient = {};  ///< of a carer, and of no one else
};

/// Returns the name as it is stored and compared: ASCII in lower case.
[[nodiscard]] std::string folded_account_name(std::string_view name);

/// Creates an account without a password; its owner chooses one by an invitation. Errors: invalid_argument
/// (name, person, mail), conflict (the name is taken, or the person has an account of this role).
[[nodiscard]] Result<Account> create_account(Connection& connection, const NewAccount& account,
                                             std::int64_t now_us);

[[nodiscard]] Result<std::optional<Account>> find_account(Connection& connection, std::string_view id);
[[nodiscard]] Result<std::optional<Account>> find_account_by_name(Connection& connection,
                                                                  std::string_view name);

/// Counts of accounts that are not disabled.
struct AccountCounts {
  std::int64_t all = 0;
  std::int64_t without_second_factor = 0;  ///< of clinicians and administrators who have a password
  std::int64_t without_password = 0;       ///< never used
  std::int64_t invited = 0;                ///< of `without_password`: with a valid invitation
};
[[nodiscard]] Result<AccountCounts> count_accounts(Connection& connection, std::int64_t now_us);

struct AccountQuery {
  std::string after;    ///< a name; lists the accounts after it in alphabetical order
  std::string holding;  ///< a part of the name
  std::int64_t count = 50;
};

/// Lists accounts by name.
[[nodiscard]] Result<std::vector<Account>> list_accounts(Connection& connection, const AccountQuery& query);

/// Finds a carer's account by the id of the RelatedPerson.
[[nodiscard]] Result<std::optional<Account>> find_carer(Connection& connection, std::string_view person);

/// Lists the accounts of a patient's carers, the oldest first, disabled ones too.
[[nodiscard]] Result<std::vector<Account>> list_carers(Connection& connection, std::string_view patient);

/// Period during which a changed mail address does not identify the account's owner.
inline constexpr std::int64_t kNewMailUs = in_us(std::chrono::days{7});

/// Returns whether a link to a new password may be sent by mail alone.
[[nodiscard]] bool has_known_mail(const Account& account, std::int64_t now_us);

/// Sets the mail address and revokes links to a new password that were mailed to the old one. `changed_us`:
/// now if another user changes it. Errors: invalid_argument (not a mail address), not_found (the account).
[[nodiscard]] Result<void> set_mail(Connection& connection, std::string_view account, std::string_view mail,
                                    std::int64_t changed_us = 0);

/// Credentials that stay valid after a new password.
struct KeptCredentials {
  std::string_view session = {};  ///< the hash of one session
  bool tokens = false;            ///< API tokens
  bool passkeys = false;
};

/// Stores the hash of a new password. Ends the account's sessions, tokens and passkeys, except `kept`, and
/// its mailed links to a new password.
[[nodiscard]] Result<void> set_password(Connection& connection, std::string_view account,
                                        std::string_view hash, const KeptCredentials& kept = {});

/// Stores the same password's hash at another cost. Sessions stay valid.
[[nodiscard]] Result<void> rehash_password(Connection& connection, std::string_view account,
                                           std::string_view hash);

/// Disables or enables an account. Disabling ends its sessions, tokens, passkeys, invitations
/// and links.
[[nodiscard]] Result<void> set_disabled(Connection& connection, std::string_view account, bool disabled);

}  // namespace reprise::record
