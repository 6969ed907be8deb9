// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::record {

/// Checks a change of a Composition. Returns the reason for refusal; nullopt if it is allowed. `before` is
/// null on create, `after` on delete. A signed note is immutable; its author or signer may only set the
/// status `entered-in-error`. Clinicians write and sign in their own name.
[[nodiscard]] std::optional<std::string_view> refuse_signed_note_change(const Principal& principal,
                                                                        const fhir::Json* before,
                                                                        const fhir::Json* after);

}  // namespace reprise::record
