// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/model/json.h"

// JSON that is changed and written again without a change of its decimals: 1.50 stays 1.50, which a double
// would make 1.5.
namespace reprise::fhir {

/// Reads a text that `parse_resource` accepts, or a JSON Patch. Decimals become texts that only
/// `write_exactly` understands. Errors: corrupt.
[[nodiscard]] Result<Json> parse_lossless(std::string_view text);

/// `indent`: blanks for each step inwards; -1: all on one line.
[[nodiscard]] std::string write_exactly(const Json& json, int indent = -1);

}  // namespace reprise::fhir
