// SPDX-License-Identifier: Apache-2.0
#include "care/plan/requested_questionnaires.h"

#include <algorithm>

#include "fhir/fields/days.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kQuestionnaireCode = "questionnaire";

// The detail of an activity that requests a questionnaire; null if it is of another kind.
const Json* questionnaire_detail(const Json& activity) {
  const Json* detail = json::field(activity, "detail");
  const bool asks = detail != nullptr &&
                    fhir::has_coding(json::field(*detail, "code"), fhir::kActivity, kQuestionnaireCode);
  return asks ? detail : nullptr;
}

std::string date_of_extension(const Json& detail, std::string_view url, const char* type) {
  const auto found = fhir::extensions(detail, url);
  return found.empty() ? std::string{} : std::string{json::text_of(*found.front(), type)};
}

// What can be shown of a request, whether or not it can be followed.
QuestionnaireRequest shown_request(const Json& detail) {
  QuestionnaireRequest asked;
  const Json& canonicals = json::list_of(detail, "instantiatesCanonical");
  if (!canonicals.empty() && canonicals.front().is_string())
    asked.canonical = canonicals.front().get<std::string>();
  asked.since = date_of_extension(detail, fhir::kAskedSince, "valueDateTime");
  asked.answer_by = date_of_extension(detail, fhir::kAnswerBy, "valueDate");
  asked.reason = json::text_of(detail, "description");
  return asked;
}

std::string key_of(const QuestionnaireRequest& asked) {
  return asked.canonical + " " + asked.since;
}

RequestState state_of(const QuestionnaireRequest& asked, std::string_view today) {
  if (asked.done) return RequestState::done;
  std::string last_day;
  if (!asked.answer_by.empty() && asked.last_answered.empty()) {
    last_day = asked.answer_by;
  } else if (const auto due = fhir::day_of(asked.due); asked.every_days > 0 && due) {
    last_day = fhir::date_of(*due + asked.every_days);
  }
  if (!last_day.empty() && today > last_day) return RequestState::overdue;
  return asked.due > today ? RequestState::later : RequestState::due;
}

std::vector<std::string> newest_first(std::vector<const Json*> answers) {
  const auto when = [](const Json* answer) {
    const auto interval = fhir::interval_of(json::text_of(*answer, "authored"));
    return interval && interval->start_ms ? *interval->start_ms : std::int64_t{0};
  };
  std::stable_sort(answers.begin(), answers.end(),
                   [&](const Json* a, const Json* b) { return when(a) > when(b); });
  std::vector<std::string> ids;
  for (const Json* answer : answers) ids.emplace_back(json::text_of(*answer, "id"));
  return ids;
}

bool is_closed(const RequestedQuestionnaire& one) {
  return one.state == RequestState::done || one.state == RequestState::withdrawn;
}

}  // namespace

std::vector<RequestedQuestionnaire> requested_questionnaires(const Json& care_plan,
                                                             const fhir::AnswerIndex& record,
                                                             std::string_view today) {
  const auto patient = fhir::id_in(json::field(care_plan, "subject"), "Patient");
  const Json* period = json::field(care_plan, "period");
  const std::string_view start = period == nullptr ? std::string_view{} : json::text_of(*period, "start");
  std::vector<RequestedQuestionnaire> all;
  for (const Json& activity : json::list_of(care_plan, "activity")) {
    const Json* detail = questionnaire_detail(activity);
    if (detail == nullptr) continue;
    RequestedQuestionnaire one;
    one.asked = shown_request(*detail);
    one.key = key_of(one.asked);
    one.answers = newest_first(counted_answers(one.asked, record, patient));
    if (!is_open_request(*detail)) {
      one.state =
          json::text_of(*detail, "status") == "completed" ? RequestState::done : RequestState::withdrawn;
    } else if (auto asked = read_asked(activity); asked && *asked) {
      one.asked = std::move(**asked);
      find_due(one.asked, record, patient, start);
      one.state = state_of(one.asked, today);
    }
    all.push_back(std::move(one));
  }
  std::stable_partition(all.begin(), all.end(), [](const auto& one) { return !is_closed(one); });
  return all;
}

void add_request(Json& care_plan, const QuestionnaireRequest& asked) {
  Json detail = Json::object();
  detail["extension"] = Json::array({Json{{"url", fhir::kAskedSince}, {"valueDateTime", asked.since}}});
  if (!asked.answer_by.empty())
    detail["extension"].push_back({{"url", fhir::kAnswerBy}, {"valueDate", asked.answer_by}});
  detail["code"]["coding"] = Json::array({Json{{"system", fhir::kActivity}, {"code", kQuestionnaireCode}}});
  detail["instantiatesCanonical"] = Json::array({asked.canonical});
  detail["status"] = "scheduled";
  if (asked.every_days > 0)
    detail["scheduledTiming"]["repeat"] = {
        {"frequency", 1}, {"period", asked.every_days}, {"periodUnit", "d"}};
  if (!asked.reason.empty()) detail["description"] = asked.reason;
  Json activities = json::list_of(care_plan, "activity");
  activities.push_back({{"detail", std::move(detail)}});
  care_plan["activity"] = std::move(activities);
}

void set_request_status(Json& care_plan, std::string_view key, std::string_view status) {
  Json activities = json::list_of(care_plan, "activity");
  for (Json& activity : activities) {
    const Json* detail = questionnaire_detail(activity);
    if (detail != nullptr && key_of(shown_request(*detail)) == key) activity["detail"]["status"] = status;
  }
  care_plan["activity"] = std::move(activities);
}

}  // namespace reprise::care
