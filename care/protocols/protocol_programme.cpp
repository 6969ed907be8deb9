// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol_programme.h"

#include "care/plan/exercise_definition.h"
#include "care/plan/programme_writing.h"
#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kTemplateStage = "making a programme of a protocol";

tl::unexpected<Error> no_programme(std::string cause, std::string remedy) {
  return fail(ErrorCode::invalid_argument, kTemplateStage, std::move(cause), std::move(remedy));
}

// One prescription for each entry; empty: no side.
std::vector<std::optional<AffectedSide>> sides_of(const TemplateExercise& one,
                                                  const exercises::CatalogExercise& exercise,
                                                  std::optional<AffectedSide> affected) {
  const std::vector<std::optional<AffectedSide>> each = {AffectedSide::left, AffectedSide::right};
  if (one.side == TemplateSide::none) return {std::nullopt};
  if (one.side == TemplateSide::each) return each;
  if (one.side == TemplateSide::both) return {AffectedSide::both};
  return affected == AffectedSide::both && !exercise.sides.both ? each : std::vector{affected};
}

// Makes the fields that both kinds of resource share.
Json resource_for(const char* type, const std::string& id, const ProgrammeOrder& order) {
  Json resource = Json::object();
  resource["resourceType"] = type;
  resource["id"] = id;
  if (order.simulated)
    resource["meta"]["tag"] = Json::array({Json{{"system", fhir::kTag}, {"code", "simulated"}}});
  resource["status"] = order.accepted ? "active" : "draft";
  resource["subject"] = fhir::reference_to("Patient", order.patient);
  return resource;
}

Json request_of(const TemplateExercise& one, const exercises::CatalogExercise& exercise,
                std::optional<AffectedSide> side, const ProgrammeOrder& order, const std::string& id) {
  const exercises::Dosage& own = exercise.dosage;
  DraftItem item;
  item.canonical = canonical_of(exercise);
  item.exercise = one.exercise;
  item.side = side;
  item.sets = one.sets;
  item.repetitions = one.repetitions;
  if (const auto hold = one.hold ? one.hold : own.hold) item.hold_s = hold->value();
  item.rest_s = one.rest.value_or(own.rest).value();
  item.days_per_week = one.days_per_week;
  item.ceiling = one.ceiling;
  item.target = one.target;
  item.helper = one.helper;
  if (!one.support.empty()) item.support = exercises::in_language(one.support, order.language);
  Json request = resource_for("ServiceRequest", id, order);
  request["intent"] = "order";
  const std::string measure{engine::info(exercise.definition.primary.measure).name};
  write_prescription(item, nullptr, {exercises::text_in(exercise, order.language).name, measure, own},
                     request);
  return request;
}

Json plan_of(const Protocol& protocol, const ProtocolPhase& phase, const ProgrammeOrder& order,
             const std::string& id) {
  Json plan = resource_for("CarePlan", id, order);
  plan["extension"] = Json::array({Json{{"url", fhir::kProtocolPhase}, {"valueCode", phase.id}}});
  plan["instantiatesCanonical"] =
      Json::array({fhir::kProtocolPrefix + protocol.id + "|" + std::to_string(protocol.version)});
  plan["intent"] = "plan";
  plan["category"] =
      Json::array({fhir::codeable(fhir::kPlanCategory, fhir::kExerciseProgramme, "Exercise programme")});
  plan["title"] = std::string{exercises::in_language(protocol.title, order.language)} + ": " +
                  std::string{exercises::in_language(phase.title, order.language)};
  plan["description"] = exercises::in_language(phase.goal, order.language);
  plan["period"] = {{"start", order.start}};
  plan["activity"] = Json::array();
  return plan;
}

bool needs_side(const ProtocolPhase& phase) {
  for (const TemplateExercise& one : phase.exercises) {
    if (one.side == TemplateSide::affected) return true;
  }
  return false;
}

}  // namespace

Result<TemplateProgramme> programme_of(const Protocol& protocol, std::string_view phase_id,
                                       const std::vector<exercises::CatalogExercise>& catalog,
                                       const ProgrammeOrder& order,
                                       const std::function<std::string()>& new_id) {
  const ProtocolPhase* phase = find_phase(protocol, phase_id);
  if (phase == nullptr) return no_programme("the protocol has no such phase", "name one of its phases");
  if (!fhir::is_id(order.patient) || !fhir::day_of(order.start))
    return no_programme("the patient is no id, or the first day no date", "give both as FHIR writes them");
  if (needs_side(*phase) && !order.affected)
    return no_programme("the affected side is not given", "say left, right or both");
  if (const auto problems = check_phase(protocol, *phase, catalog); !problems.empty())
    return no_programme(problems.front(), "correct the protocol, or add the exercise to the catalog");
  TemplateProgramme made{plan_of(protocol, *phase, order, new_id()), {}};
  for (const TemplateExercise& one : phase->exercises) {
    const exercises::CatalogExercise& exercise = *exercise_in(catalog, one.exercise);
    for (const auto side : sides_of(one, exercise, order.affected)) {
      const std::string id = new_id();
      made.requests.push_back(request_of(one, exercise, side, order, id));
      made.care_plan["activity"].push_back({{"reference", fhir::reference_to("ServiceRequest", id)}});
    }
  }
  return made;
}

}  // namespace reprise::care
