// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_writing.h"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>

#include "fhir/fields/transaction.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 3> kAffectedCodes = {"left", "right", "both"};
constexpr std::array<std::string_view, 3> kWeightCodes = {"none", "partial", "full"};

std::string without_outer_space(std::string_view text) {
  constexpr const char* kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(kSpace) + 1 - first)};
}

Json valued(const char* url, const char* type, Json value) {
  return {{"url", url}, {type, std::move(value)}};
}

Json with_parts(const char* url, Json parts) {
  return {{"url", url}, {"extension", std::move(parts)}};
}

Json amount_part(const char* url, double amount, const char* unit) {
  return valued(url, "valueQuantity", fhir::quantity(amount, unit, unit));
}

const char* unit_of(std::string_view measure) {
  const auto known = engine::measure_from_name(measure);
  return !known || engine::is_angle(*known) ? "deg" : "1";
}

Json range_of_measure(const char* url, const std::string& measure, double value) {
  return with_parts(url, Json::array({valued("measure", "valueCode", measure),
                                      amount_part("value", value, unit_of(measure))}));
}

/// The extensions of a resource: those of others first, then ours in the order of `write`.
class Extensions {
 public:
  Extensions(const Json& resource, std::initializer_list<std::string_view> ours) : resource_(resource) {
    for (const Json& one : json::list_of(resource_, "extension")) {
      if (std::find(ours.begin(), ours.end(), json::text_of(one, "url")) == ours.end()) all_.push_back(one);
    }
  }

  /// Keeps the resource's own, if `same` and it has one; else adds `next`. Null: none.
  void write(const char* url, bool same, Json next) {
    const auto before = fhir::extensions(resource_, url);
    if (same && !before.empty()) {
      for (const Json* one : before) all_.push_back(*one);
    } else if (!next.is_null()) {
      all_.push_back(std::move(next));
    }
  }
  void add(Json next) { all_.push_back(std::move(next)); }

  [[nodiscard]] Json take() && { return std::move(all_); }

 private:
  const Json& resource_;
  Json all_ = Json::array();
};

void set_or_erase(Json& resource, const char* name, Json value) {
  if (value.empty()) {
    resource.erase(name);
  } else {
    resource[name] = std::move(value);
  }
}

Json dosage_of(const DraftItem& item) {
  Json parts = Json::array({valued("sets", "valuePositiveInt", item.sets),
                            valued("repetitions", "valuePositiveInt", item.repetitions)});
  if (item.hold_s) parts.push_back(amount_part("hold", *item.hold_s, "s"));
  parts.push_back(amount_part("rest", item.rest_s, "s"));
  if (item.load_kg) parts.push_back(amount_part("load", *item.load_kg, "kg"));
  return with_parts(fhir::kDosage, std::move(parts));
}

bool same_dosage(const DraftItem& a, const DraftItem& b) {
  return a.sets == b.sets && a.repetitions == b.repetitions && a.hold_s == b.hold_s && a.rest_s == b.rest_s &&
         a.load_kg == b.load_kg;
}

Json support_of(const DraftItem& item) {
  Json parts = Json::array();
  if (item.helper) parts.push_back(valued("helper", "valueBoolean", true));
  const std::string note = without_outer_space(item.support);
  if (!note.empty()) parts.push_back(valued("note", "valueString", note));
  return parts.empty() ? Json{} : with_parts(fhir::kSupport, std::move(parts));
}

Json item_extensions(const DraftItem& item, const DraftItem* before, const std::string& measure,
                     const Json& request) {
  const auto ranged = [&](const char* url, const std::optional<double>& value) {
    return value ? range_of_measure(url, measure, *value) : Json{};
  };
  const bool same_exercise = before != nullptr && before->exercise == item.exercise;
  Extensions all(request, {fhir::kDosage, fhir::kMaxRange, fhir::kTarget, fhir::kMuscleTarget, fhir::kCamera,
                           fhir::kSupport});
  all.write(fhir::kDosage, before != nullptr && same_dosage(*before, item), dosage_of(item));
  all.write(fhir::kMaxRange, same_exercise && before->ceiling == item.ceiling,
            ranged(fhir::kMaxRange, item.ceiling));
  all.write(fhir::kTarget, same_exercise && before->target == item.target,
            ranged(fhir::kTarget, item.target));
  all.write(fhir::kMuscleTarget, before != nullptr && before->muscle == item.muscle,
            item.muscle ? muscle_extension(*item.muscle) : Json{});
  all.write(fhir::kCamera, before != nullptr && before->camera == item.camera,
            item.camera ? Json{} : valued(fhir::kCamera, "valueBoolean", false));
  all.write(fhir::kSupport,
            before != nullptr && before->helper == item.helper && before->support == item.support,
            support_of(item));
  return std::move(all).take();
}

Json sites_of(std::optional<AffectedSide> side) {
  Json sites = Json::array();
  for (const auto one : {AffectedSide::left, AffectedSide::right}) {
    if (side != one && side != AffectedSide::both) continue;
    const bool left = one == AffectedSide::left;
    sites.push_back(fhir::codeable(fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight,
                                   left ? "left" : "right"));
  }
  return sites;
}

// The exercise's code, beside those of other systems.
Json code_of_exercise(const DraftItem& item, const DraftExercise& exercise, const Json& request) {
  Json code = fhir::codeable(fhir::kExercise, item.exercise, exercise.name);
  if (const Json* before = json::field(request, "code")) {
    for (const Json& coding : json::list_of(*before, "coding")) {
      if (json::text_of(coding, "system") != fhir::kExercise) code["coding"].push_back(coding);
    }
  }
  return code;
}

void write_days(const DraftItem& item, const DraftItem* before, Json& request) {
  constexpr std::array<const char*, 3> kOccurrences = {"occurrenceTiming", "occurrencePeriod",
                                                       "occurrenceDateTime"};
  const bool said = std::any_of(kOccurrences.begin(), kOccurrences.end(),
                                [&](const char* one) { return json::field(request, one) != nullptr; });
  if (said && before != nullptr && before->days_per_week == item.days_per_week) return;
  for (const char* one : kOccurrences) request.erase(one);
  request["occurrenceTiming"]["repeat"] = {
      {"frequency", item.days_per_week}, {"period", 1}, {"periodUnit", "wk"}};
}

Json new_resource(const char* type, const char* intent, const std::string& patient) {
  return {{"resourceType", type},
          {"status", "active"},
          {"intent", intent},
          {"subject", fhir::reference_to("Patient", patient)}};
}

Json limit_extension(const DraftLimit& limit) {
  Json parts = Json::array({valued("measure", "valueCode", limit.measure)});
  if (limit.side)
    parts.push_back(valued("side", "valueCode", *limit.side == engine::Side::left ? "left" : "right"));
  if (limit.min) parts.push_back(amount_part("min", *limit.min, unit_of(limit.measure)));
  if (limit.max) parts.push_back(amount_part("max", *limit.max, unit_of(limit.measure)));
  return with_parts(fhir::kRangeLimit, std::move(parts));
}

Json plan_extensions(const ProgrammeDraft& draft, const ProgrammeDraft& before, const Json& plan) {
  Extensions all(plan, {fhir::kPainLimits, fhir::kPersonalBests, fhir::kAffectedSide, fhir::kWeightBearing,
                        fhir::kLoadLimit, fhir::kRangeLimit, fhir::kProtocolPhase});
  all.write(fhir::kPainLimits, before.pain.stop == draft.pain.stop && before.pain.rise == draft.pain.rise,
            with_parts(fhir::kPainLimits, Json::array({valued("stop", "valueInteger", draft.pain.stop),
                                                       valued("rise", "valueInteger", draft.pain.rise)})));
  all.write(fhir::kPersonalBests, before.personal_bests == draft.personal_bests,
            draft.personal_bests ? Json{} : valued(fhir::kPersonalBests, "valueBoolean", false));
  all.write(fhir::kAffectedSide, before.affected == draft.affected,
            draft.affected ? valued(fhir::kAffectedSide, "valueCode",
                                    kAffectedCodes[static_cast<std::size_t>(*draft.affected)])
                           : Json{});
  all.write(fhir::kWeightBearing, before.weight_bearing == draft.weight_bearing,
            valued(fhir::kWeightBearing, "valueCode",
                   kWeightCodes[static_cast<std::size_t>(draft.weight_bearing)]));
  // Without partial weight bearing no limit holds, not even one that cannot be read.
  const bool limitable = draft.weight_bearing == exercises::WeightBearing::partial;
  const bool same_limit =
      before.load_limit == draft.load_limit && before.load_limit_unread == draft.load_limit_unread;
  all.write(fhir::kLoadLimit, limitable && same_limit,
            limitable && draft.load_limit ? load_limit_extension(*draft.load_limit) : Json{});
  auto recorded = fhir::extensions(plan, fhir::kRangeLimit);
  for (const DraftLimit& limit : draft.limits) {
    const auto same = std::find_if(recorded.begin(), recorded.end(),
                                   [&](const Json* one) { return draft_limit(*one) == limit; });
    all.add(same == recorded.end() ? limit_extension(limit) : **same);
    if (same != recorded.end()) recorded.erase(same);
  }
  all.write(fhir::kProtocolPhase, before.phase == draft.phase,
            draft.phase.empty() ? Json{} : valued(fhir::kProtocolPhase, "valueCode", draft.phase));
  return std::move(all).take();
}

// The first note is the programme's; others stay.
void write_note(const ProgrammeDraft& draft, const ProgrammeDraft& before, Json& plan) {
  if (draft.note == before.note) return;
  const std::string text = without_outer_space(draft.note);
  Json notes = Json::array();
  if (!text.empty()) notes.push_back({{"text", text}});
  const Json& others = json::list_of(plan, "note");
  for (std::size_t i = 1; i < others.size(); ++i) notes.push_back(others[i]);
  set_or_erase(plan, "note", std::move(notes));
}

void write_protocol(const ProgrammeDraft& draft, Json& plan) {
  if (draft.protocol.empty()) return;
  Json canonicals = Json::array({draft.protocol});
  for (const Json& one : json::list_of(plan, "instantiatesCanonical")) {
    if (!is_protocol(one)) canonicals.push_back(one);
  }
  plan["instantiatesCanonical"] = std::move(canonicals);
}

// The draft's exercises in their order, then all activities that are none of its exercises.
Json activities_of(const ProgrammeDraft& draft, const std::vector<Prescription>& prescribed, const Json* plan,
                   const std::function<std::string(const DraftItem&)>& reference) {
  Json activities = Json::array();
  for (const DraftItem& item : draft.items) {
    const auto known = std::find_if(prescribed.begin(), prescribed.end(), [&](const Prescription& one) {
      return json::text_of(*one.request, "id") == item.key;
    });
    activities.push_back(known == prescribed.end() ? Json{{"reference", {{"reference", reference(item)}}}}
                                                   : *known->activity);
  }
  if (plan == nullptr) return activities;
  for (const Json& activity : json::list_of(*plan, "activity")) {
    const bool exercise = std::any_of(prescribed.begin(), prescribed.end(),
                                      [&](const Prescription& one) { return one.activity == &activity; });
    if (!exercise) activities.push_back(activity);
  }
  return activities;
}

/// A draft beside what the record has of it.
struct Comparison {
  const RecordedProgramme& recorded;
  const ProgrammeDraft& draft;
  const DraftExercises& exercises;
  const DraftAuthor& author;
  ProgrammeDraft before;
  std::vector<Prescription> prescribed;

  Comparison(const RecordedProgramme& of, const ProgrammeDraft& next, const DraftExercises& known,
             const DraftAuthor& by)
      : recorded(of),
        draft(next),
        exercises(known),
        author(by),
        before(read_draft(of, known, {}, {})),
        prescribed(prescriptions(of)) {}

  [[nodiscard]] const Json* request_of(const std::string& key) const {
    for (const Prescription& one : prescribed) {
      if (json::text_of(*one.request, "id") == key) return one.request;
    }
    return nullptr;
  }
  [[nodiscard]] const DraftItem* item_before(const std::string& key) const {
    const auto found = std::find_if(before.items.begin(), before.items.end(),
                                    [&](const DraftItem& one) { return one.key == key; });
    return found == before.items.end() ? nullptr : &*found;
  }

  /// The ServiceRequest of an item; nullopt if nothing is to be written.
  [[nodiscard]] std::optional<Json> request_to_write(const DraftItem& item) const {
    const auto exercise = exercises.find(item.exercise);
    const Json* recorded_request = request_of(item.key);
    const DraftItem* item_then = item_before(item.key);
    if (exercise == exercises.end() || (item_then != nullptr && *item_then == item)) return {};
    Json request = recorded_request == nullptr ? new_resource("ServiceRequest", "order", author.patient)
                                               : *recorded_request;
    write_prescription(item, item_then, exercise->second, request);
    request["authoredOn"] = author.now;
    request["requester"] = fhir::reference_to("Practitioner", author.practitioner);
    return request;
  }

  [[nodiscard]] Json plan_to_write(const std::function<std::string(const DraftItem&)>& reference) const {
    Json plan;
    if (recorded.plan) {
      plan = *recorded.plan;
    } else {
      plan = new_resource("CarePlan", "plan", author.patient);
      plan["created"] = author.now;
      plan["category"] =
          Json::array({fhir::codeable(fhir::kPlanCategory, fhir::kExerciseProgramme, "Exercise programme")});
    }
    set_or_erase(plan, "extension", plan_extensions(draft, before, plan));
    write_protocol(draft, plan);
    if (draft.title != before.title) set_or_erase(plan, "title", without_outer_space(draft.title));
    if (draft.start != before.start) {
      if (const Json* period = json::field(plan, "period"); period != nullptr && !period->is_object())
        plan.erase("period");
      plan["period"]["start"] = draft.start;
    }
    plan["author"] = fhir::reference_to("Practitioner", author.practitioner);
    plan["activity"] = activities_of(draft, prescribed, recorded.plan ? &*recorded.plan : nullptr, reference);
    write_note(draft, before, plan);
    return plan;
  }
};

Json named_by_writer(Json resource, const std::string& key, bool simulated) {
  fhir::mark(resource, simulated);
  resource["identifier"] = Json::array({Json{{"system", fhir::kProgramme}, {"value", key}}});
  return resource;
}

}  // namespace

void write_prescription(const DraftItem& item, const DraftItem* before, const DraftExercise& exercise,
                        Json& request) {
  set_or_erase(request, "extension", item_extensions(item, before, exercise.measure, request));
  Json canonicals = Json::array({item.canonical});
  for (const Json& one : json::list_of(request, "instantiatesCanonical")) {
    const bool names_exercise =
        one.is_string() && one.get_ref<const std::string&>().rfind(fhir::kExercisePrefix, 0) == 0;
    if (!names_exercise) canonicals.push_back(one);
  }
  request["instantiatesCanonical"] = std::move(canonicals);
  request["code"] = code_of_exercise(item, exercise, request);
  if (before == nullptr || before->side != item.side) set_or_erase(request, "bodySite", sites_of(item.side));
  write_days(item, before, request);
  if (before == nullptr || before->instruction != item.instruction) {
    const std::string words = without_outer_space(item.instruction);
    set_or_erase(request, "patientInstruction", words.empty() ? Json{} : Json(words));
  }
}

Json programme_transaction(const RecordedProgramme& recorded, const ProgrammeDraft& draft,
                           const DraftExercises& exercises, const DraftAuthor& author,
                           const std::string& plan_id, const Json& also) {
  const Comparison comparison(recorded, draft, exercises, author);
  fhir::Transaction transaction;
  const auto reference = [](const DraftItem& item) { return "urn:uuid:" + item.key; };
  for (const DraftItem& item : draft.items) {
    auto request = comparison.request_to_write(item);
    if (!request) continue;
    if (comparison.request_of(item.key) != nullptr) {
      transaction.update(std::move(*request));
    } else {
      transaction.add(named_by_writer(std::move(*request), item.key, author.simulated), reference(item));
    }
  }
  for (const Prescription& one : comparison.prescribed) {
    const bool stays = std::any_of(draft.items.begin(), draft.items.end(), [&](const DraftItem& item) {
      return json::text_of(*one.request, "id") == item.key;
    });
    if (stays) continue;
    Json removed = *one.request;
    removed["status"] = "revoked";
    removed["requester"] = fhir::reference_to("Practitioner", author.practitioner);
    transaction.update(std::move(removed));
  }
  Json plan = comparison.plan_to_write(reference);
  if (recorded.plan) {
    transaction.update(std::move(plan));
  } else {
    transaction.create(named_by_writer(std::move(plan), plan_id, author.simulated), fhir::kProgramme, plan_id,
                       "urn:uuid:" + plan_id);
  }
  for (const Json& entry : also) transaction.append(entry);
  return std::move(transaction).take();
}

Json programme_preview(const RecordedProgramme& recorded, const ProgrammeDraft& draft,
                       const DraftExercises& exercises, const DraftAuthor& author) {
  const Comparison comparison(recorded, draft, exercises, author);
  Json plan = comparison.plan_to_write([](const DraftItem& item) { return "ServiceRequest/" + item.key; });
  if (!recorded.plan) plan["id"] = "draft";
  Json entries = Json::array({Json{{"resource", std::move(plan)}}});
  for (const DraftItem& item : draft.items) {
    auto request = comparison.request_to_write(item);
    const Json* unchanged = comparison.request_of(item.key);
    if (!request && unchanged == nullptr) continue;
    if (!request) request = *unchanged;
    (*request)["id"] = item.key;
    entries.push_back({{"resource", std::move(*request)}});
  }
  return {{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", std::move(entries)}};
}

}  // namespace reprise::care
