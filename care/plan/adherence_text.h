// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::care {

/// What a page shows of adherence, as JSON: `Adherence` in reprise.d.mts has its type. `answers`: of the
/// record, with all versions of CarePlans and ServiceRequests; `options`: `patient`, `from` (a day), `now` (a
/// time with its zone), `sets` (`day`, `exercise`). Errors: those of fhir::parse_resource, and
/// invalid_argument.
[[nodiscard]] Result<std::string> adherence_text(std::span<const std::string> answers,
                                                 std::string_view options);

}  // namespace reprise::care
