#pragma once

#include <cstddef>
#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

struct ValidateOptions {
  std::size_t max_issues = 100;  ///< then the check stops and says so
};

/// Everything that is wrong with a resource by the definitions of R4 (4.0.1), in the order of its fields;
/// empty where it is valid. docs/fhir.md lists what is checked and what is not.
/// `resource`: from `parse_resource`, so that its depth has a limit.
[[nodiscard]] std::vector<Issue> validate(const Json& resource, const ValidateOptions& options = {});

}  // namespace reprise::fhir
