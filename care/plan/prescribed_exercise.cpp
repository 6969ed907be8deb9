// SPDX-License-Identifier: Apache-2.0
#include "care/plan/prescribed_exercise.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "care/plan/exercise_definition.h"
#include "care/plan/prescribed_dose.h"
#include "engine/exercise/signal_value.h"
#include "exercises/prescription.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

std::optional<int> version_number(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional{number}
                                                                         : std::nullopt;
}

// The definition that a canonical names; without a version the newest that is active.
tl::expected<const Json*, fhir::Why> find_definition(std::string_view canonical,
                                                     const fhir::AnswerIndex& record) {
  const auto bar = canonical.find('|');
  const std::string_view url = canonical.substr(0, bar);
  const std::string_view version =
      bar == std::string_view::npos ? std::string_view{} : canonical.substr(bar + 1);
  const Json* found = nullptr;
  int newest = 0;
  for (const Json* one : record.all("ActivityDefinition")) {
    if (json::text_of(*one, "url") != url) continue;
    const bool active = json::text_of(*one, "status") == "active";
    if (!version.empty() && json::text_of(*one, "version") == version) {
      if (!active) return tl::unexpected(fhir::Why{"its exercise is not active in the record"});
      return one;
    }
    const auto number = version_number(json::text_of(*one, "version"));
    if (!version.empty() || !active || !number || *number <= newest) continue;
    newest = *number;
    found = one;
  }
  if (found == nullptr) return tl::unexpected(fhir::Why{"its exercise is not in the record"});
  return found;
}

fhir::Why read_side(const Json& request, PrescribedExercise& prescribed) {
  const auto named = sides_named(request);
  const exercises::Sides& sides = prescribed.exercise.sides;
  if (!prescribed.exercise.definition.sided) {
    return named ? "it names a side, and the exercise has none" : fhir::Why{};
  }
  if (!named) return "it names no side (bodySite), and the exercise is done by one";
  if (*named == AffectedSide::both)
    return sides.both ? fhir::Why{} : "it names both sides, and the exercise is done by one";
  const bool left = *named == AffectedSide::left;
  if (left ? !sides.left : !sides.right) return "the exercise is not done on the side that it names";
  prescribed.side = left ? engine::Side::left : engine::Side::right;
  return {};
}

// A value of the exercise's primary measure, named and with its unit.
tl::expected<std::optional<double>, fhir::Why> read_range(const Json& request, const char* url,
                                                          const engine::ExerciseDefinition& definition) {
  const auto parts = fhir::parts_of(request, url, {"measure", "value"});
  if (!parts) return tl::unexpected(parts.error());
  if (!*parts) return std::optional<double>{};
  const engine::Measure measure = definition.primary.measure;
  const Json* named = (*parts)->find("measure");
  if (named == nullptr || json::text_of(*named, "valueCode") != engine::info(measure).name) {
    return tl::unexpected(fhir::Why{url} + " is for another measure than " +
                          std::string{engine::info(measure).name} + ", which the exercise counts");
  }
  const auto number = fhir::measured_in(**parts, "value", measure);
  if (!number) {
    return tl::unexpected(fhir::Why{url} + " has no number in the unit \"" +
                          (engine::is_angle(measure) ? "deg" : "1") + "\"");
  }
  return number;
}

fhir::Why read_ranges(const Json& request, const Restrictions& restrictions, PrescribedExercise& prescribed) {
  const engine::ExerciseDefinition& definition = prescribed.exercise.definition;
  const auto ceiling = read_range(request, fhir::kMaxRange, definition);
  if (!ceiling) return ceiling.error();
  const auto target = read_range(request, fhir::kTarget, definition);
  if (!target) return target.error();
  prescribed.target = *target;
  if (const auto options = exercises::coach_options(definition, {prescribed.side, *ceiling}); !options) {
    return std::string{fhir::kMaxRange} + " lies at or before the exercise's rest position";
  }
  const auto limited = limit_within(restrictions, definition, prescribed.side, *ceiling);
  if (!limited) return limited.error();
  prescribed.ceiling = *limited;
  const auto progress_of = [&](double value) {
    return engine::progress(definition, engine::from_degrees(definition.primary.measure, value));
  };
  if (!*target) return {};
  if (progress_of(**target) <= 0) return std::string{fhir::kTarget} + " lies at or before the rest position";
  const bool past_own =
      definition.ceiling && progress_of(**target) > engine::progress(definition, *definition.ceiling);
  const auto& bound = prescribed.ceiling;
  if (past_own || (bound && progress_of(**target) > progress_of(*bound))) {
    return std::string{fhir::kTarget} + " lies past the ceiling";
  }
  return {};
}

fhir::Why take_muscle(const Json& request, PrescribedExercise& prescribed) {
  const auto target = read_muscle_target(request);
  if (!target) return target.error();
  if (*target && (prescribed.ceiling || prescribed.exercise.definition.ceiling))
    return std::string{fhir::kMuscleTarget} +
           " stands beside a ceiling, which a muscle's sensor cannot watch";
  prescribed.muscle = *target;
  return {};
}

// A truth of an extension; `value` stays where there is none.
bool take_truth(const Json& request, const char* url, bool& value) {
  const auto found = fhir::extensions(request, url);
  if (found.empty()) return true;
  const auto given = json::truth_of(*found.front(), "valueBoolean");
  if (given) value = *given;
  return given && found.size() == 1;
}

fhir::Why read_circumstances(const Json& request, PrescribedExercise& prescribed) {
  if (!take_truth(request, fhir::kCamera, prescribed.camera))
    return std::string{fhir::kCamera} + " cannot be read";
  const auto parts = fhir::parts_of(request, fhir::kSupport, {"helper", "note"});
  if (!parts) return parts.error();
  if (*parts) {
    if (const Json* helper = (*parts)->find("helper")) {
      const auto given = json::truth_of(*helper, "valueBoolean");
      if (!given) return std::string{fhir::kSupport} + " does not say whether a helper is needed";
      prescribed.helper = *given;
    }
    if (const Json* note = (*parts)->find("note")) {
      prescribed.support_note = json::text_of(*note, "valueString");
    }
  }
  prescribed.instruction = json::text_of(request, "patientInstruction");
  return {};
}

// The catalog's extensions of ours that this reader knows; another one of ours is newer than it.
fhir::Why read_unknown(const Json& request) {
  constexpr std::array<std::string_view, 7> kKnown = {fhir::kDosage,       fhir::kMaxRange, fhir::kTarget,
                                                      fhir::kMuscleTarget, fhir::kCamera,   fhir::kSupport,
                                                      fhir::kAnswerBy};
  if (json::field(request, "modifierExtension") != nullptr)
    return "it has a modifierExtension, which is not understood";
  if (json::truth_of(request, "doNotPerform").value_or(false))
    return "it is marked as not to be done (doNotPerform)";
  for (const Json& extension : json::list_of(request, "extension")) {
    const std::string_view url = json::text_of(extension, "url");
    const bool ours = url.rfind("urn:reprise:", 0) == 0;
    if (ours && std::find(kKnown.begin(), kKnown.end(), url) == kKnown.end()) {
      return "it has an extension of Reprise that is not understood";
    }
  }
  return {};
}

tl::expected<std::string, fhir::Why> canonical_in(const Json& request) {
  std::string found;
  for (const Json& canonical : json::list_of(request, "instantiatesCanonical")) {
    if (!canonical.is_string()) continue;
    const auto& text = canonical.get_ref<const std::string&>();
    if (text.rfind(fhir::kExercisePrefix, 0) != 0) continue;
    if (!found.empty()) return tl::unexpected(fhir::Why{"it names several exercises"});
    found = text;
  }
  return found;
}

}  // namespace

std::string exercise_canonical(const Json& request) {
  for (const Json& canonical : json::list_of(request, "instantiatesCanonical")) {
    if (canonical.is_string() && canonical.get_ref<const std::string&>().rfind(fhir::kExercisePrefix, 0) == 0)
      return canonical.get<std::string>();
  }
  return {};
}

std::string exercise_id(const Json& request) {
  const std::string canonical = exercise_canonical(request);
  if (canonical.empty()) return {};
  const std::string id = canonical.substr(std::string_view{fhir::kExercisePrefix}.size());
  return id.substr(0, id.find('|'));
}

bool is_assessment(const Json& request) {
  const Json& categories = json::list_of(request, "category");
  return std::any_of(categories.begin(), categories.end(), [](const Json& category) {
    return fhir::has_coding(&category, fhir::kOrder, "assessment");
  });
}

tl::expected<PrescribedExercise, std::string> read_prescribed(const Json& request,
                                                              const fhir::AnswerIndex& record,
                                                              const Restrictions& restrictions,
                                                              bool personal_bests) {
  const auto canonical = canonical_in(request);
  if (!canonical) return tl::unexpected(canonical.error());
  const auto definition = find_definition(*canonical, record);
  if (!definition) return tl::unexpected(definition.error());
  auto defined = read_activity_definition(**definition);
  if (!defined) return tl::unexpected(defined.error().cause);
  PrescribedExercise prescribed;
  prescribed.request = json::text_of(request, "id");
  if (const Json* meta = json::field(request, "meta"))
    prescribed.request_version = json::text_of(*meta, "versionId");
  prescribed.exercise = std::move(defined->exercise);
  prescribed.json = std::move(defined->json);
  if (fhir::Why why = read_side(request, prescribed); !why.empty()) return tl::unexpected(std::move(why));
  const auto dose = read_dose(request, prescribed.exercise.dosage);
  if (!dose) return tl::unexpected(dose.error());
  prescribed.dosage = dose->dosage;
  prescribed.load_kg = dose->load_kg;
  if (fhir::Why why = read_circumstances(request, prescribed); !why.empty())
    return tl::unexpected(std::move(why));
  if (fhir::Why why = read_ranges(request, restrictions, prescribed); !why.empty())
    return tl::unexpected(std::move(why));
  if (fhir::Why why = take_muscle(request, prescribed); !why.empty()) return tl::unexpected(std::move(why));
  if (prescribed.exercise.weight_bearing > restrictions.weight_bearing)
    return tl::unexpected(fhir::Why{"it puts more weight on the leg than the programme allows"});
  if (fhir::Why why = read_unknown(request); !why.empty()) return tl::unexpected(std::move(why));
  prescribed.personal_bests =
      personal_bests && !prescribed.ceiling && !prescribed.exercise.definition.ceiling;
  return prescribed;
}

}  // namespace reprise::care
