// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

// The stored text of a resource keeps its numbers digit by digit. It omits white space and the fields that
// the record knows: type, id, version and time. They are put in front again on reading.
namespace reprise::record {

/// Returns the stored text of a resource. `json`: accepted by `fhir::parse_resource`. Errors: corrupt, if a
/// field's name is escaped (FHIR's names need none).
[[nodiscard]] Result<std::string> content_text(std::string_view json);

/// Identifies the version that a text belongs to.
struct Identity {
  std::string_view type;
  std::string_view id;
  std::int64_t version;
  std::int64_t updated_ms;  ///< since 1970-01-01T00:00:00Z
};

/// Restores the whole resource as JSON from its stored text.
[[nodiscard]] std::string whole_text(const Identity& identity, std::string_view kept);

/// Formats a time as "2026-03-14T08:30:00.250Z".
[[nodiscard]] std::string instant_text(std::int64_t ms);

}  // namespace reprise::record
