// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/accounts/account.h"
#include "record/accounts/secret.h"
#include "record/accounts/token_scope.h"
#include "record/database/connection.h"

// API tokens of programs. Functions that write run in the caller's transaction.
namespace reprise::record {

struct NewToken {
  std::string name;     ///< shown in the list of tokens
  std::string account;  ///< its rights are the token's upper limit; empty: none, which only the server's
                        ///< command line may request
  std::vector<TokenScope> scopes;
  std::string patient;  ///< the Patient's id for scopes of the context `patient`
  std::optional<std::int64_t> ends_us;
};

struct ApiToken {
  std::string id;
  std::string name;
  std::string account;
  Role role = Role::program;  ///< of the account
  std::string person;         ///< of the account
  std::vector<TokenScope> scopes;
  std::string patient;
  std::int64_t created_us = 0;
  std::optional<std::int64_t> ends_us;
};

/// Creates a token. Errors: invalid_argument, not_found (no such account).
/// invalid_argument: no scopes; patient scopes without a patient; `system` scopes with an account or `user`
/// scopes without one; a name that is empty or longer than 128 bytes.
[[nodiscard]] Result<Secret> create_token(Connection& connection, const NewToken& token, std::int64_t now_us);

/// Finds the token by its secret's hash. Returns nullopt if it is unknown or expired, or if its account is
/// disabled.
[[nodiscard]] Result<std::optional<ApiToken>> find_token(Connection& connection, std::string_view hash,
                                                         std::int64_t now_us);

/// Lists the tokens of an account; of "": those without an account.
[[nodiscard]] Result<std::vector<ApiToken>> list_tokens(Connection& connection, std::string_view account,
                                                        std::int64_t now_us);

/// Revokes a token. Returns false if the account has no token of this id.
[[nodiscard]] Result<bool> revoke_token(Connection& connection, std::string_view account,
                                        std::string_view id);

}  // namespace reprise::record
