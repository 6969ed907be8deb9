// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/content/refusal.h"

namespace reprise::server {

/// Returns the stored resource types: all supported ones, except those that only carry others or responses.
[[nodiscard]] std::vector<std::string_view> kept_types();

/// The interactions of FHIR's API (http.html of R4).
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

/// An interaction, parsed from method and URL.
struct RequestAddress {
  FhirInteraction interaction = FhirInteraction::read;
  std::string type;
  std::string id;
  std::int64_t version = 0;
  std::string query;  ///< after the '?', percent-encoded
};

/// Parses method and URL. `target`: below the API's base, "Patient/17" or "/Patient?name=…". Refuses:
/// not_found (no such address or type), method, malformed (no id).
[[nodiscard]] record::Outcome<RequestAddress> read_address(std::string_view method, std::string_view target);

/// Returns the methods that this address supports, as in the field Allow: "GET, HEAD".
[[nodiscard]] std::string allowed_methods(std::string_view target);

/// Returns whether the interaction is read-only.
[[nodiscard]] bool is_reading(FhirInteraction interaction);

/// Returns the name for metrics, logs and the audit: "read", "search-type".
[[nodiscard]] std::string_view to_string(FhirInteraction interaction);

/// Returns the version of an entity tag: 3 of `W/"3"`; nullopt if it is not one of ours.
[[nodiscard]] std::optional<std::int64_t> version_of_tag(std::string_view tag);

}  // namespace reprise::server
