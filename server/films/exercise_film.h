// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/model/json.h"
#include "server/reactions/reaction.h"

// A clinic's own film of an exercise: a Library that names the film and its poster, each a Binary with the
// tag `exercise-film` (docs/reference/programme.md, "A clinic's own film").
namespace reprise::server {

/// As base64 it fits into a resource (fhir::ParseOptions).
inline constexpr std::size_t kMostFilmBytes = 12'000'000;
inline constexpr double kMostFilmSeconds = 90;  // unsourced default

/// What a Library says of a film.
struct ExerciseFilm {
  std::string exercise;   ///< id in the catalog
  std::string film;       ///< id of its Binary
  std::string poster;     ///< id of its Binary
  bool is_shown = false;  ///< to patients; false: it was removed, and can be put back
};

/// Returns the film; nullopt: the Library is no film, or not in its form.
[[nodiscard]] std::optional<ExerciseFilm> exercise_film_in(const fhir::Json& library);

/// Returns whether a Binary is a film or a poster that every user may see: by its tag, and about no patient.
[[nodiscard]] bool is_film_content(const fhir::Json& binary);

/// Checks the bytes of a film (MP4, WebM) or its poster (JPEG): the size, and that no place and no other data
/// of the camera is in them. Errors: invalid_argument.
[[nodiscard]] Result<void> check_film_content(std::string_view media_type, std::string_view bytes);

/// Returns the Binary of a film or a poster.
[[nodiscard]] fhir::Json film_binary(std::string_view media_type, std::string_view bytes);

/// Guards the films. A Reaction:
/// - refuses a film's Library that is not in its form, names another content than Binaries of a film, a film
///   without the leave of the person in it, or an exercise that the record does not have or whose film is in
///   another Library;
/// - refuses a Binary of a film that is about a patient or fails `check_film_content`, another version of one
///   and its deletion: browsers keep it as unchangeable.
[[nodiscard]] std::optional<record::Refusal> guard_exercise_films(
    record::Record& record, const record::WriteTransaction& session,
    std::span<const record::ChangeResult> changes);

}  // namespace reprise::server
