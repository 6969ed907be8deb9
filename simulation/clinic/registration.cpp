// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/registration.h"

#include <cmath>

#include "care/plan/consent.h"
#include "care/plan/exercise_definition.h"
#include "fhir/profiles/vocabulary.h"
#include "simulation/clinic/chance.h"
#include "simulation/clinic/gathering.h"
#include "simulation/clinic/parts.h"

namespace reprise::simulation {
namespace {

constexpr const char* kIcd10 = "http://hl7.org/fhir/sid/icd-10-cm";
constexpr const char* kClinicalStatus = "http://terminology.hl7.org/CodeSystem/condition-clinical";
constexpr const char* kVerification = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
constexpr const char* kConditionCategory = "http://terminology.hl7.org/CodeSystem/condition-category";
constexpr int kGoalDays = 84;  // within which a goal is to be reached. Unsourced default

// One transaction under way; ids are drawn in the order in which resources are made.
struct Registering {
  const Registration& of;
  Chance chance;
  fhir::Transaction transaction;

  explicit Registering(const Registration& registration)
      : of(registration),
        chance(registration.seed, {static_cast<std::uint64_t>(registration.person.number), 4}) {}

  [[nodiscard]] Json subject() const { return fhir::reference_to("Patient", of.person.id); }
  [[nodiscard]] Json staff() const { return fhir::reference_to("Practitioner", of.staff.practitioner); }
};

void add_patient(Registering& r) {
  const SimulatedPerson& person = r.of.person;
  Json patient = simulated_resource("Patient", person.id);
  patient["identifier"] = Json::array({Json{
      {"system", "urn:reprise:demo"}, {"value", "simulated-patient-" + std::to_string(person.number)}}});
  patient["active"] = true;
  patient["name"] = Json::array({Json{{"use", "official"},
                                      {"text", person.given + " " + person.family},
                                      {"family", person.family},
                                      {"given", Json::array({person.given})}}});
  patient["gender"] = person.gender;
  const std::string today = r.of.calendar.date(r.of.days);
  const int year = r.of.calendar.year(r.of.days) - person.age;
  // A person of 70 was born at least 70 years ago.
  const int month = r.chance.whole(1, std::max(1, std::stoi(today.substr(5, 2)) - 1));
  const int day = r.chance.whole(1, 28);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  patient["birthDate"] = std::to_string(month == std::stoi(today.substr(5, 2)) ? year - 1 : year) + "-" +
                         two(month) + "-" + two(day);
  patient["managingOrganization"] = fhir::reference_to("Organization", r.of.staff.organization);
  r.transaction.put(std::move(patient));
}

std::string add_condition(Registering& r, std::string_view code, std::string_view display,
                          const std::string& text, bool side) {
  const std::string id = r.chance.uuid();
  Json condition = simulated_resource("Condition", id);
  condition["clinicalStatus"] = coded(kClinicalStatus, "active", {});
  condition["verificationStatus"] = coded(kVerification, "confirmed", {});
  condition["category"] = Json::array({coded(kConditionCategory, "problem-list-item", {})});
  condition["code"] = coded(kIcd10, code, display, text + " (simulated)");
  if (side) condition["bodySite"] = Json::array({side_of_body(r.of.person.side == engine::Side::left)});
  condition["subject"] = r.subject();
  condition["recordedDate"] = r.of.calendar.date(r.of.person.first_day);
  r.transaction.put(std::move(condition));
  return id;
}

std::vector<std::string> add_conditions(Registering& r) {
  const Pathway& pathway = *r.of.person.pathway;
  std::string text{pathway.name};
  if (pathway.sided) text += r.of.person.side == engine::Side::left ? ", left" : ", right";
  std::vector<std::string> ids = {add_condition(r, pathway.icd10, pathway.display, text, pathway.sided)};
  if (r.of.person.age < 55) return ids;
  if (r.chance.happens(0.35))
    ids.push_back(add_condition(r, "I10", "Essential (primary) hypertension", "High blood pressure", false));
  if (r.chance.happens(0.15))
    ids.push_back(add_condition(r, "E11", "Type 2 diabetes mellitus", "Type 2 diabetes", false));
  return ids;
}

std::string add_care_team(Registering& r) {
  const std::string id = r.chance.uuid();
  Json team = simulated_resource("CareTeam", id);
  team["status"] = "active";
  team["name"] = "Care team of " + r.of.person.given + " " + r.of.person.family;
  team["subject"] = r.subject();
  team["participant"] = Json::array({Json{{"member", r.staff()}}});
  team["managingOrganization"] = Json::array({fhir::reference_to("Organization", r.of.staff.organization)});
  r.transaction.put(std::move(team));
  return id;
}

Json goal_of(Registering& r, const std::string& condition, const std::string& words) {
  Json goal = simulated_resource("Goal", r.chance.uuid());
  goal["lifecycleStatus"] = "active";
  goal["description"] = {{"text", words}};
  goal["subject"] = r.subject();
  goal["startDate"] = r.of.calendar.date(r.of.person.first_day);
  goal["expressedBy"] = r.subject();
  goal["addresses"] = Json::array({fhir::reference_to("Condition", condition)});
  return goal;
}

void add_goals(Registering& r, const std::string& condition) {
  const exercises::CatalogExercise& exercise = *r.of.programmes.front().exercises.front().exercise;
  const engine::ExerciseDefinition& definition = exercise.definition;
  const engine::MeasureInfo& facts = engine::info(definition.primary.measure);
  const bool angle = engine::is_angle(definition.primary.measure);
  const bool rising = definition.target > definition.rest;
  const double scale = angle ? 1 : 100;
  const double value = std::round(value_at(exercise, goal_progress(*r.of.person.pathway)) * scale) / scale;
  const std::string due = r.of.calendar.date(r.of.person.first_day + kGoalDays);
  std::string number = std::to_string(value);
  number.erase(number.find('.') + (angle ? 0 : 3));
  Json range = goal_of(r, condition,
                       std::string{facts.label} + (rising ? " of at least " : " down to ") + number +
                           (angle ? " degrees in: " : " in: ") + exercises::text_in(exercise, "en").name);
  Json measure = fhir::codeable(fhir::kObservation, "best-range", "Best range: " + std::string{facts.label});
  measure["coding"].push_back({{"system", fhir::kMeasure}, {"code", facts.name}});
  Json amount = fhir::quantity(value, angle ? "deg" : "ratio", angle ? "deg" : "1");
  amount["comparator"] = rising ? ">=" : "<=";
  range["target"] = Json::array(
      {Json{{"measure", std::move(measure)}, {"detailQuantity", std::move(amount)}, {"dueDate", due}}});
  r.transaction.put(std::move(range));
  const int pain = r.of.person.chronic_pain ? 4 : 2;
  Json calm = goal_of(r, condition, "Pain of at most " + std::to_string(pain) + " of 10 after exercising");
  Json most = fhir::quantity(pain, "{score}", "{score}");
  most["comparator"] = "<=";
  Json asked = fhir::codeable(fhir::kLoinc, fhir::kPainCode,
                              "Pain severity - 0-10 verbal numeric rating [Score] - Reported");
  asked["coding"].push_back({{"system", fhir::kMoment}, {"code", "after"}});
  calm["target"] = Json::array(
      {Json{{"measure", std::move(asked)}, {"detailQuantity", std::move(most)}, {"dueDate", due}}});
  r.transaction.put(std::move(calm));
}

Json dosage_of(const SimulatedPrescription& one) {
  const auto seconds = [](double value) { return fhir::quantity(value, "s", "s"); };
  Json parts = Json::array({Json{{"url", "sets"}, {"valuePositiveInt", 1}},
                            Json{{"url", "repetitions"}, {"valuePositiveInt", one.repetitions}}});
  if (one.hold) parts.push_back({{"url", "hold"}, {"valueQuantity", seconds(one.hold->value())}});
  parts.push_back({{"url", "rest"}, {"valueQuantity", seconds(one.exercise->dosage.rest.value())}});
  return {{"url", fhir::kDosage}, {"extension", std::move(parts)}};
}

void add_request(Registering& r, const SimulatedPrescription& one, const SimulatedProgramme& programme) {
  const engine::ExerciseDefinition& definition = one.exercise->definition;
  const engine::MeasureInfo& facts = engine::info(definition.primary.measure);
  const bool angle = engine::is_angle(definition.primary.measure);
  Json request = simulated_resource("ServiceRequest", one.request);
  request["extension"] = Json::array({dosage_of(one)});
  if (one.ceiling)
    request["extension"].push_back(range_extension(fhir::kMaxRange, facts.name, angle, *one.ceiling));
  if (one.target)
    request["extension"].push_back(range_extension(fhir::kTarget, facts.name, angle, *one.target));
  if (!r.of.person.films) request["extension"].push_back({{"url", fhir::kCamera}, {"valueBoolean", false}});
  if (r.of.person.pathway->unsteady && one.exercise->falls.balance != exercises::Balance::none) {
    request["extension"].push_back(
        {{"url", fhir::kSupport},
         {"extension",
          Json::array({Json{{"url", "helper"}, {"valueBoolean", false}},
                       Json{{"url", "note"},
                            {"valueString", "Stand beside a firm table or the kitchen counter."}}})}});
  }
  request["instantiatesCanonical"] = Json::array({care::canonical_of(*one.exercise)});
  request["status"] = programme.end_day < r.of.days ? "completed" : "active";
  request["intent"] = "order";
  request["code"] =
      fhir::codeable(fhir::kExercise, definition.id, exercises::text_in(*one.exercise, "en").name);
  request["subject"] = r.subject();
  request["occurrenceTiming"] = {
      {"repeat", {{"frequency", days_a_week(r.of.person.habit)}, {"period", 1}, {"periodUnit", "wk"}}}};
  request["authoredOn"] = r.of.calendar.date(programme.first_day);
  request["requester"] = r.staff();
  if (one.side) request["bodySite"] = Json::array({side_of_body(*one.side == engine::Side::left)});
  if (one.both) request["bodySite"] = Json::array({side_of_body(true), side_of_body(false)});
  r.transaction.put(std::move(request));
}

Json questionnaire_activity() {
  return {{"detail",
           {{"instantiatesCanonical", Json::array({"urn:reprise:questionnaire:how-was-your-week"})},
            {"code", fhir::codeable(fhir::kActivity, "questionnaire", "Questions")},
            {"status", "scheduled"},
            {"scheduledTiming", {{"repeat", {{"frequency", 1}, {"period", 1}, {"periodUnit", "wk"}}}}},
            {"description", "So that we know how you are between two visits."}}}};
}

void add_programme(Registering& r, std::size_t index, const std::vector<std::string>& conditions,
                   const std::string& team, const std::string& before) {
  const SimulatedProgramme& programme = r.of.programmes[index];
  for (const SimulatedPrescription& one : programme.exercises) add_request(r, one, programme);
  Json plan = simulated_resource("CarePlan", programme.id);
  plan["extension"] = Json::array(
      {Json{{"url", fhir::kPainLimits},
            {"extension", Json::array({Json{{"url", "stop"}, {"valueInteger", r.of.person.limits.stop}},
                                       Json{{"url", "rise"}, {"valueInteger", r.of.person.limits.rise}}})}}});
  if (!before.empty()) plan["replaces"] = Json::array({fhir::reference_to("CarePlan", before)});
  const bool over = programme.end_day < r.of.days;
  plan["status"] = over ? "completed" : "active";
  plan["intent"] = "plan";
  plan["category"] = Json::array({coded(fhir::kPlanCategory, fhir::kExerciseProgramme, {})});
  plan["title"] = std::string{r.of.person.pathway->name} + (index == 0 ? ", first weeks" : ", next step");
  plan["subject"] = r.subject();
  plan["period"] = {{"start", r.of.calendar.date(programme.first_day)}};
  if (over) plan["period"]["end"] = r.of.calendar.date(programme.end_day - 1);
  plan["created"] = r.of.calendar.date(programme.first_day);
  plan["author"] = r.staff();
  plan["careTeam"] = Json::array({fhir::reference_to("CareTeam", team)});
  plan["addresses"] = Json::array();
  for (const std::string& condition : conditions)
    plan["addresses"].push_back(fhir::reference_to("Condition", condition));
  plan["activity"] = Json::array();
  for (const SimulatedPrescription& one : programme.exercises)
    plan["activity"].push_back({{"reference", fhir::reference_to("ServiceRequest", one.request)}});
  plan["activity"].push_back(questionnaire_activity());
  plan["note"] = Json::array({Json{{"text", r.of.person.pathway->aim}}});
  r.transaction.put(std::move(plan));
}

Result<Json> consent(Registering& r, care::ConsentKind kind, bool permits) {
  care::GivenConsent given;
  given.id = r.chance.uuid();
  given.patient = r.of.person.id;
  given.kind = kind;
  given.permits = permits;
  given.when = r.of.calendar.time(r.of.person.first_day, r.of.person.usual_minute * 60 - 900);
  given.language = "en";
  given.words = kind == care::ConsentKind::app_use
                    ? "Simulated: no person read or answered anything about using the app."
                    : "Simulated: no person was asked whether movement may be kept.";
  given.simulated = true;
  return care::consent_bundle(given);
}

}  // namespace

Result<Json> registration_bundle(const Registration& registration) {
  Registering r{registration};
  add_patient(r);
  const std::vector<std::string> conditions = add_conditions(r);
  const std::string team = add_care_team(r);
  add_goals(r, conditions.front());
  for (std::size_t i = 0; i < registration.programmes.size(); ++i)
    add_programme(r, i, conditions, team, i == 0 ? std::string{} : registration.programmes[i - 1].id);
  const auto app = consent(r, care::ConsentKind::app_use, true);
  if (!app) return tl::unexpected(app.error());
  const auto recording = consent(r, care::ConsentKind::movement_recording, registration.person.lets_record);
  if (!recording) return tl::unexpected(recording.error());
  Gathering gathering;
  gathering.add(std::move(r.transaction).take());
  gathering.add(*app);
  gathering.add(*recording);
  return gathering.take();
}

}  // namespace reprise::simulation
