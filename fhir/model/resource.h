// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

struct ParseOptions {
  std::size_t max_bytes = 16U * 1024 * 1024;
  std::size_t max_depth = 100;  ///< nesting of groups and lists
  std::size_t max_fields =
      256;  ///< of one group; R4's largest has fewer than 128, twice with their extensions
};

/// Parses the JSON text of one resource (UTF-8) without checking its meaning, which `validate` does. Errors:
/// unsupported (larger than `max_bytes`); corrupt, with the place: not JSON, not UTF-8, text after the
/// resource, a number out of range, groups deeper or larger than the limits, or a duplicate field, which a
/// plain parser would lose.
[[nodiscard]] Result<Json> parse_resource(std::string_view text, const ParseOptions& options = {});

}  // namespace reprise::fhir
