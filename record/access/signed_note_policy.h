#pragma once

#include <optional>
#include <string_view>

#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::record {

/// Why whoever asks may not make `after` of a Composition that is `before`; nothing: it is allowed. Null: it
/// is not there yet, or to be deleted. A signed note stays as it was signed, whoever asks: all that may still
/// become of it is the status `entered-in-error`, by who wrote or signed it. Clinicians write and sign in
/// their own name.
[[nodiscard]] std::optional<std::string_view> refuse_signed_note_change(const Principal& asker,
                                                                        const fhir::Json* before,
                                                                        const fhir::Json* after);

}  // namespace reprise::record
