// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/mail_templates.h"

#include "server/mail/templates.h"

namespace reprise::server {
namespace {

// Shows owners the events of their accounts, and administrators the changes.
std::string account_page(const std::string& origin) {
  return origin + "/account";
}

}  // namespace

std::string page_language(Fields& fields, const AppContext& context) {
  return translations::permitted_tag(fields.text_or_empty("language"), context.options.extra_languages);
}

record::Mail invitation_mail(const std::string& site, const record::Account& account,
                             const std::string& link) {
  return mail::write_mail("invitation", {}, account.mail,
                          {{"site", site}, {"name", account.name}, {"link", link}});
}

record::Mail address_changed_mail(const std::string& site, const std::string& old_mail,
                                  const std::string& origin) {
  return mail::write_mail("address_changed", {}, old_mail, {{"site", site}, {"link", account_page(origin)}});
}

record::Mail reset_mail(const std::string& site, const std::string& to, const std::string& origin) {
  return mail::write_mail("reset", {}, to, {{"site", site}, {"link", account_page(origin)}});
}

std::string password_reset_link(const std::string& origin, const record::Secret& secret) {
  return origin + "/new-password#" + secret.text;
}

record::Mail password_reset_mail(const std::string& site, const record::Account& account,
                                 const std::string& link, const std::string& language) {
  return mail::write_mail("password_reset", language, account.mail, {{"site", site}, {"link", link}});
}

record::Mail password_changed_mail(const std::string& site, const record::Account& account,
                                   const std::string& origin, const std::string& language) {
  return mail::write_mail("password_changed", language, account.mail,
                          {{"site", site}, {"link", account_page(origin)}});
}

record::Mail passkeys_changed_mail(const std::string& site, const record::Account& account,
                                   const std::string& origin, const std::string& language) {
  return mail::write_mail("passkeys_changed", language, account.mail,
                          {{"site", site}, {"link", account_page(origin)}});
}

record::Mail oversight_mail(const std::string& site, const std::string& to, const std::string& origin) {
  return mail::write_mail("oversight", {}, to, {{"site", site}, {"link", account_page(origin)}});
}

record::Mail emergency_mail(const std::string& site, const std::string& to, bool to_patient,
                            const std::string& origin) {
  return mail::write_mail(to_patient ? "emergency_patient" : "emergency", {}, to,
                          {{"site", site}, {"link", account_page(origin)}});
}

}  // namespace reprise::server
