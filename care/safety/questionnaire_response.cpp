// SPDX-License-Identifier: Apache-2.0
#include "care/safety/questionnaire_response.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "care/safety/endurance_limits.h"
#include "care/safety/patient_reported.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kAnswersStage = "documenting answers";
constexpr std::size_t kMostAnswers = 500;
constexpr std::size_t kMostText = 10'000;

tl::unexpected<Error> wrong_answer(std::string cause) {
  return fail(ErrorCode::invalid_argument, kAnswersStage, std::move(cause),
              "correct it; reprise.d.mts explains each field");
}

std::optional<Moment> pain_moment(std::string_view question) {
  if (question == kPainBefore) return Moment::before;
  if (question == kPainDuring) return Moment::during;
  if (question == kPainAfter) return Moment::after;
  if (question == kPainNextMorning) return Moment::next_morning;
  return {};
}

bool is_scale(std::string_view question) {
  return question == kEffort || pain_moment(question);
}

Result<void> check_answer(const Answer& answer) {
  if (!fhir::is_id(answer.question))
    return wrong_answer("a question is no linkId of letters, digits, '-' and '.'");
  if (const auto* number = std::get_if<double>(&answer.value); number != nullptr && !std::isfinite(*number))
    return wrong_answer("a number is not finite");
  if (const auto* text = std::get_if<std::string>(&answer.value);
      text != nullptr && (fhir::clean_text(*text).empty() || text->size() > kMostText)) {
    return wrong_answer("a text is empty or longer than 10000 bytes");
  }
  const auto* whole = std::get_if<int>(&answer.value);
  if (is_scale(answer.question) && (whole == nullptr || *whole < 0 || *whole > 10))
    return wrong_answer("pain and effort are whole numbers from 0 to 10");
  const bool yes_or_no = std::find(kRedFlags.begin(), kRedFlags.end(), answer.question) != kRedFlags.end();
  if (yes_or_no && !std::holds_alternative<bool>(answer.value))
    return wrong_answer("a red flag is answered by yes or no");
  return {};
}

Result<void> check_answers(const Answers& answers) {
  if (!is_uuid(answers.id) || (!answers.session.empty() && !is_uuid(answers.session)))
    return wrong_answer("id and session are not both UUIDs in lower case");
  if (!answers.takes_back.empty() && (!is_uuid(answers.takes_back) || answers.takes_back == answers.id))
    return wrong_answer("takesBack is no UUID of earlier answers");
  const auto id_or_empty = [](const std::string& id) { return id.empty() || fhir::is_id(id); };
  if (!fhir::is_id(answers.patient) || !id_or_empty(answers.programme) || !id_or_empty(answers.exercise))
    return wrong_answer("patient, programme and exercise are not all ids");
  const auto bar = answers.questionnaire.find('|');
  const bool blank = std::any_of(answers.questionnaire.begin(), answers.questionnaire.end(),
                                 [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  if (bar == std::string::npos || bar == 0 || bar + 1 == answers.questionnaire.size() || blank)
    return wrong_answer("questionnaire is not a canonical with its version: url|version");
  if (!fhir::is_date_time(answers.authored) || answers.authored.size() <= 10)
    return wrong_answer("authored is no time with a zone");
  if (!answers.passed_limit.empty() && (!answers.stopped || !endurance_sign_from_name(answers.passed_limit)))
    return wrong_answer("passedLimit is no name of a limit, or nothing was stopped");
  const bool none = answers.answers.empty() && !answers.stopped;
  if (none || answers.answers.size() > kMostAnswers)
    return wrong_answer("there are no answers, or more than 500");
  std::vector<std::string_view> questions;
  for (const Answer& answer : answers.answers) {
    if (auto right = check_answer(answer); !right) return right;
    questions.push_back(answer.question);
  }
  std::sort(questions.begin(), questions.end());
  if (std::adjacent_find(questions.begin(), questions.end()) != questions.end())
    return wrong_answer("a question is answered twice");
  return {};
}

Json item_of(const Answer& answer) {
  Json value = Json::object();
  if (const auto* yes = std::get_if<bool>(&answer.value)) value["valueBoolean"] = *yes;
  if (const auto* whole = std::get_if<int>(&answer.value)) value["valueInteger"] = *whole;
  if (const auto* number = std::get_if<double>(&answer.value)) value["valueDecimal"] = *number;
  if (const auto* text = std::get_if<std::string>(&answer.value))
    value["valueString"] = fhir::clean_text(*text);
  return {{"linkId", answer.question}, {"answer", Json::array({std::move(value)})}};
}

Json stopped_extension(const std::string& passed_limit) {
  if (passed_limit.empty()) return {{"url", fhir::kStopped}, {"valueBoolean", true}};
  return {{"url", fhir::kStopped}, {"valueCode", passed_limit}};
}

// The first answers of all items, whatever groups they stand in. The depth is what parse_resource allows.
void collect(const Json& items_of, std::map<std::string, const Json*, std::less<>>& found) {
  for (const Json& item : json::list_of(items_of, "item")) {
    const Json& given = json::list_of(item, "answer");
    if (!given.empty()) found.emplace(json::text_of(item, "linkId"), &given.front());
    for (const Json& answer : given) collect(answer, found);
    collect(item, found);
  }
}

}  // namespace

Result<Json> answers_bundle(const Answers& answers) {
  if (const auto right = check_answers(answers); !right) return tl::unexpected(right.error());
  const std::string uuid = "urn:uuid:" + answers.id;
  Json response = Json::object();
  response["resourceType"] = "QuestionnaireResponse";
  fhir::mark(response, answers.simulated);
  response["identifier"] = {{"system", fhir::kUuid}, {"value", uuid}};
  Json about = Json::array();
  if (!answers.programme.empty()) about.push_back(fhir::reference_to("CarePlan", answers.programme));
  if (!answers.exercise.empty()) about.push_back(fhir::reference_to("ServiceRequest", answers.exercise));
  if (!about.empty()) response["basedOn"] = std::move(about);
  Json extension = Json::array();
  if (answers.stopped) extension.push_back(stopped_extension(answers.passed_limit));
  if (!answers.takes_back.empty())
    extension.push_back({{"url", fhir::kTakesBack}, {"valueUri", "urn:uuid:" + answers.takes_back}});
  if (!extension.empty()) response["extension"] = std::move(extension);
  response["questionnaire"] = answers.questionnaire;
  // R4: "completed" promises an answer to each required question.
  response["status"] = answers.partial ? "stopped" : "completed";
  response["subject"] = fhir::reference_to("Patient", answers.patient);
  response["authored"] = answers.authored;
  response["author"] = fhir::reference_to("Patient", answers.patient);
  response["source"] = fhir::reference_to("Patient", answers.patient);
  if (!answers.answers.empty()) response["item"] = Json::array();
  for (const Answer& answer : answers.answers) response["item"].push_back(item_of(answer));
  fhir::Transaction transaction;
  transaction.create(std::move(response), fhir::kUuid, uuid, fhir::kFirstInBundle);
  const ReportContext by{answers.patient, answers.session, answers.authored, answers.simulated};
  for (const Answer& answer : answers.answers) {
    if (!is_scale(answer.question)) continue;
    const int value = std::get<int>(answer.value);
    const auto moment = pain_moment(answer.question);
    Json observation = moment ? pain_observation(by, *moment, value) : effort_observation(by, value);
    const std::string identifier = answers.id + "." + answer.question;
    observation["identifier"].push_back({{"system", fhir::kResult}, {"value", identifier}});
    observation["derivedFrom"] = Json::array({Json{{"reference", fhir::kFirstInBundle}}});
    transaction.create(std::move(observation), fhir::kResult, identifier);
  }
  return std::move(transaction).take();
}

SafetyFacts safety_facts(const Json& questionnaire_response) {
  std::map<std::string, const Json*, std::less<>> found;
  collect(questionnaire_response, found);
  const auto truth = [&](std::string_view question) {
    const auto answer = found.find(question);
    return answer == found.end() ? std::nullopt : json::truth_of(*answer->second, "valueBoolean");
  };
  const auto score = [&](std::string_view question) {
    const auto answer = found.find(question);
    return answer == found.end() ? std::nullopt : json::whole_of(*answer->second, "valueInteger", 0, 10);
  };
  SafetyFacts facts;
  for (const std::string_view flag : kRedFlags) {
    if (const auto yes = truth(flag)) facts.red_flags.emplace(flag, *yes);
  }
  for (const std::string_view flag : kSelfFlags) {
    if (truth(flag) == true) facts.red_flags.emplace(flag, true);
  }
  const std::string_view questionnaire = json::text_of(questionnaire_response, "questionnaire");
  facts.red_flags_due = questionnaire.substr(0, questionnaire.find('|')) ==
                        std::string{fhir::kQuestionnairePrefix} + "red-flags";
  facts.red_flags_of_version_1 = facts.red_flags_due && questionnaire.ends_with("|1");
  facts.pain_before = score(kPainBefore);
  facts.of_the_day = facts.pain_before || score(kPainNextMorning);
  const auto stopped = fhir::extensions(questionnaire_response, fhir::kStopped);
  if (stopped.size() == 1) {
    const std::string_view limit = json::text_of(*stopped.front(), "valueCode");
    // An unknown name stops as well, but is no text that a patient could write into a Flag.
    if (endurance_sign_from_name(limit)) facts.passed_limit = limit;
    facts.stopped = !limit.empty() || json::truth_of(*stopped.front(), "valueBoolean").value_or(false);
  }
  for (const std::string_view question : {kPainBefore, kPainDuring, kPainAfter, kPainNextMorning}) {
    const auto value = score(question);
    if (value) facts.pain = std::max(facts.pain.value_or(0), *value);
  }
  facts.support_in_reach = truth(kSupportInReach);
  facts.needs_support = facts.support_in_reach.has_value();
  facts.helper_present = truth(kHelperPresent);
  facts.needs_helper = facts.helper_present.has_value();
  facts.settled = truth(kSettled);
  return facts;
}

}  // namespace reprise::care
