// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reprise::server::mail {

/// What a mail says. Its text holds each link on a line of its own that begins with two spaces.
struct MailWords {
  std::string_view language;  ///< of BCP 47
  std::string_view site;      ///< the clinic's name
  std::string_view subject;   ///< of the form "SITE: …", or without the site
  std::string_view text;
  std::vector<std::string> labels;  ///< of the links, in their order; a link without one shows its address
};

/// Returns the same words as an HTML page for programs that show one: the first link is a button, and each
/// address can be read. It loads nothing, tells no one that it was opened, and suits dark mode.
[[nodiscard]] std::string mail_page(const MailWords& words);

}  // namespace reprise::server::mail
