// SPDX-License-Identifier: Apache-2.0
#include "care/safety/flag.h"

#include <algorithm>
#include <array>

#include "care/safety/hold.h"
#include "care/safety/questionnaire_response.h"
#include "fhir/fields/transaction.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

struct Named {
  const char* code;
  const char* words;
};

Named named(SafetyReason reason) {
  switch (reason) {
    case SafetyReason::red_flag: return {"red-flag", "a warning sign was answered with yes"};
    case SafetyReason::pain_over_limit: return {"pain-over-limit", "pain above the patient's limit"};
    case SafetyReason::pain_risen: return {"pain-risen", "pain risen since the first answer of the day"};
    case SafetyReason::not_settled:
      return {"not-settled", "pain after exercise did not settle within 24 hours"};
    case SafetyReason::no_support: return {"no-support", "no support within reach"};
    case SafetyReason::no_helper: return {"no-helper", "no helper present"};
    case SafetyReason::not_answered: return {"not-answered", "a question was not answered"};
    case SafetyReason::stopped: return {"stopped", "exercising was stopped because of pain"};
    case SafetyReason::limit_passed: return {"limit-passed", "a limit of the session was passed"};
  }
  return {"other", "other"};
}

Json code_of_verdict(const SafetyVerdict& verdict) {
  Json code = Json::object();
  code["coding"] = Json::array();
  std::string words;
  for (const SafetyFinding& finding : verdict.findings) {
    const std::string name = code_of(finding);
    const bool new_code = std::none_of(code["coding"].begin(), code["coding"].end(), [&](const Json& coding) {
      return json::text_of(coding, "code") == name;
    });
    if (new_code) code["coding"].push_back({{"system", fhir::kFlag}, {"code", name}});
    words += (words.empty() ? "" : "; ") + std::string{named(finding.reason).words};
    if (finding.reason == SafetyReason::red_flag || finding.reason == SafetyReason::limit_passed)
      words += " (" + finding.question + ")";
  }
  code["text"] = words;
  return code;
}

bool is_of_the_day(std::optional<Moment> moment) {
  return moment == Moment::before || moment == Moment::next_morning;
}

void read_response(const Json& response, SafetyStatement& statement) {
  statement.facts = safety_facts(response);
  if (const Json* identifier = json::field(response, "identifier"))
    statement.answers = json::text_of(*identifier, "value");
  for (const Json& reference : json::list_of(response, "basedOn")) {
    if (const auto id = fhir::id_in(&reference, "ServiceRequest"); !id.empty()) statement.exercise = id;
  }
  const auto back = fhir::extensions(response, fhir::kTakesBack);
  if (back.size() == 1) statement.takes_back = json::text_of(*back.front(), "valueUri");
}

std::string time_in(const Json& resource) {
  for (const char* name : {"authored", "effectiveDateTime"}) {
    if (const auto time = json::text_of(resource, name); !time.empty()) return std::string{time};
  }
  const Json* period = json::field(resource, "effectivePeriod");
  return period == nullptr ? std::string{} : std::string{json::text_of(*period, "end")};
}

}  // namespace

std::string code_of(const SafetyFinding& finding) {
  const char* code = named(finding.reason).code;
  return finding.reason == SafetyReason::limit_passed ? code + ("-" + finding.question) : code;
}

std::optional<int> pain_of(const Json& observation) {
  const std::string_view status = json::text_of(observation, "status");
  const Json* value = json::field(observation, "valueQuantity");
  const bool counts = status == "final" || status == "amended" || status == "corrected";
  if (!counts || value == nullptr ||
      !fhir::has_coding(json::field(observation, "code"), fhir::kLoinc, fhir::kPainCode))
    return {};
  return json::whole_of(*value, "value", 0, 10);
}

std::optional<Moment> moment_of_pain(const Json& observation) {
  for (const Json& component : json::list_of(observation, "component")) {
    const Json* value = json::field(component, "valueCodeableConcept");
    if (value == nullptr || !fhir::has_coding(json::field(component, "code"), fhir::kObservation, "moment"))
      continue;
    for (const Json& coding : json::list_of(*value, "coding")) {
      if (json::text_of(coding, "system") == fhir::kMoment) return moment_of(json::text_of(coding, "code"));
    }
  }
  return {};
}

std::optional<SafetyStatement> statement_of(const Json& resource) {
  const std::string_view type = json::text_of(resource, "resourceType");
  SafetyStatement statement;
  statement.patient = fhir::id_in(json::field(resource, "subject"), "Patient");
  statement.when = time_in(resource);
  statement.simulated = fhir::has_tag(resource, fhir::kTag, "simulated");
  if (statement.patient.empty()) return {};
  if (type == "QuestionnaireResponse") {
    const std::string_view status = json::text_of(resource, "status");
    if (status != "completed" && status != "amended" && status != "stopped") return {};
    read_response(resource, statement);
    return statement;
  }
  if (type != "Observation" || !json::list_of(resource, "derivedFrom").empty()) return {};
  statement.facts.pain = pain_of(resource);
  statement.facts.of_the_day = is_of_the_day(moment_of_pain(resource));
  return statement.facts.pain ? std::optional{statement} : std::nullopt;
}

Json flag_of(const SafetyStatement& statement, const SafetyVerdict& verdict, const std::string& evidence,
             const std::string& identifier, const std::string& now) {
  Json flag = Json::object();
  flag["resourceType"] = "Flag";
  fhir::mark(flag, statement.simulated);
  flag["extension"] =
      Json::array({Json{{"url", fhir::kEvidence}, {"valueReference", {{"reference", evidence}}}}});
  if (const auto hold = hold_of(statement, verdict, now)) flag["extension"].push_back(hold_extension(*hold));
  flag["identifier"] = Json::array({Json{{"system", fhir::kFlag}, {"value", identifier}}});
  if (!statement.answers.empty())
    flag["identifier"].push_back({{"system", fhir::kAnswers}, {"value", statement.answers}});
  flag["status"] = "active";
  flag["category"] = Json::array(
      {fhir::codeable("http://terminology.hl7.org/CodeSystem/flag-category", "safety", "Safety")});
  flag["code"] = code_of_verdict(verdict);
  flag["subject"] = fhir::reference_to("Patient", statement.patient);
  flag["period"] = {{"start", statement.when.empty() ? now : statement.when}};
  flag["author"] = {{"display", "Reprise's rules for answers: not clinically reviewed"}};
  return flag;
}

}  // namespace reprise::care
