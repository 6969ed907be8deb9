// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

// JSON texts for and from a page; reprise.d.mts has their types. Errors: those of reading the record, and
// invalid_argument if a text is not as its type says.
namespace reprise::care {

/// CompletedSet to a transaction.
[[nodiscard]] Result<std::string> set_bundle_text(std::string_view done_set);

}  // namespace reprise::care
