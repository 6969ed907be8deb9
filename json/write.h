// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "json/fields.h"

// Writes values for a page.
namespace reprise::json {

/// Null if the text is empty.
[[nodiscard]] inline Json or_null(const std::string& text) {
  return text.empty() ? Json{} : Json(text);
}

template <class Number>
[[nodiscard]] Json or_null(const std::optional<Number>& number) {
  return number ? Json(*number) : Json{};
}

/// On one line; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] inline std::string write(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace reprise::json
