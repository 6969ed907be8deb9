// SPDX-License-Identifier: Apache-2.0
#include "server/mail/templates.h"

namespace reprise::server::mail {

record::Mail write_mail(std::string_view key, std::string_view tag, std::string to,
                        std::initializer_list<translations::Texts::Argument> arguments) {
  const translations::Texts texts("mail", tag);
  const std::string name{key};
  return {std::move(to), texts(name + ".subject", arguments), texts(name + ".text", arguments)};
}

}  // namespace reprise::server::mail
