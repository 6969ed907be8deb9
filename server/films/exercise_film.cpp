// SPDX-License-Identifier: Apache-2.0
#include "server/films/exercise_film.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "care/outcome/kept_film.h"
#include "care/outcome/kept_jpeg.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "server/reactions/stored_json.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using fhir::Json;
using Refused = std::optional<record::Refusal>;

constexpr std::string_view kFilmCode = "exercise-film";  // of fhir::kTag and fhir::kLibrary
constexpr std::string_view kContentPrefix = "Binary/";
constexpr std::string_view kPosterType = "image/jpeg";
constexpr std::array<std::string_view, 2> kFilmTypes = {"video/mp4", "video/webm"};
constexpr std::array<std::string_view, 3> kFilmSides = {"left", "right", "both"};

Refused no_film(record::RefusalKind kind, std::string reason, const char* place) {
  const auto type =
      kind == record::RefusalKind::forbidden ? fhir::IssueType::forbidden : fhir::IssueType::business_rule;
  return record::Refusal{kind, {{fhir::Severity::error, type, std::move(reason), place}}};
}

Refused invalid_film(const char* reason) {
  return no_film(record::RefusalKind::invalid, reason, "Library");
}

bool is_film_library(const Json* library) {
  return library != nullptr && fhir::has_coding(json::field(*library, "type"), fhir::kLibrary, kFilmCode);
}

std::string_view rest_after(std::string_view prefix, std::string_view text) {
  return text.substr(0, prefix.size()) == prefix ? text.substr(prefix.size()) : std::string_view{};
}

bool is_film_type(std::string_view type) {
  return std::find(kFilmTypes.begin(), kFilmTypes.end(), type) != kFilmTypes.end();
}

/// The id of the Binary that an attachment of this kind names; empty: none.
std::string_view content_id(const Json& attachment, bool of_film) {
  const std::string_view type = json::text_of(attachment, "contentType");
  if (json::field(attachment, "data") != nullptr || (of_film ? !is_film_type(type) : type != kPosterType))
    return {};
  return rest_after(kContentPrefix, json::text_of(attachment, "url"));
}

bool is_of_exercise(const Json& library, const std::string& exercise) {
  const Json& related = json::list_of(library, "relatedArtifact");
  return related.size() == 1 && json::text_of(related.front(), "type") == "depends-on" &&
         json::text_of(related.front(), "resource") == fhir::kExercisePrefix + exercise;
}

/// The value of the only extension of an element with this URL; null if there is none.
const Json* value_of(const Json& element, std::string_view url, std::string_view name) {
  const auto found = fhir::extensions(element, url);
  return found.size() == 1 ? json::field(*found.front(), name) : nullptr;
}

bool has_leave(const Json& library) {
  const Json* leave = value_of(library, fhir::kFilmLeave, "valueBoolean");
  return leave != nullptr && *leave == true;
}

bool has_length(const Json& library) {
  const Json& contents = json::list_of(library, "content");
  const Json* seconds = value_of(contents.front(), fhir::kFilmSeconds, "valueDecimal");
  return seconds != nullptr && seconds->is_number() && seconds->get<double>() > 0 &&
         seconds->get<double>() <= kMostFilmSeconds;
}

/// The shown side may be left out: the exercise has none.
bool has_known_side(const Json& library) {
  const auto found = fhir::extensions(library, fhir::kFilmSide);
  if (found.empty()) return true;
  const std::string_view side = json::text_of(*found.front(), "valueCode");
  return found.size() == 1 && std::find(kFilmSides.begin(), kFilmSides.end(), side) != kFilmSides.end();
}

record::Outcome<bool> names_content(const record::Record& record, const record::WriteTransaction& session,
                                    const std::string& id, std::string_view type) {
  const auto found = record::find_resource(session.connection, record.index_ids(), "Binary", id);
  if (!found) return record::refuse(found.error());
  const auto binary = json_in(*found);
  return binary != nullptr && is_film_content(*binary) && json::text_of(*binary, "contentType") == type;
}

record::Outcome<bool> has_exercise(const record::Record& record, const record::WriteTransaction& session,
                                   const std::string& exercise) {
  const auto found =
      find_first(record, session,
                 record::QueryBuilder("ActivityDefinition").uri("url", fhir::kExercisePrefix + exercise));
  if (!found) return tl::unexpected(found.error());
  return !found->empty();
}

record::Outcome<bool> is_only_one(const record::Record& record, const record::WriteTransaction& session,
                                  const Json& library) {
  const auto found =
      find_first(record, session, record::QueryBuilder("Library").uri("url", json::text_of(library, "url")));
  if (!found) return tl::unexpected(found.error());
  return found->size() == 1;
}

Refused guard_library(const record::Record& record, const record::WriteTransaction& session,
                      const record::ChangeResult& change) {
  const auto library = json_in(change.stored);
  if (!is_film_library(library.get())) return {};
  const auto film = exercise_film_in(*library);
  if (!film)
    return invalid_film(
        "the film of an exercise has the url and the depends-on of the exercise, the status active or "
        "retired, and two contents without data: the Binary of an MP4 or a WebM, then that of its poster, a "
        "JPEG");
  if (!has_leave(*library))
    return invalid_film(
        "the film of an exercise needs the leave of the person in it (urn:reprise:film-leave)");
  if (!has_length(*library)) return invalid_film("a film is at most 90 seconds long; cut it");
  if (!has_known_side(*library)) return invalid_film("the side that a film shows is left, right or both");
  const Json& contents = json::list_of(*library, "content");
  const std::array<const std::string*, 2> ids = {&film->film, &film->poster};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto named = names_content(record, session, *ids[i], json::text_of(contents[i], "contentType"));
    if (!named) return named.error();
    if (!*named)
      return invalid_film(
          "a film and its poster must be sent to /exercise-films before a Library names them");
  }
  const auto known = has_exercise(record, session, film->exercise);
  if (!known) return known.error();
  if (!*known) return invalid_film("the record has no exercise with the film's url");
  const auto only = is_only_one(record, session, *library);
  if (!only) return only.error();
  if (!*only) return invalid_film("the exercise has a film in another Library; change that one");
  return {};
}

Refused guard_content(const record::ChangeResult& change) {
  const auto before = json_in(change.before);
  const auto later = json_in(change.stored);
  const auto has_film_tag = [](const Json* binary) {
    return binary != nullptr && fhir::has_tag(*binary, fhir::kTag, kFilmCode);
  };
  if (has_film_tag(before.get()))
    return no_film(record::RefusalKind::forbidden,
                   "a film of an exercise cannot be replaced or deleted behind its Library; send another one",
                   "Binary");
  if (!has_film_tag(later.get())) return {};
  // An id that had another content before has it in its history.
  if (!is_film_content(*later) || change.stored->version != 1)
    return no_film(record::RefusalKind::invalid,
                   "a film of an exercise is about no patient, and a Binary of its own", "Binary");
  const auto bytes = from_base64(json::text_of(*later, "data"));
  const auto checked = check_film_content(json::text_of(*later, "contentType"), bytes.value_or(""));
  if (!checked) return no_film(record::RefusalKind::invalid, to_string(checked.error()), "Binary");
  return {};
}

}  // namespace

std::optional<ExerciseFilm> exercise_film_in(const Json& library) {
  if (!is_film_library(&library)) return {};
  ExerciseFilm film;
  film.exercise = rest_after(fhir::kExerciseFilmPrefix, json::text_of(library, "url"));
  const Json& contents = json::list_of(library, "content");
  if (film.exercise.empty() || !is_of_exercise(library, film.exercise) || contents.size() != 2) return {};
  film.film = content_id(contents[0], true);
  film.poster = content_id(contents[1], false);
  if (film.film.empty() || film.poster.empty()) return {};
  const std::string_view status = json::text_of(library, "status");
  film.is_shown = status == "active";
  if (!film.is_shown && status != "retired") return {};
  return film;
}

bool is_film_content(const Json& binary) {
  return fhir::has_tag(binary, fhir::kTag, kFilmCode) && json::field(binary, "securityContext") == nullptr;
}

Result<void> check_film_content(std::string_view media_type, std::string_view bytes) {
  if (media_type == kPosterType) return care::check_kept_jpeg(bytes);
  if (!is_film_type(media_type)) {
    return fail(ErrorCode::invalid_argument, "checking a film",
                "the media type is none of video/mp4, video/webm and image/jpeg",
                "make the film with the page, which encodes it anew");
  }
  const auto container = care::check_kept_film(bytes, kMostFilmBytes);
  if (!container) return tl::unexpected(container.error());
  if (care::media_type_of(*container) == media_type) return {};
  return fail(ErrorCode::invalid_argument, "checking a film",
              "its bytes are of another kind than its media type", "send it with the media type that it has");
}

Json film_binary(std::string_view media_type, std::string_view bytes) {
  return {{"resourceType", "Binary"},
          {"meta", {{"tag", {{{"system", fhir::kTag}, {"code", kFilmCode}}}}}},
          {"contentType", media_type},
          {"data", to_base64(bytes)}};
}

std::optional<record::Refusal> guard_exercise_films(record::Record& record,
                                                    const record::WriteTransaction& session,
                                                    std::span<const record::ChangeResult> changes) {
  for (const record::ChangeResult& change : changes) {
    if (!change.stored || change.found) continue;
    Refused refusal;
    if (change.stored->type == "Binary") refusal = guard_content(change);
    if (change.stored->type == "Library") refusal = guard_library(record, session, change);
    if (refusal) return refusal;
  }
  return {};
}

}  // namespace reprise::server
