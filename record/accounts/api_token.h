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

// Tokens for programs. What writes runs in the caller's transaction.
namespace reprise::record {

struct NewToken {
  std::string name;     ///< for whoever looks at the list
  std::string account;  ///< whose rights it has, at most; empty: none, which only the server's command line
                        ///< may ask for
  std::vector<TokenScope> scopes;
  std::string patient;  ///< id of the patient that scopes of the context `patient` are about
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

/// Makes a token. Errors: invalid_argument (no scopes; scopes of a patient without one; scopes of the context
/// `system` with an account, or others of the context `user` without one; a name that is empty or longer than
/// 128 bytes); not_found (no such account).
[[nodiscard]] Result<Secret> create_token(Connection& connection, const NewToken& token, std::int64_t now_us);

/// The token of a secret's hash; nothing where it never was, has ended, or its account is disabled.
[[nodiscard]] Result<std::optional<ApiToken>> find_token(Connection& connection, std::string_view hash,
                                                         std::int64_t now_us);

/// Those of an account; of "", those without one.
[[nodiscard]] Result<std::vector<ApiToken>> list_tokens(Connection& connection, std::string_view account,
                                                        std::int64_t now_us);

/// False: this account has no token of this id.
[[nodiscard]] Result<bool> revoke_token(Connection& connection, std::string_view account,
                                        std::string_view id);

}  // namespace reprise::record
