#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

// A resource's text is kept as it was written, numbers digit by digit, without the blanks between and without
// what the record says itself: type, id, version and time. These are put in front again when it is read.
namespace reprise::record {

/// What the record keeps of a resource's JSON text. `json`: a text that `fhir::parse_resource` accepts, of
/// one group. Errors: corrupt, where a field's name is written with escapes (FHIR's names need none).
[[nodiscard]] Result<std::string> kept_text(std::string_view json);

/// Whose text it is.
struct Identity {
  std::string_view type;
  std::string_view id;
  std::int64_t version;
  std::int64_t updated_ms;  ///< since 1970-01-01T00:00:00Z
};

/// The whole resource as JSON, from its kept text.
[[nodiscard]] std::string whole_text(const Identity& identity, std::string_view kept);

/// "2026-03-14T08:30:00.250Z".
[[nodiscard]] std::string instant_text(std::int64_t ms);

}  // namespace reprise::record
