// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

// JSON texts for and from a page; reprise.d.mts has their types. Errors: those of reading the record, and
// invalid_argument if a text is not as its type says.
namespace reprise::care {

/// GivenAnswers to a transaction.
[[nodiscard]] Result<std::string> answers_bundle_text(std::string_view answers);
/// SafetyQuestion to SafetyVerdict.
[[nodiscard]] Result<std::string> safety_text(std::string_view facts);

}  // namespace reprise::care
