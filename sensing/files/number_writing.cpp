// SPDX-License-Identifier: Apache-2.0
#include <cassert>
#include <charconv>
#include <cmath>

#include "sensing/files/number_text.h"

namespace reprise::sensing {

void append_number(std::string& out, double value) {
  assert(std::isfinite(value));
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  out.append(buffer, result.ptr);
}

void append_fixed(std::string& out, double value, int decimals) {
  assert(std::isfinite(value) && decimals >= 0 && decimals <= 12);
  char buffer[340];  // the largest double has 309 digits before the point
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
  std::string_view text{buffer, static_cast<std::size_t>(result.ptr - buffer)};
  if (text.front() == '-' && text.find_first_not_of("-0.") == std::string_view::npos) text.remove_prefix(1);
  out.append(text);
}

}  // namespace reprise::sensing
