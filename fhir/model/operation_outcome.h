// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "fhir/model/issue.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

/// Builds the OperationOutcome of the issues; without issues it reports success.
[[nodiscard]] Json operation_outcome(std::span<const Issue> issues);

/// Converts an error before parsing (no such file, not JSON) to an issue.
[[nodiscard]] Issue to_issue(const Error& error);

}  // namespace reprise::fhir
