// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme.h"

#include <algorithm>

#include "care/plan/balance_request.h"
#include "care/plan/consent.h"
#include "care/plan/endurance_request.h"
#include "care/plan/phone_test_request.h"
#include "care/plan/prescribed_exercise.h"
#include "care/plan/questionnaire_request.h"
#include "care/plan/self_release.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kProgrammeStage = "reading the programme";

tl::unexpected<Error> unreadable_programme(std::string cause) {
  return fail(ErrorCode::corrupt, kProgrammeStage, std::move(cause),
              "the clinic corrects the CarePlan; docs/reference/programme.md shows one");
}

bool is_programme(const Json& plan) {
  const Json& categories = json::list_of(plan, "category");
  const std::string_view intent = json::text_of(plan, "intent");
  // A proposal is never final.
  return json::text_of(plan, "status") == "active" && (intent == "plan" || intent == "order") &&
         std::any_of(categories.begin(), categories.end(), [](const Json& category) {
           return fhir::has_coding(&category, fhir::kPlanCategory, fhir::kExerciseProgramme);
         });
}

Result<const Json*> find_plan(const fhir::AnswerIndex& record) {
  const Json* found = nullptr;
  for (const Json* plan : record.all("CarePlan")) {
    if (!is_programme(*plan)) continue;
    if (found != nullptr) {
      return fail(ErrorCode::conflict, kProgrammeStage, "there are several active programmes",
                  "the clinic ends all but one");
    }
    found = plan;
  }
  if (found == nullptr) {
    return fail(ErrorCode::not_found, kProgrammeStage, "there is no active programme",
                "ask the clinic for one");
  }
  return found;
}

std::string phone_of(const Json& organization) {
  for (const Json& contact : json::list_of(organization, "telecom")) {
    if (json::text_of(contact, "system") == "phone" && json::text_of(contact, "use") != "old") {
      return std::string{json::text_of(contact, "value")};
    }
  }
  return {};
}

void read_clinic(const Json& patient, const fhir::AnswerIndex& record, Programme& programme) {
  const auto id = fhir::id_in(json::field(patient, "managingOrganization"), "Organization");
  const Json* clinic = record.find("Organization", id);
  if (clinic == nullptr) return;
  programme.clinic_name = json::text_of(*clinic, "name");
  programme.clinic_phone = phone_of(*clinic);
  const auto emergency = fhir::extensions(*clinic, fhir::kEmergencyNumber);
  if (emergency.size() == 1) programme.emergency_number = json::text_of(*emergency.front(), "valueString");
}

void add_requested(const Json& activity, const fhir::AnswerIndex& record, bool personal_bests,
                   Programme& programme) {
  const auto id = fhir::id_in(json::field(activity, "reference"), "ServiceRequest");
  if (id.empty()) return;  // another kind of activity
  const auto refuse = [&](std::string why) {
    programme.problems.push_back({std::string{id}, std::move(why)});
  };
  const Json* request = record.find("ServiceRequest", id);
  if (request == nullptr) return refuse("it is not in the record, or was not requested");
  if (is_phone_test(*request)) {
    if (auto test = read_phone_test(*request, record, programme.patient))
      programme.tests.push_back(std::move(*test));
    return;
  }
  if (is_endurance_request(*request)) {
    if (auto session = read_endurance(*request, record, programme.patient))
      programme.endurance.push_back(std::move(*session));
    return;
  }
  if (is_balance_request(*request)) {
    if (auto ladder = read_balance(*request, record, programme.patient))
      programme.balance.push_back(std::move(*ladder));
    return;
  }
  const Json& canonicals = json::list_of(*request, "instantiatesCanonical");
  const bool exercise = std::any_of(canonicals.begin(), canonicals.end(), [](const Json& canonical) {
    return canonical.is_string() &&
           canonical.get_ref<const std::string&>().rfind(fhir::kExercisePrefix, 0) == 0;
  });
  const std::string_view intent = json::text_of(*request, "intent");
  if (!exercise || json::text_of(*request, "status") != "active" || intent == "proposal" ||
      intent == "option")
    return;
  if (fhir::id_in(json::field(*request, "subject"), "Patient") != programme.patient)
    return refuse("it is for another patient");
  auto prescribed = read_prescribed(*request, record, programme.restrictions, personal_bests);
  if (!prescribed) return refuse(std::move(prescribed.error()));
  programme.exercises.push_back(std::move(*prescribed));
}

// Holds the same exercise on the same side, whichever request names it.
void mark_held(Programme& programme) {
  const auto same = [](const PrescribedExercise& one, const PrescribedExercise& other) {
    return one.exercise.definition.id == other.exercise.definition.id && one.side == other.side;
  };
  const auto holds = [&](const Hold& hold, const PrescribedExercise& exercise) {
    return hold.exercise.empty() || hold.exercise == exercise.request ||
           std::any_of(programme.exercises.begin(), programme.exercises.end(), [&](const auto& other) {
             return other.request == hold.exercise && same(other, exercise);
           });
  };
  for (PrescribedExercise& exercise : programme.exercises) {
    exercise.held = std::any_of(programme.holds.begin(), programme.holds.end(),
                                [&](const Hold& hold) { return holds(hold, exercise); });
  }
  const auto mark = [&](RequestTerms& terms) {
    terms.held = std::any_of(programme.holds.begin(), programme.holds.end(), [&](const Hold& hold) {
      return hold.exercise.empty() || hold.exercise == terms.request;
    });
  };
  for (PhoneTestRequest& test : programme.tests) mark(test);
  for (EnduranceRequest& session : programme.endurance) mark(session);
  for (BalanceRequest& ladder : programme.balance) mark(ladder);
}

void add_questionnaire(const Json& activity, const fhir::AnswerIndex& record, Programme& programme) {
  auto asked = read_asked(activity);
  if (!asked) return;
  if (!*asked) return programme.problems.push_back({{}, std::move(asked->error())});
  find_due(**asked, record, programme.patient, programme.start);
  programme.questionnaires.push_back(std::move(**asked));
}

Result<Programme> programme_in(const fhir::AnswerIndex& record) {
  const auto plan = find_plan(record);
  if (!plan) return tl::unexpected(plan.error());
  if (json::field(**plan, "modifierExtension") != nullptr)
    return unreadable_programme("it has a modifierExtension, which is not understood");
  Programme programme;
  programme.id = json::text_of(**plan, "id");
  programme.patient = fhir::id_in(json::field(**plan, "subject"), "Patient");
  if (programme.patient.empty()) return unreadable_programme("its subject is no patient");
  const auto limits = pain_limits(**plan);
  if (!limits) return tl::unexpected(limits.error());
  programme.limits = *limits;
  auto restrictions = read_restrictions(**plan);
  if (!restrictions) return unreadable_programme(std::move(restrictions.error()));
  programme.restrictions = std::move(*restrictions);
  programme.title = json::text_of(**plan, "title");
  for (const Json& note : json::list_of(**plan, "note")) {
    programme.note += (programme.note.empty() ? "" : "\n\n") + std::string{json::text_of(note, "text")};
  }
  if (const Json* period = json::field(**plan, "period")) {
    programme.start = json::text_of(*period, "start");
    programme.end = json::text_of(*period, "end");
  }
  const Json* patient = record.find("Patient", programme.patient);
  if (patient == nullptr) {
    // Only the Patient says whether it is a person, and whom to call.
    return fail(ErrorCode::invalid_argument, kProgrammeStage,
                "the programme's patient is not among the answers", "request the Patient, too");
  }
  programme.simulated =
      fhir::has_tag(**plan, fhir::kTag, "simulated") || fhir::has_tag(*patient, fhir::kTag, "simulated");
  read_clinic(*patient, record, programme);
  programme.app_use_consented = consented(record, programme.patient, ConsentKind::app_use);
  programme.recording_consented = consented(record, programme.patient, ConsentKind::movement_recording);
  const auto bests = fhir::extensions(**plan, fhir::kPersonalBests);
  // If unreadable, nothing may reward going far.
  const bool personal_bests = bests.empty() || json::truth_of(*bests.front(), "valueBoolean").value_or(false);
  for (const Json& activity : json::list_of(**plan, "activity")) {
    add_requested(activity, record, personal_bests, programme);
    add_questionnaire(activity, record, programme);
  }
  programme.holds = read_holds(record, programme.patient, programme.limits);
  mark_held(programme);
  programme.self_releases = read_self_releases(record, programme.patient);
  return programme;
}

}  // namespace

Result<PainLimits> pain_limits(const Json& care_plan) {
  PainLimits limits;
  const auto found = fhir::extensions(care_plan, fhir::kPainLimits);
  if (found.empty()) return limits;
  bool right = found.size() == 1;
  for (const Json& part : json::list_of(*found.front(), "extension")) {
    const bool stop = json::text_of(part, "url") == "stop";
    const auto value = json::whole_of(part, "valueInteger", stop ? 0 : 1, 10);
    right = right && value && (stop || json::text_of(part, "url") == "rise");
    if (value) (stop ? limits.stop : limits.rise) = *value;
  }
  if (!right) return unreadable_programme(std::string{fhir::kPainLimits} + " cannot be read");
  return limits;
}

Result<Programme> read_programme(std::span<const std::string> answers) {
  auto read = read_programme_answers(answers);
  if (!read) return tl::unexpected(read.error());
  return std::move(read->programme);
}

Result<ProgrammeAnswers> read_programme_answers(std::span<const std::string> answers) {
  auto record = fhir::AnswerIndex::of(answers);
  if (!record) return tl::unexpected(record.error());
  auto programme = programme_in(*record);
  if (!programme) return tl::unexpected(programme.error());
  return ProgrammeAnswers{std::move(*programme), std::move(*record)};
}

}  // namespace reprise::care
