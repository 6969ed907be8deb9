// SPDX-License-Identifier: Apache-2.0
#include "server/mail/templates.h"

#include <algorithm>

#include "server/mail/mail_page.h"

namespace reprise::server::mail {
namespace {

std::string site_in(std::initializer_list<translations::Texts::Argument> arguments) {
  const auto* found =
      std::find_if(arguments.begin(), arguments.end(), [](const auto& each) { return each.first == "site"; });
  return found == arguments.end() ? std::string{} : found->second;
}

}  // namespace

record::Mail write_mail(std::string_view key, std::string_view tag, std::string to,
                        std::initializer_list<translations::Texts::Argument> arguments) {
  const translations::Texts texts("mail", tag);
  const std::string name{key};
  record::Mail mail{std::move(to), texts(name + ".subject", arguments), texts(name + ".text", arguments)};
  std::vector<std::string> labels{texts(name + ".button")};
  // Mails of reminders have a second link.
  if (mail.text.find("\n  http") != mail.text.rfind("\n  http")) labels.push_back(texts(name + ".further"));
  const std::string site = site_in(arguments);
  mail.html = mail_page({.language = texts.language(),
                         .site = site,
                         .subject = mail.subject,
                         .text = mail.text,
                         .labels = std::move(labels)});
  return mail;
}

}  // namespace reprise::server::mail
