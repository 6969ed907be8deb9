#pragma once

#include <optional>
#include <string_view>

#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::record {

/// Why whoever asks may not make `after` of a resource that is `before`, because it says something in
/// somebody else's name; nothing: it is allowed. Null: it is not there yet, or is to be deleted. The rules
/// are in docs/access.md ("In whose name"). Programs are believed: they bring what others wrote; but they
/// write no Flag in the name of the server's own rules.
[[nodiscard]] std::optional<std::string_view> why_not_own_words(const Principal& asker,
                                                                const fhir::Json* before,
                                                                const fhir::Json* after);

}  // namespace reprise::record
