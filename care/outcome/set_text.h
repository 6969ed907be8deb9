// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "session/document.h"

// JSON texts for and from a page; reprise.d.mts has their types. Errors: those of reading the record, and
// invalid_argument if a text is not as its type says.
namespace reprise::care {

/// Builds the transaction of a set that the patient counted: a HandCountedSet.
[[nodiscard]] Result<std::string> set_bundle_text(std::string_view done_set);

/// Builds the transaction of a set that the camera counted: a CoachedSet, and what the engine knows itself.
[[nodiscard]] Result<std::string> set_bundle_text(std::string_view done_set,
                                                  exercises::CatalogExercise exercise,
                                                  session::SessionDocument document);

}  // namespace reprise::care
