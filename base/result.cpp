// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace reprise {

std::string to_string(const Error& error) {
  std::string text = error.stage + ": " + error.cause;
  if (!error.remedy.empty()) text += "\n  what to do: " + error.remedy;
  return text;
}

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return "invalid_argument";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::unreadable: return "unreadable";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::corrupt: return "corrupt";
    case ErrorCode::nothing_measured: return "nothing_measured";
    case ErrorCode::unwritable: return "unwritable";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::unavailable: return "unavailable";
    case ErrorCode::conflict: return "conflict";
  }
  return "unknown";
}

}  // namespace reprise
