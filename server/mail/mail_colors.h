// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reprise::server::mail {

/// Colors of a mail's page, those of the design (web/design/tokens.css): built in, because programs that read
/// mails know no custom properties.
struct MailColors {
  std::string_view ground, card, rule, text, quiet, accent, action, on_action;
};

[[nodiscard]] const MailColors& light_colors();
[[nodiscard]] const MailColors& dark_colors();

}  // namespace reprise::server::mail
