// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

struct ValidateOptions {
  std::size_t max_issues = 100;  ///< then the check stops and says so
};

/// Returns every problem of a resource against the definitions of R4 (4.0.1), in the order of its fields;
/// empty if it is valid. docs/reference/fhir.md lists the checks and their limits. `resource`: from
/// `parse_resource`, so that its depth is limited.
[[nodiscard]] std::vector<Issue> validate(const Json& resource, const ValidateOptions& options = {});

}  // namespace reprise::fhir
