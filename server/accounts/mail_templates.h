// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/accounts/account.h"
#include "record/accounts/secret.h"
#include "record/outbox/outbox.h"
#include "server/app_api/app_context.h"
#include "server/app_api/app_request.h"

// Mail templates. E-mail is not confidential, so it holds no content of the record.
namespace reprise::server {

/// Returns the language of the page that sent a request, for its mail: a tag of BCP 47; empty if it names
/// none, or a further language that the clinic does not permit.
[[nodiscard]] std::string page_language(Fields& fields, const AppContext& context);

[[nodiscard]] record::Mail invitation_mail(const std::string& site, const record::Account& account,
                                           const std::string& link);

/// Tells the previous address that the account has another one.
[[nodiscard]] record::Mail address_changed_mail(const std::string& site, const std::string& old_mail,
                                                const std::string& origin);

/// Tells the owner that a link to a new password was issued, which went elsewhere.
[[nodiscard]] record::Mail reset_mail(const std::string& site, const std::string& to,
                                      const std::string& origin);

/// Returns the address of a mailed link to a new password.
[[nodiscard]] std::string password_reset_link(const std::string& origin, const record::Secret& secret);

/// `language`: of the page on which the link was requested, a tag of BCP 47; English if empty or not known.
[[nodiscard]] record::Mail password_reset_mail(const std::string& site, const record::Account& account,
                                               const std::string& link, const std::string& language);

/// Tells the owner that a new password was chosen by a mailed link.
[[nodiscard]] record::Mail password_changed_mail(const std::string& site, const record::Account& account,
                                                 const std::string& origin, const std::string& language);

/// Tells the owner that a passkey was added or removed.
[[nodiscard]] record::Mail passkeys_changed_mail(const std::string& site, const record::Account& account,
                                                 const std::string& origin, const std::string& language);

/// Writes to owners, administrators and care teams that an account manager made a change that can open
/// records. The details are shown after sign-in.
[[nodiscard]] record::Mail oversight_mail(const std::string& site, const std::string& to,
                                          const std::string& origin);

/// Writes that a clinician started an emergency access. Clinician and patient are shown after sign-in.
[[nodiscard]] record::Mail emergency_mail(const std::string& site, const std::string& to, bool to_patient,
                                          const std::string& origin);

}  // namespace reprise::server
