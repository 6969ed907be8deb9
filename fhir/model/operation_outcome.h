#pragma once

#include <span>

#include "base/result.h"
#include "fhir/model/issue.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

/// The OperationOutcome that says what is wrong; without issues, that nothing is.
[[nodiscard]] Json operation_outcome(std::span<const Issue> issues);

/// An error on the way to a resource (no such file, not JSON) as an issue.
[[nodiscard]] Issue to_issue(const Error& error);

}  // namespace reprise::fhir
