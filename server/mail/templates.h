// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/outbox/outbox.h"
#include "translations/texts.h"

namespace reprise::server::mail {

/// Writes the mail `key` of translations/LANGUAGE/mail.json, as text and as a page. E-mail is not
/// confidential, so none of them holds content of the record. `tag`: the reader's language, of BCP 47; empty
/// if not known, for English.
[[nodiscard]] record::Mail write_mail(std::string_view key, std::string_view tag, std::string to,
                                      std::initializer_list<translations::Texts::Argument> arguments);

}  // namespace reprise::server::mail
