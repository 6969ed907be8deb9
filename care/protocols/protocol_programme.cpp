// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/protocol_programme.h"

#include "care/plan/exercise_definition.h"
#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kTemplateStage = "making a programme of a protocol";
constexpr const char* kPhaseExtension = "urn:reprise:protocol-phase";

tl::unexpected<Error> no_programme(std::string cause, std::string remedy) {
  return fail(ErrorCode::invalid_argument, kTemplateStage, std::move(cause), std::move(remedy));
}

struct PrescribedSides {
  bool left = false;
  bool right = false;
};

// One prescription for each entry.
std::vector<PrescribedSides> sides_of(const TemplateExercise& one, const exercises::CatalogExercise& exercise,
                                      std::optional<AffectedSide> affected) {
  const std::vector<PrescribedSides> each = {{true, false}, {false, true}};
  if (one.side == TemplateSide::none) return {{}};
  if (one.side == TemplateSide::each) return each;
  if (one.side == TemplateSide::both) return {{true, true}};
  if (affected == AffectedSide::both)
    return exercise.sides.both ? std::vector<PrescribedSides>{{true, true}} : each;
  return {affected == AffectedSide::left ? each[0] : each[1]};
}

Json site(bool left) {
  return fhir::codeable(fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight,
                        left ? "left" : "right");
}

Json seconds_part(const char* name, Seconds value) {
  return {{"url", name}, {"valueQuantity", fhir::quantity(value.value(), "s", "s")}};
}

Json dosage_extension(const TemplateExercise& one) {
  Json parts = Json::array({Json{{"url", "sets"}, {"valuePositiveInt", one.sets}},
                            Json{{"url", "repetitions"}, {"valuePositiveInt", one.repetitions}}});
  if (one.hold) parts.push_back(seconds_part("hold", *one.hold));
  if (one.rest) parts.push_back(seconds_part("rest", *one.rest));
  return {{"url", fhir::kDosage}, {"extension", std::move(parts)}};
}

Json range_extension(const char* url, engine::Measure measure, double value) {
  const char* unit = engine::is_angle(measure) ? "deg" : "1";
  return {{"url", url},
          {"extension",
           Json::array({Json{{"url", "measure"}, {"valueCode", engine::info(measure).name}},
                        Json{{"url", "value"}, {"valueQuantity", fhir::quantity(value, unit, unit)}}})}};
}

Json extensions_of(const TemplateExercise& one, engine::Measure measure, const std::string& language) {
  Json all = Json::array({dosage_extension(one)});
  if (one.ceiling) all.push_back(range_extension(fhir::kMaxRange, measure, *one.ceiling));
  if (one.target) all.push_back(range_extension(fhir::kTarget, measure, *one.target));
  Json support = Json::array();
  if (one.helper) support.push_back({{"url", "helper"}, {"valueBoolean", true}});
  if (!one.support.empty())
    support.push_back({{"url", "note"}, {"valueString", exercises::in_language(one.support, language)}});
  if (!support.empty()) all.push_back({{"url", fhir::kSupport}, {"extension", std::move(support)}});
  return all;
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
                const PrescribedSides& sides, const ProgrammeOrder& order, const std::string& id) {
  Json request = resource_for("ServiceRequest", id, order);
  request["intent"] = "order";
  request["instantiatesCanonical"] = Json::array({canonical_of(exercise)});
  request["code"] =
      fhir::codeable(fhir::kExercise, one.exercise, exercises::text_in(exercise, order.language).name);
  request["extension"] = extensions_of(one, exercise.definition.primary.measure, order.language);
  if (sides.left) request["bodySite"].push_back(site(true));
  if (sides.right) request["bodySite"].push_back(site(false));
  request["occurrenceTiming"]["repeat"] = {
      {"frequency", one.days_per_week}, {"period", 1}, {"periodUnit", "wk"}};
  return request;
}

Json plan_of(const Protocol& protocol, const ProtocolPhase& phase, const ProgrammeOrder& order,
             const std::string& id) {
  Json plan = resource_for("CarePlan", id, order);
  plan["extension"] = Json::array({Json{{"url", kPhaseExtension}, {"valueCode", phase.id}}});
  plan["instantiatesCanonical"] =
      Json::array({kProtocolPrefix + protocol.id + "|" + std::to_string(protocol.version)});
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
    for (const PrescribedSides& sides : sides_of(one, exercise, order.affected)) {
      const std::string id = new_id();
      made.requests.push_back(request_of(one, exercise, sides, order, id));
      made.care_plan["activity"].push_back({{"reference", fhir::reference_to("ServiceRequest", id)}});
    }
  }
  return made;
}

}  // namespace reprise::care
