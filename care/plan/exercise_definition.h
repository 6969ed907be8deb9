#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// "urn:reprise:exercise:squat|3", as a ServiceRequest names what is to be done.
[[nodiscard]] std::string canonical_of(const CatalogExercise& exercise);

/// An exercise's text under the name that its file has in the catalog, which follows from its id.
[[nodiscard]] CatalogFile as_file(std::string json);

/// A catalog file as the ActivityDefinition that a record keeps (docs/programme.md); the file itself is in
/// it, byte for byte. Errors: corrupt, where it is no exercise.
[[nodiscard]] Result<fhir::Json> activity_definition(const CatalogFile& file);

struct DefinedExercise {
  CatalogExercise exercise;
  std::string json;  ///< the file
};

/// The exercise of such an ActivityDefinition. Errors: corrupt (no file in it, one that is no exercise, or
/// one of another id or version than the resource says).
[[nodiscard]] Result<DefinedExercise> read_activity_definition(const fhir::Json& definition);

}  // namespace reprise::care
