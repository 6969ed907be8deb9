#include "server/interaction.h"

#include <algorithm>

namespace reprise::server {

std::string_view to_string(Interaction interaction) {
  switch (interaction) {
    case Interaction::read: return "read";
    case Interaction::vread: return "vread";
    case Interaction::create: return "create";
    case Interaction::update: return "update";
    case Interaction::patch: return "patch";
    case Interaction::remove: return "delete";
    case Interaction::search: return "search";
    case Interaction::history: return "history";
    case Interaction::batch: return "batch";
    case Interaction::transaction: return "transaction";
    case Interaction::capabilities: return "capabilities";
    case Interaction::sign_in: return "sign-in";
    case Interaction::visit: return "visit";
    case Interaction::page: return "page";
    case Interaction::operation: return "operation";
    case Interaction::other: return "other";
  }
  return "other";
}

std::string_view known_method(std::string_view method) {
  constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                        "PATCH", "DELETE", "OPTIONS"};
  const auto* found = std::find(kMethods.begin(), kMethods.end(), method);
  return found == kMethods.end() ? "other" : *found;
}

}  // namespace reprise::server
