// SPDX-License-Identifier: Apache-2.0
#include "server/http/message.h"

#include <algorithm>

#include "base/text.h"

namespace reprise::server::http {
const std::string* find_field(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return same_word(field.name, name); });
  return found == fields.end() ? nullptr : &found->value;
}

}  // namespace reprise::server::http
