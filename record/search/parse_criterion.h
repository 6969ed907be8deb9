// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "record/search/parse_query.h"
#include "record/search/query.h"

namespace reprise::record {

struct CriterionProblem {
  bool is_unknown = false;  ///< a parameter or modifier that is not known or not supported, not a wrong value
  std::string what;         ///< what follows the parameter's name in a message
};

/// Reads one criterion for resources of a type: "name:exact" with "Müller,Mueller".
[[nodiscard]] tl::expected<Criterion, CriterionProblem> parse_criterion(const std::string& type,
                                                                        std::string_view name,
                                                                        std::string_view value,
                                                                        const QueryOptions& options);

/// A name for a message, if it looks like one that FHIR would give; anything else may be about a patient.
[[nodiscard]] std::string shown_name(std::string_view name);

}  // namespace reprise::record
