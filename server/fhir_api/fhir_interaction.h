#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/content/refusal.h"

namespace reprise::server {

/// The resource types that are kept: all that are supported, but those that only carry others or answers.
[[nodiscard]] std::vector<std::string_view> kept_types();

/// What FHIR's API is asked for (http.html of R4).
enum class FhirInteraction {
  capabilities,
  read,
  vread,
  history_instance,
  history_type,
  search,
  create,
  update,
  patch,
  remove,
  bundle,  ///< a batch or a transaction
};

/// A request by its method and address, as far as these tell.
struct RequestAddress {
  FhirInteraction interaction = FhirInteraction::read;
  std::string type;
  std::string id;
  std::int64_t version = 0;
  std::string query;  ///< behind the '?', still percent-encoded
};

/// `target`: below the API's base, "Patient/17" or "/Patient?name=…". Refuses: not_found (no such address or
/// type), method, malformed (no id).
[[nodiscard]] record::Outcome<RequestAddress> read_address(std::string_view method, std::string_view target);

/// The methods that this address is for, as the field Allow has them: "GET, HEAD".
[[nodiscard]] std::string allowed_methods(std::string_view target);

/// Whether it changes nothing.
[[nodiscard]] bool is_reading(FhirInteraction interaction);

/// As metrics, logs and the audit name it: "read", "search-type".
[[nodiscard]] std::string_view to_string(FhirInteraction interaction);

/// The version of an entity tag: 3 of `W/"3"`. Nothing where it is none of ours.
[[nodiscard]] std::optional<std::int64_t> version_of_tag(std::string_view tag);

}  // namespace reprise::server
