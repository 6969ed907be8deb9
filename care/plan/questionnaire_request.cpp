// SPDX-License-Identifier: Apache-2.0
#include "care/plan/questionnaire_request.h"

#include <algorithm>

#include "care/plan/request_schedule.h"
#include "fhir/fields/days.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

std::string_view without_version(std::string_view canonical) {
  return canonical.substr(0, canonical.find('|'));
}

bool has_unknown_extension(const Json& detail) {
  const Json& all = json::list_of(detail, "extension");
  return std::any_of(all.begin(), all.end(), [](const Json& one) {
    const std::string_view url = json::text_of(one, "url");
    return url.substr(0, fhir::kOurs.size()) == fhir::kOurs && url != fhir::kAskedSince &&
           url != fhir::kAnswerBy;
  });
}

std::optional<std::int64_t> instant_of(std::string_view date_time) {
  const auto interval = fhir::interval_of(date_time);
  return interval ? interval->start_ms : std::nullopt;
}

// Reads when the request begins and ends; false if that is unreadable.
bool read_when(const Json& detail, QuestionnaireRequest& asked) {
  const auto since = fhir::extensions(detail, fhir::kAskedSince);
  const auto by = fhir::extensions(detail, fhir::kAnswerBy);
  if (since.size() > 1 || by.size() > 1) return false;
  if (!since.empty()) {
    asked.since = json::text_of(*since.front(), "valueDateTime");
    // A day without a time would leave open which answers of that day count.
    if (asked.since.size() <= std::string_view{"2026-03-14"}.size() || !fhir::local_day(asked.since) ||
        !instant_of(asked.since))
      return false;
  }
  if (!by.empty()) {
    asked.answer_by = json::text_of(*by.front(), "valueDate");
    if (!fhir::day_of(asked.answer_by)) return false;
  }
  return true;
}

bool counts_for(const QuestionnaireRequest& asked, std::string_view authored) {
  if (asked.since.empty()) return true;
  const auto at = instant_of(authored);
  const auto since = instant_of(asked.since);
  return at && since && *at >= *since;
}

}  // namespace

bool is_open_request(const Json& detail) {
  const std::string_view status = json::text_of(detail, "status");
  return status == "not-started" || status == "scheduled" || status == "in-progress";
}

std::vector<const Json*> counted_answers(const QuestionnaireRequest& asked, const fhir::AnswerIndex& record,
                                         std::string_view patient) {
  std::vector<const Json*> answers;
  for (const Json* response : record.all("QuestionnaireResponse")) {
    const std::string_view status = json::text_of(*response, "status");
    if ((status == "completed" || status == "amended") &&
        without_version(json::text_of(*response, "questionnaire")) == without_version(asked.canonical) &&
        fhir::id_in(json::field(*response, "subject"), "Patient") == patient &&
        counts_for(asked, json::text_of(*response, "authored")))
      answers.push_back(response);
  }
  return answers;
}

std::optional<tl::expected<QuestionnaireRequest, std::string>> read_asked(const Json& activity) {
  const Json* detail = json::field(activity, "detail");
  if (detail == nullptr || !fhir::has_coding(json::field(*detail, "code"), fhir::kActivity, "questionnaire"))
    return {};
  using Read = tl::expected<QuestionnaireRequest, std::string>;
  const auto refuse = [](const char* why) { return Read{tl::unexpected(std::string{why})}; };
  if (json::field(activity, "modifierExtension") != nullptr ||
      json::field(*detail, "modifierExtension") != nullptr)
    return refuse("it has a modifierExtension, which is not understood");
  if (has_unknown_extension(*detail)) return refuse("it has an extension of Reprise that is not understood");
  if (!is_open_request(*detail)) return {};
  if (json::truth_of(*detail, "doNotPerform").value_or(false))
    return refuse("it is marked as not to be done (doNotPerform)");
  QuestionnaireRequest asked;
  if (!read_when(*detail, asked)) return refuse("its start or its due day is unreadable");
  const Json& canonicals = json::list_of(*detail, "instantiatesCanonical");
  if (canonicals.size() != 1 || !canonicals.front().is_string())
    return refuse("it names no questionnaire, or several (instantiatesCanonical)");
  asked.canonical = canonicals.front().get<std::string>();
  if (without_version(asked.canonical).empty()) return refuse("it names a questionnaire without a URL");
  asked.reason = json::text_of(*detail, "description");
  if (json::field(*detail, "scheduledPeriod") != nullptr ||
      json::field(*detail, "scheduledString") != nullptr)
    return refuse("its schedule is unreadable: write a period in days or weeks");
  if (const Json* timing = json::field(*detail, "scheduledTiming")) {
    const auto days = days_between(*timing);
    if (!days) return refuse("its schedule is unreadable: write a period in days or weeks");
    asked.every_days = *days;
  }
  return Read{std::move(asked)};
}

void find_due(QuestionnaireRequest& asked, const fhir::AnswerIndex& record, std::string_view patient,
              std::string_view start) {
  std::optional<std::int64_t> last;
  for (const Json* response : counted_answers(asked, record, patient)) {
    // The local day of the answer.
    const auto day = fhir::local_day(json::text_of(*response, "authored"));
    if (day && (!last || *day > *last)) last = day;
  }
  if (!last) {
    const auto first = asked.since.empty() ? fhir::day_of(start) : fhir::local_day(asked.since);
    asked.due = first ? fhir::date_of(*first) : std::string{};
    return;
  }
  asked.last_answered = fhir::date_of(*last);
  asked.done = asked.every_days == 0;
  if (!asked.done) asked.due = fhir::date_of(*last + asked.every_days);
}

}  // namespace reprise::care
