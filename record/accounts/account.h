#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/database/connection.h"

// Who may sign in. What writes runs in the caller's transaction; all errors are those of the connection and
// those named.
namespace reprise::record {

enum class Role : std::uint8_t {
  patient,
  clinician,
  administrator,
  program,  ///< no account has it: a token that was made at the server's own command line
};

/// "patient", "clinician", "administrator", "program".
[[nodiscard]] std::string_view to_string(Role role);
[[nodiscard]] std::optional<Role> parse_role(std::string_view text);

/// Whether signing in takes a second factor before anything else is allowed.
[[nodiscard]] constexpr bool needs_second_factor(Role role) {
  return role == Role::clinician || role == Role::administrator;
}

struct Account {
  std::string id;
  std::string name;  ///< for signing in: small letters
  Role role = Role::patient;
  std::string person;  ///< id of the Patient or Practitioner; administrators may have none
  bool has_password = false;
  bool has_second_factor = false;
  bool disabled = false;
  std::int64_t created_us = 0;
  std::string mail;                  ///< where invitations and notices go; empty: nowhere
  std::int64_t mail_changed_us = 0;  ///< when somebody changed it while the
                                     ///< account had a password; 0: never

  friend bool operator==(const Account&, const Account&) = default;
};

struct NewAccount {
  std::string name;  ///< as `problem_in_account_name` wants it; capitals do not count
  Role role = Role::patient;
  std::string person;
  std::string mail = {};  ///< a mail address, or empty
};

/// How an account's name is stored and compared: ASCII capitals become small.
[[nodiscard]] std::string folded_account_name(std::string_view name);

/// An account without a password: an invitation lets its owner choose one.
/// Errors: invalid_argument (name, person, mail), conflict (the name is taken, or the person has an account
/// of this role).
[[nodiscard]] Result<Account> create_account(Connection& connection, const NewAccount& account,
                                             std::int64_t now_us);

[[nodiscard]] Result<std::optional<Account>> find_account(Connection& connection, std::string_view id);
[[nodiscard]] Result<std::optional<Account>> find_account_by_name(Connection& connection,
                                                                  std::string_view name);

/// Of accounts that are not disabled.
struct AccountCounts {
  std::int64_t all = 0;
  std::int64_t without_second_factor = 0;  ///< of clinicians and administrators who have a password
  std::int64_t without_password = 0;       ///< they were never used
  std::int64_t invited = 0;                ///< of those, who have an invitation that can still be used
};
[[nodiscard]] Result<AccountCounts> count_accounts(Connection& connection, std::int64_t now_us);

struct AccountQuery {
  std::string after;    ///< a name: those behind it in the alphabet
  std::string holding;  ///< a part of the name
  std::int64_t count = 50;
};

/// By name.
[[nodiscard]] Result<std::vector<Account>> list_accounts(Connection& connection, const AccountQuery& query);

/// For so long a mail address that was changed does not show that its reader is
/// the account's owner.
inline constexpr std::int64_t kNewMailUs = 7 * 86'400'000'000;

/// Whether a link to a new password may go to the account's mail address alone.
[[nodiscard]] bool has_known_mail(const Account& account, std::int64_t now_us);

/// `changed_us`: now, where somebody changes it who is not the owner. Errors:
/// invalid_argument (not a mail address); not_found (the account).
[[nodiscard]] Result<void> set_mail(Connection& connection, std::string_view account, std::string_view mail,
                                    std::int64_t changed_us = 0);

/// What still works after a new password.
struct KeptCredentials {
  std::string_view session = {};  ///< the hash of one session
  bool tokens = false;            ///< those of programs
};

/// Stores the hash of a new password and ends the account's sessions and tokens, but for what is kept.
[[nodiscard]] Result<void> set_password(Connection& connection, std::string_view account,
                                        std::string_view hash, const KeptCredentials& kept = {});

/// Stores the same password's hash at another cost; sessions go on.
[[nodiscard]] Result<void> rehash_password(Connection& connection, std::string_view account,
                                           std::string_view hash);

/// Nobody signs in any more, and sessions, tokens and invitations end; or signing in is possible again.
[[nodiscard]] Result<void> set_disabled(Connection& connection, std::string_view account, bool disabled);

}  // namespace reprise::record
