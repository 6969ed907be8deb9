// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "record/search/query.h"

namespace reprise::record {

struct ValueOptions {
  std::int64_t now_ms = 0;     ///< what "about" a time is measured from
  std::string_view base;       ///< the address of this server, without a slash at the end; empty: not known
  std::string_view only_type;  ///< that a reference may lead to; empty: several
};

/// What must be said of a value that is wrong, as what follows the parameter's name: "must be a date".
using ValueProblem = std::string;

/// Reads one value of a search, with its escapes. Not for `missing`, nor for composite parameters as a whole.
[[nodiscard]] tl::expected<SimpleValue, ValueProblem> parse_search_value(fhir::SearchKind kind,
                                                                         Modifier modifier,
                                                                         std::string_view text,
                                                                         const ValueOptions& options);

}  // namespace reprise::record
