// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <string>
#include <string_view>

namespace reprise::server {

/// Returns a token (`system|code`) as a query string encodes it.
inline std::string search_token(std::string_view system, std::string_view code) {
  return std::string{system} + "%7C" + std::string{code};
}

}  // namespace reprise::server
