// SPDX-License-Identifier: Apache-2.0
#include "server/http/request_kind.h"

#include <algorithm>

namespace reprise::server::http {

std::string_view to_string(RequestKind kind) {
  switch (kind) {
    case RequestKind::read: return "read";
    case RequestKind::vread: return "vread";
    case RequestKind::create: return "create";
    case RequestKind::update: return "update";
    case RequestKind::patch: return "patch";
    case RequestKind::remove: return "delete";
    case RequestKind::search: return "search";
    case RequestKind::history: return "history";
    case RequestKind::batch: return "batch";
    case RequestKind::transaction: return "transaction";
    case RequestKind::capabilities: return "capabilities";
    case RequestKind::sign_in: return "sign-in";
    case RequestKind::visit: return "visit";
    case RequestKind::film: return "film";
    case RequestKind::page: return "page";
    case RequestKind::operation: return "operation";
    case RequestKind::other: return "other";
  }
  return "other";
}

std::string_view known_method(std::string_view method) {
  constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                        "PATCH", "DELETE", "OPTIONS"};
  const auto* found = std::find(kMethods.begin(), kMethods.end(), method);
  return found == kMethods.end() ? "other" : *found;
}

}  // namespace reprise::server::http
