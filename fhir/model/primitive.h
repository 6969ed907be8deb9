// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "fhir/model/definition_tables.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

/// Whether a JSON value is written as R4 wants this primitive type (datatypes.html#primitive); a narrative's
/// text (`Kind::xhtml`) has its own check, fhir/validation/narrative.h.
[[nodiscard]] bool is_written_as(Kind kind, const Json& value);

/// What must hold, for a message: "must be true or false".
[[nodiscard]] std::string_view rule_of(Kind kind);

/// 1 to 64 letters, digits, '-' and '.'.
[[nodiscard]] bool is_id(std::string_view text);

}  // namespace reprise::fhir
