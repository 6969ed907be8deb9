// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_draft.h"

#include <algorithm>
#include <array>

#include "care/plan/prescribed_dose.h"
#include "care/plan/prescribed_exercise.h"
#include "care/plan/programme.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

const Json kNoExtension = Json::object();

// The first extension with this URL; an empty one if there is none.
const Json& extension_in(const Json& element, std::string_view url) {
  const auto found = fhir::extensions(element, url);
  return found.empty() ? kNoExtension : *found.front();
}

std::optional<double> amount_of_part(const Json& extension, std::string_view part) {
  const Json* quantity = json::field(extension_in(extension, part), "valueQuantity");
  return quantity == nullptr ? std::nullopt : json::number_of(*quantity, "value");
}

template <class Enum, std::size_t size>
std::optional<Enum> code_in(const Json& plan, std::string_view url,
                            const std::array<std::string_view, size>& codes) {
  const auto found =
      std::find(codes.begin(), codes.end(), json::text_of(extension_in(plan, url), "valueCode"));
  return found == codes.end() ? std::nullopt : std::optional{static_cast<Enum>(found - codes.begin())};
}

bool is_prescription(const Json& request) {
  return json::text_of(request, "status") == "active" && !is_assessment(request) &&
         !exercise_canonical(request).empty();
}

std::string first_note(const Json& plan) {
  const Json& notes = json::list_of(plan, "note");
  return notes.empty() ? std::string{} : std::string{json::text_of(notes.front(), "text")};
}

}  // namespace

bool is_protocol(const Json& canonical) {
  return canonical.is_string() &&
         canonical.get_ref<const std::string&>().rfind(fhir::kProtocolPrefix, 0) == 0;
}

std::vector<Prescription> prescriptions(const RecordedProgramme& recorded) {
  std::vector<Prescription> all;
  if (!recorded.plan) return all;
  for (const Json& activity : json::list_of(*recorded.plan, "activity")) {
    const auto id = fhir::id_in(json::field(activity, "reference"), "ServiceRequest");
    const auto request =
        std::find_if(recorded.requests.begin(), recorded.requests.end(), [&](const Json& one) {
          return !id.empty() && json::text_of(one, "id") == id && is_prescription(one);
        });
    if (request != recorded.requests.end()) all.push_back({&activity, &*request});
  }
  return all;
}

DraftItem draft_item(const Json& request, const DraftExercise* exercise) {
  const PrescribedDose dose =
      readable_dose(request, exercise == nullptr ? exercises::Dosage{} : exercise->dosage);
  const Json& support = extension_in(request, fhir::kSupport);
  DraftItem item;
  item.key = json::text_of(request, "id");
  item.canonical = exercise_canonical(request);
  item.exercise = exercise_id(request);
  item.side = sides_named(request);
  item.sets = dose.dosage.sets;
  item.repetitions = dose.dosage.repetitions;
  if (dose.dosage.hold) item.hold_s = dose.dosage.hold->value();
  item.rest_s = dose.dosage.rest.value();
  item.days_per_week = dose.dosage.days_per_week;
  item.load_kg = dose.load_kg;
  item.ceiling = amount_of_part(extension_in(request, fhir::kMaxRange), "value");
  item.target = amount_of_part(extension_in(request, fhir::kTarget), "value");
  item.muscle = read_muscle_target(request).value_or(std::nullopt);
  item.camera = json::truth_of(extension_in(request, fhir::kCamera), "valueBoolean").value_or(true);
  item.helper = json::truth_of(extension_in(support, "helper"), "valueBoolean").value_or(false);
  item.support = json::text_of(extension_in(support, "note"), "valueString");
  item.instruction = json::text_of(request, "patientInstruction");
  return item;
}

DraftLimit draft_limit(const Json& extension) {
  DraftLimit limit;
  limit.measure = json::text_of(extension_in(extension, "measure"), "valueCode");
  const std::string_view side = json::text_of(extension_in(extension, "side"), "valueCode");
  if (side == "left" || side == "right")
    limit.side = side == "left" ? engine::Side::left : engine::Side::right;
  limit.min = amount_of_part(extension, "min");
  limit.max = amount_of_part(extension, "max");
  return limit;
}

ProgrammeDraft read_draft(const RecordedProgramme& recorded, const DraftExercises& exercises,
                          std::string_view start, std::optional<AffectedSide> affected) {
  constexpr std::array<std::string_view, 3> kSideCodes = {"left", "right", "both"};
  constexpr std::array<std::string_view, 3> kBearingCodes = {"none", "partial", "full"};
  ProgrammeDraft draft;
  draft.start = start;
  draft.affected = affected;
  if (!recorded.plan) return draft;
  const Json& plan = *recorded.plan;
  draft.title = json::text_of(plan, "title");
  draft.note = first_note(plan);
  if (const Json* period = json::field(plan, "period")) {
    const std::string_view first = json::text_of(*period, "start");
    if (!first.empty()) draft.start = first.substr(0, std::string_view{"2026-03-14"}.size());
  }
  draft.affected = code_in<AffectedSide>(plan, fhir::kAffectedSide, kSideCodes);
  draft.weight_bearing = code_in<exercises::WeightBearing>(plan, fhir::kWeightBearing, kBearingCodes)
                             .value_or(exercises::WeightBearing::full);
  const auto load_limit = read_load_limit(plan);
  draft.load_limit_unread =
      !load_limit || (*load_limit && draft.weight_bearing != exercises::WeightBearing::partial);
  if (!draft.load_limit_unread) draft.load_limit = *load_limit;
  for (const Json* limit : fhir::extensions(plan, fhir::kRangeLimit))
    draft.limits.push_back(draft_limit(*limit));
  draft.pain = pain_limits(plan).value_or(PainLimits{});
  draft.personal_bests =
      json::truth_of(extension_in(plan, fhir::kPersonalBests), "valueBoolean").value_or(true);
  const std::string_view phase = json::text_of(extension_in(plan, fhir::kProtocolPhase), "valueCode");
  for (const Json& canonical : json::list_of(plan, "instantiatesCanonical")) {
    if (phase.empty() || !draft.protocol.empty() || !is_protocol(canonical)) continue;
    draft.protocol = canonical.get<std::string>();
    draft.phase = phase;
  }
  for (const Prescription& prescription : prescriptions(recorded)) {
    const auto exercise = exercises.find(exercise_id(*prescription.request));
    draft.items.push_back(
        draft_item(*prescription.request, exercise == exercises.end() ? nullptr : &exercise->second));
  }
  return draft;
}

std::map<std::string, std::string> sent_items(const RecordedProgramme& recorded) {
  std::map<std::string, std::string> ids;
  for (const Json& request : recorded.requests) {
    for (const Json& identifier : json::list_of(request, "identifier")) {
      const std::string_view key = json::text_of(identifier, "value");
      if (json::text_of(identifier, "system") == fhir::kProgramme && !key.empty())
        ids[std::string{key}] = json::text_of(request, "id");
    }
  }
  return ids;
}

}  // namespace reprise::care
