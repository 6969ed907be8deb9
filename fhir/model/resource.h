#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

struct ParseOptions {
  std::size_t max_bytes = 16U * 1024 * 1024;
  std::size_t max_depth = 100;  ///< groups and lists inside each other
  std::size_t max_fields =
      256;  ///< of one group; R4's largest has fewer than 128, twice with their extensions
};

/// Parses the JSON text of one resource (UTF-8) without a look at what it means: `validate` does that.
/// Errors: unsupported (larger than `max_bytes`), corrupt with the place: text that is not JSON, that is not
/// UTF-8, or that goes on after the resource; a number beyond all size; groups deeper or larger than the
/// limits; a field that stands twice in one group, of which a plain parser would keep one and lose the other.
[[nodiscard]] Result<Json> parse_resource(std::string_view text, const ParseOptions& options = {});

}  // namespace reprise::fhir
