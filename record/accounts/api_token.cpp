// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/api_token.h"

#include <algorithm>
#include <array>

#include "fhir/model/primitive.h"
#include "record/accounts/columns.h"

namespace reprise::record {
namespace {

constexpr const char* kTokenStage = "making a token";
constexpr std::size_t kLongestTokenName = 128;

constexpr std::string_view kTokenQuery =
    "SELECT t.id, t.name, t.account, a.role, a.person, t.scopes, t.patient, t.created_us, t.ends_us "
    "FROM api_token t LEFT JOIN account a ON a.id = t.account "
    "WHERE (t.ends_us IS NULL OR t.ends_us > $1) AND (t.account = '' OR a.disabled = 0) AND ";

std::optional<std::string> problem_in(const NewToken& token) {
  const auto has = [&](ScopeContext context) {
    return std::any_of(token.scopes.begin(), token.scopes.end(),
                       [&](const TokenScope& scope) { return scope.context == context; });
  };
  if (token.name.empty() || token.name.size() > kLongestTokenName) return "its name must have 1 to 128 bytes";
  if (token.scopes.empty()) return "it has no scopes";
  if (has(ScopeContext::patient) != fhir::is_id(token.patient)) {
    return "scopes of a patient, and only they, want the id of one";
  }
  if (has(ScopeContext::system) && !token.account.empty())
    return "an account's token cannot have scopes of the system";
  if (has(ScopeContext::user) && token.account.empty()) return "scopes of a user want an account";
  return {};
}

Result<std::vector<ApiToken>> tokens_where(Connection& connection, std::string_view condition,
                                           std::string_view text, std::int64_t now_us) {
  std::vector<ApiToken> found;
  std::optional<Error> unreadable;
  const std::array<Value, 2> values = {now_us, text};
  const auto read = connection.query(std::string{kTokenQuery} + std::string{condition}, values, [&](Row row) {
    auto scopes = parse_scopes(text_in(row, 5));
    if (!scopes) return unreadable = scopes.error(), false;
    found.push_back({.id = text_in(row, 0),
                     .name = text_in(row, 1),
                     .account = text_in(row, 2),
                     .role = parse_role(text_in(row, 3)).value_or(Role::program),
                     .person = text_in(row, 4),
                     .scopes = std::move(*scopes),
                     .patient = text_in(row, 6),
                     .created_us = number_in(row, 7),
                     .ends_us = optional_number_in(row, 8)});
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  if (unreadable) return tl::unexpected(*unreadable);
  return found;
}

}  // namespace

Result<Secret> create_token(Connection& connection, const NewToken& token, std::int64_t now_us) {
  if (auto problem = problem_in(token)) {
    return fail(ErrorCode::invalid_argument, kTokenStage, std::move(*problem), "change the request");
  }
  if (!token.account.empty()) {
    const auto account = find_account(connection, token.account);
    if (!account) return tl::unexpected(account.error());
    if (!*account || (*account)->disabled) {
      return fail(ErrorCode::not_found, kTokenStage, "there is no such account, or it is disabled",
                  "make or enable the account first");
    }
  }
  Secret secret = new_secret();
  const std::string id = random_id();
  const std::string scopes = to_string(token.scopes);
  const std::array<Value, 8> values = {std::string_view{secret.hash},
                                       std::string_view{id},
                                       std::string_view{token.name},
                                       std::string_view{token.account},
                                       std::string_view{scopes},
                                       std::string_view{token.patient},
                                       now_us,
                                       token.ends_us ? Value{*token.ends_us} : Value{}};
  const auto done = connection.insert(
      "api_token", "hash, id, name, account, scopes, patient, created_us, ends_us", values.size(), values);
  if (!done) return tl::unexpected(done.error());
  return secret;
}

Result<std::optional<ApiToken>> find_token(Connection& connection, std::string_view hash,
                                           std::int64_t now_us) {
  auto found = tokens_where(connection, "t.hash = $2", hash, now_us);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return std::optional<ApiToken>{};
  return std::optional<ApiToken>{std::move(found->front())};
}

Result<std::vector<ApiToken>> list_tokens(Connection& connection, std::string_view account,
                                          std::int64_t now_us) {
  return tokens_where(connection, "t.account = $2 ORDER BY t.created_us DESC, t.id", account, now_us);
}

Result<bool> revoke_token(Connection& connection, std::string_view account, std::string_view id) {
  const std::array<Value, 2> values = {account, id};
  return connection.execute("DELETE FROM api_token WHERE account = $1 AND id = $2", values)
      .map([](std::int64_t rows) { return rows > 0; });
}

}  // namespace reprise::record
