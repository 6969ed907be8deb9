// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// Returns the canonical by which a ServiceRequest names the exercise: "urn:reprise:exercise:squat|3".
[[nodiscard]] std::string canonical_of(const exercises::CatalogExercise& exercise);

/// Names an exercise's text as its file in the catalog; the name follows from the id.
[[nodiscard]] exercises::CatalogFile as_file(std::string json);

/// Wraps a catalog file into the ActivityDefinition that a record keeps (docs/reference/programme.md), byte
/// for byte. Errors: corrupt if it is no exercise.
[[nodiscard]] Result<fhir::Json> activity_definition(const exercises::CatalogFile& file);

struct DefinedExercise {
  exercises::CatalogExercise exercise;
  std::string json;  ///< the file
};

/// Parses the exercise of such an ActivityDefinition. Errors: corrupt (no file, not an exercise, or an id or
/// version that differs from the resource's).
[[nodiscard]] Result<DefinedExercise> read_activity_definition(const fhir::Json& definition);

}  // namespace reprise::care
