#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

// What a page asks of this module and gets from it, as JSON texts: reprise.d.mts has their types. Errors:
// those of what does the work, and invalid_argument where a text is not as its type says.
namespace reprise::care {

/// Programme.
[[nodiscard]] Result<std::string> programme_text(std::span<const std::string> answers);
/// DoneSet to a transaction.
[[nodiscard]] Result<std::string> set_bundle_text(std::string_view done_set);
/// GivenAnswers to a transaction.
[[nodiscard]] Result<std::string> answers_bundle_text(std::string_view answers);
/// GivenConsent to a transaction.
[[nodiscard]] Result<std::string> consent_bundle_text(std::string_view consent);
/// SafetyQuestion to SafetyVerdict.
[[nodiscard]] Result<std::string> safety_text(std::string_view facts);

}  // namespace reprise::care
