// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/account.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fhir/model/primitive.h"
#include "record/accounts/account_name.h"
#include "record/accounts/columns.h"
#include "record/accounts/secret.h"
#include "record/outbox/mail_address.h"

namespace reprise::record {
namespace {

constexpr const char* kAccountStage = "keeping an account";
constexpr std::array<std::string_view, 5> kRoles = {"patient", "clinician", "administrator", "program",
                                                    "carer"};

constexpr const char* kAccountColumns =
    "SELECT id, name, role, person, CASE WHEN password IS NULL THEN 0 ELSE 1 END, "
    "CASE WHEN totp IS NULL THEN 0 ELSE 1 END, disabled, created_us, mail, mail_changed_us, patient FROM "
    "account ";

Account account_in(Row row) {
  Account account;
  account.id = text_in(row, 0);
  account.name = text_in(row, 1);
  account.role = parse_role(text_in(row, 2)).value_or(Role::patient);
  account.person = text_in(row, 3);
  account.has_password = number_in(row, 4) != 0;
  account.has_second_factor = number_in(row, 5) != 0;
  account.disabled = number_in(row, 6) != 0;
  account.created_us = number_in(row, 7);
  account.mail = text_in(row, 8);
  account.mail_changed_us = number_in(row, 9);
  account.patient = text_in(row, 10);
  return account;
}

Result<std::optional<Account>> find_by(Connection& connection, const char* column, std::string_view text) {
  std::optional<Account> found;
  const std::array<Value, 1> values = {text};
  const auto read = connection.query(std::string{kAccountColumns} + "WHERE " + column + " = $1", values,
                                     [&](Row row) { return found = account_in(row), false; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Error no_such_account() {
  return fail(ErrorCode::not_found, kAccountStage, "there is no such account", "look at the list of accounts")
      .value();
}

std::optional<std::string> problem_in(const NewAccount& account) {
  if (const auto problem = problem_in_account_name(account.name)) return "the name " + *problem;
  if (account.role == Role::program) return "programs have tokens, not accounts";
  const bool none = account.role == Role::administrator && account.person.empty();
  if (!none && !fhir::is_id(account.person))
    return "the account must name the id of a Patient, Practitioner or RelatedPerson";
  if (account.role == Role::carer ? !fhir::is_id(account.patient) : !account.patient.empty())
    return "a carer's account names the patient who is helped, and no other account does";
  if (!account.mail.empty() && !is_mail_address(account.mail)) return "the mail address is none";
  return {};
}

}  // namespace

std::string_view to_string(Role role) {
  return kRoles.at(static_cast<std::size_t>(role));
}

std::optional<Role> parse_role(std::string_view text) {
  const auto found = std::find(kRoles.begin(), kRoles.end(), text);
  if (found == kRoles.end()) return {};
  return static_cast<Role>(found - kRoles.begin());
}

std::string folded_account_name(std::string_view name) {
  return lower_case(name);
}

Result<Account> create_account(Connection& connection, const NewAccount& account, std::int64_t now_us) {
  if (auto problem = problem_in(account)) {
    return fail(ErrorCode::invalid_argument, kAccountStage, std::move(*problem), "choose another");
  }
  const Account made{.id = random_id(),
                     .name = folded_account_name(account.name),
                     .role = account.role,
                     .person = account.person,
                     .created_us = now_us,
                     .mail = account.mail,
                     .patient = account.patient};
  const std::array<Value, 7> values = {std::string_view{made.id},
                                       std::string_view{made.name},
                                       to_string(made.role),
                                       std::string_view{made.person},
                                       now_us,
                                       std::string_view{made.mail},
                                       std::string_view{made.patient}};
  const auto rows = connection.execute(
      "INSERT INTO account (id, name, role, person, created_us, mail, patient) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
      values);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) {
    return fail(ErrorCode::conflict, kAccountStage,
                "the name is taken, or this person has such an account already",
                "choose another name, or use the account that is there");
  }
  return made;
}

Result<std::optional<Account>> find_account(Connection& connection, std::string_view id) {
  return find_by(connection, "id", id);
}

Result<std::optional<Account>> find_account_by_name(Connection& connection, std::string_view name) {
  return find_by(connection, "name", folded_account_name(name));
}

Result<std::vector<Account>> list_accounts(Connection& connection, const AccountQuery& query) {
  std::string part = "%";
  for (const char c : folded_account_name(query.holding)) {
    if (c == '%' || c == '_' || c == '!') part += '!';
    part += c;
  }
  part += '%';
  std::vector<Account> accounts;
  const std::array<Value, 3> values = {std::string_view{query.after}, std::string_view{part},
                                       std::max<std::int64_t>(query.count, 0)};
  const auto read = connection.query(
      std::string{kAccountColumns} + "WHERE name > $1 AND name LIKE $2 ESCAPE '!' ORDER BY name LIMIT $3",
      values, [&](Row row) { return accounts.push_back(account_in(row)), true; });
  if (!read) return tl::unexpected(read.error());
  return accounts;
}

Result<std::optional<Account>> find_carer(Connection& connection, std::string_view person) {
  std::optional<Account> found;
  const std::array<Value, 1> values = {person};
  const auto read = connection.query(std::string{kAccountColumns} + "WHERE role = 'carer' AND person = $1",
                                     values, [&](Row row) { return found = account_in(row), false; });
  if (!read) return tl::unexpected(read.error());
  return found;
}

Result<std::vector<Account>> list_carers(Connection& connection, std::string_view patient) {
  std::vector<Account> accounts;
  const std::array<Value, 1> whose = {patient};
  const auto read = connection.query(
      std::string{kAccountColumns} + "WHERE role = 'carer' AND patient = $1 ORDER BY created_us, id", whose,
      [&](Row row) { return accounts.push_back(account_in(row)), true; });
  if (!read) return tl::unexpected(read.error());
  return accounts;
}

bool has_known_mail(const Account& account, std::int64_t now_us) {
  return !account.mail.empty() &&
         (account.mail_changed_us == 0 || now_us - account.mail_changed_us >= kNewMailUs);
}

Result<void> set_mail(Connection& connection, std::string_view account, std::string_view mail,
                      std::int64_t changed_us) {
  if (!mail.empty() && !is_mail_address(mail)) {
    return fail(ErrorCode::invalid_argument, kAccountStage, "the mail address is none",
                "write it as name@example.org");
  }
  const std::array<Value, 3> values = {mail, changed_us, account};
  const auto rows = connection.execute(
      "UPDATE account SET mail_changed_us = CASE WHEN password IS NULL OR mail = $1 THEN mail_changed_us "
      "ELSE $2 END, mail = $1 WHERE id = $3",
      values);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return tl::unexpected(no_such_account());
  // A link to a new password that went to the old address.
  const std::array<Value, 1> whose = {account};
  return execute_each(connection, {"DELETE FROM password_reset WHERE account = $1"}, whose);
}

Result<void> set_password(Connection& connection, std::string_view account, std::string_view hash,
                          const KeptCredentials& kept) {
  if (auto done = rehash_password(connection, account, hash); !done) return done;
  const std::array<Value, 1> whose = {account};
  if (auto done = execute_each(connection, {"DELETE FROM password_reset WHERE account = $1"}, whose); !done)
    return done;
  const std::array<Value, 2> sessions = {account, kept.session};
  if (auto done = execute_each(connection,
                               {"DELETE FROM push_subscription WHERE account = $1 AND session NOT IN "
                                "(SELECT id FROM session WHERE hash = $2)",
                                "DELETE FROM session WHERE account = $1 AND hash <> $2"},
                               sessions);
      !done) {
    return done;
  }
  if (!kept.passkeys) {
    if (auto done = execute_each(connection, {"DELETE FROM passkey WHERE account = $1"}, whose); !done)
      return done;
  }
  if (kept.tokens) return {};
  return execute_each(connection, {"DELETE FROM api_token WHERE account = $1"}, whose);
}

Result<void> rehash_password(Connection& connection, std::string_view account, std::string_view hash) {
  const std::array<Value, 2> values = {hash, account};
  const auto rows = connection.execute("UPDATE account SET password = $1 WHERE id = $2", values);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return tl::unexpected(no_such_account());
  return {};
}

Result<void> set_disabled(Connection& connection, std::string_view account, bool disabled) {
  const std::array<Value, 2> values = {std::int64_t{disabled ? 1 : 0}, account};
  if (auto done = execute_each(connection, {"UPDATE account SET disabled = $1 WHERE id = $2"}, values);
      !done) {
    return done;
  }
  if (!disabled) return {};
  const std::array<Value, 1> whose = {account};
  return execute_each(
      connection,
      {"DELETE FROM session WHERE account = $1", "DELETE FROM api_token WHERE account = $1",
       "DELETE FROM invitation WHERE account = $1", "DELETE FROM password_reset WHERE account = $1",
       "DELETE FROM push_subscription WHERE account = $1", "DELETE FROM passkey WHERE account = $1"},
      whose);
}

Result<AccountCounts> count_accounts(Connection& connection, std::int64_t now_us) {
  AccountCounts counts;
  const std::array<Value, 1> values = {now_us};
  const auto read = connection.query(
      "SELECT count(*), "
      "coalesce(sum(CASE WHEN totp IS NULL AND password IS NOT NULL AND role NOT IN ('patient', 'carer') "
      "THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN password IS NULL THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN password IS NULL AND EXISTS (SELECT 1 FROM invitation i WHERE i.account = "
      "account.id "
      "AND i.ends_us > $1) THEN 1 ELSE 0 END), 0) FROM account WHERE disabled = 0",
      values, [&](Row row) {
        counts = {number_in(row, 0), number_in(row, 1), number_in(row, 2), number_in(row, 3)};
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  return counts;
}

}  // namespace reprise::record
