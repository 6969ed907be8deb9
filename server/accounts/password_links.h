// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/accounts/account.h"
#include "server/app_api/app_context.h"

// Links by which a user chooses a password: invitations, and those for a forgotten password.
namespace reprise::server {

struct LinkedAccount {
  record::Account account;
  std::int64_t ends_us = 0;  ///< of the link
};

/// A password that was chosen by a link.
struct ChosenPassword {
  std::string link_hash;  ///< of the link's secret
  std::string hash;       ///< of the password
  bool replaces = false;  ///< whether the account had a password
  std::string language;   ///< of the page, a tag of BCP 47; may be empty
};

struct PasswordLinkKind {
  /// Finds the account of a link by the hash of its secret; nullopt: not valid.
  Result<std::optional<LinkedAccount>> (*find)(record::Connection& connection, std::string_view hash,
                                               std::int64_t now_us);
  /// Redeems the link, stores the password and answers.
  record::Outcome<http::Response> (*redeem)(AppContext& context, const AppRequest& request,
                                            const record::WriteTransaction& session,
                                            const ChosenPassword& chosen);
  const char* reason;   ///< in the audit log, of a link that is not valid
  const char* refusal;  ///< the sentence for developers
};

/// Answers that a link is not valid, and logs it.
[[nodiscard]] http::Response refuse_link(AppContext& context, const AppRequest& request,
                                         const PasswordLinkKind& kind);

/// Answers with the account of the secret in the body.
void show_link(AppContext& context, const SharedRequest& request, record::Connection& connection,
               const http::Respond& respond, const PasswordLinkKind& kind);

/// Stores the password in the body for the account of the secret in the body.
void accept_link(AppContext& context, const SharedRequest& request, record::Connection& connection,
                 const http::Respond& respond, const PasswordLinkKind& kind);

}  // namespace reprise::server
