// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// A text for patients (catalog/education) as the Library that a record keeps (docs/reference/programme.md).
/// Errors: invalid_argument, where a part is missing in a language, or something stands there that has no
/// meaning.
[[nodiscard]] Result<fhir::Json> education_library(const exercises::CatalogFile& file);

}  // namespace reprise::care
