// SPDX-License-Identifier: Apache-2.0
#include "care/safety/hold.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/time.h"
#include "fhir/fields/days.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::int64_t kMinuteMs = in_ms(std::chrono::minutes{1});

Json part(const char* url, const char* type, Json value) {
  return {{"url", url}, {type, std::move(value)}};
}

std::optional<std::int64_t> instant(std::string_view date_time) {
  const auto interval = fhir::interval_of(date_time);
  return interval ? interval->start_ms : std::nullopt;
}

// Whether every part is one that is known, so that nothing which narrows or ends the hold is misread.
bool is_readable(const Json& extension) {
  constexpr std::array<std::string_view, 5> kKnown = {"exercise", "until", "recorded", "pain", "question"};
  const Json& parts = json::list_of(extension, "extension");
  return std::all_of(parts.begin(), parts.end(), [&](const Json& one) {
    return std::find(kKnown.begin(), kKnown.end(), json::text_of(one, "url")) != kKnown.end();
  });
}

void read_part(const Json& one, Hold& hold) {
  const std::string_view name = json::text_of(one, "url");
  if (name == "exercise") hold.exercise = fhir::id_in(json::field(one, "valueReference"), "ServiceRequest");
  if (name == "until") hold.needs_clinician = json::text_of(one, "valueCode") != "next-day";
  if (name == "recorded") hold.recorded = json::text_of(one, "valueInstant");
  if (name == "question") hold.questions.emplace_back(json::text_of(one, "valueCode"));
  if (name == "pain") hold.pain = json::whole_of(one, "valueInteger", 0, 10);
}

// Which answers a Flag is about.
std::string answers_of(const Json& flag) {
  for (const Json& identifier : json::list_of(flag, "identifier")) {
    if (json::text_of(identifier, "system") == fhir::kAnswers)
      return std::string{json::text_of(identifier, "value")};
  }
  return {};
}

// Given on this device: the record gives each of its resources a version.
bool is_of_this_device(const Json& response) {
  const Json* meta = json::field(response, "meta");
  return meta == nullptr || json::field(*meta, "versionId") == nullptr;
}

void add_holds_of_this_device(const fhir::AnswerIndex& record, std::string_view patient,
                              const PainLimits& limits, std::vector<Hold>& holds) {
  std::vector<std::string> known;  // to the record, whatever became of it there
  for (const Json* flag : record.all("Flag")) known.push_back(answers_of(*flag));
  std::vector<Hold> own;
  for (const Json* response : record.all("QuestionnaireResponse")) {
    const auto statement = is_of_this_device(*response) ? statement_of(*response) : std::nullopt;
    if (!statement || statement->patient != patient) continue;
    known.push_back(statement->takes_back);
    if (!statement->facts.stopped) continue;
    if (auto hold = hold_of(*statement, judge(statement->facts, limits), {})) own.push_back(std::move(*hold));
  }
  for (Hold& hold : own) {
    if (std::find(known.begin(), known.end(), hold.answers) == known.end()) holds.push_back(std::move(hold));
  }
}

}  // namespace

std::optional<Hold> hold_of(const SafetyStatement& statement, const SafetyVerdict& verdict,
                            const std::string& recorded) {
  if (!verdict.tells_clinic) return {};
  Hold hold;
  hold.recorded = recorded;
  hold.said = statement.when;
  hold.answers = statement.answers;
  hold.pain = statement.facts.pain;
  hold.needs_clinician = verdict.verdict == Verdict::end_session;
  for (const SafetyFinding& finding : verdict.findings) {
    if (finding.reason == SafetyReason::red_flag) hold.questions.push_back(finding.question);
    hold.reasons.push_back(code_of(finding));
  }
  if (!hold.needs_clinician) hold.exercise = statement.exercise;
  return hold;
}

Json hold_extension(const Hold& hold) {
  Json parts = Json::array();
  if (!hold.exercise.empty())
    parts.push_back(part("exercise", "valueReference", fhir::reference_to("ServiceRequest", hold.exercise)));
  parts.push_back(part("until", "valueCode", hold.needs_clinician ? "clinician" : "next-day"));
  parts.push_back(part("recorded", "valueInstant", hold.recorded));
  for (const std::string& question : hold.questions) parts.push_back(part("question", "valueCode", question));
  if (hold.pain) parts.push_back(part("pain", "valueInteger", *hold.pain));
  return {{"url", fhir::kHold}, {"extension", std::move(parts)}};
}

std::optional<Hold> active_hold(const Json& flag) {
  const auto found = fhir::extensions(flag, fhir::kHold);
  if (found.empty() || json::text_of(flag, "status") != "active" ||
      !fhir::extensions(flag, fhir::kHoldEnded).empty())
    return {};
  Hold hold;
  hold.needs_clinician = true;
  if (found.size() == 1 && is_readable(*found.front())) {
    for (const Json& one : json::list_of(*found.front(), "extension")) read_part(one, hold);
  }
  if (hold.needs_clinician) hold.exercise.clear();
  hold.answers = answers_of(flag);
  if (const Json* period = json::field(flag, "period")) hold.said = json::text_of(*period, "start");
  if (const Json* code = json::field(flag, "code")) {
    for (const Json& coding : json::list_of(*code, "coding")) {
      if (json::text_of(coding, "system") == fhir::kFlag)
        hold.reasons.emplace_back(json::text_of(coding, "code"));
    }
  }
  return hold;
}

std::vector<Hold> read_holds(const fhir::AnswerIndex& record, std::string_view patient,
                             const PainLimits& limits) {
  std::vector<Hold> holds;
  for (const Json* flag : record.all("Flag")) {
    if (fhir::id_in(json::field(*flag, "subject"), "Patient") != patient) continue;
    if (auto hold = active_hold(*flag)) holds.push_back(std::move(*hold));
  }
  add_holds_of_this_device(record, patient, limits, holds);
  return holds;
}

bool takes_back(const SafetyStatement& later, const Hold& hold, std::int64_t now_ms) {
  if (later.takes_back.empty() || later.takes_back != hold.answers) return false;
  const auto soon = [](std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
    return from && to && std::abs(*to - *from) <= kTakeBackMs;
  };
  return soon(instant(hold.recorded), now_ms) && soon(instant(hold.said), instant(later.when));
}

bool opens_again(const SafetyStatement& later, const SafetyVerdict& verdict, const Hold& hold,
                 std::int64_t now_ms) {
  if (hold.needs_clinician || verdict.tells_clinic || !later.facts.of_the_day || !later.facts.pain)
    return false;
  const auto recorded = instant(hold.recorded);
  const auto said = instant(hold.said);
  const auto said_later = instant(later.when);
  if (!recorded || !said_later || *said_later > now_ms + kTakeBackMs) return false;
  const std::int64_t zone = fhir::zone_minutes(later.when) * kMinuteMs;
  const auto day = [&](std::int64_t ms) { return (ms + zone) / kDayMs; };
  const bool later_day = day(now_ms) > day(*recorded) && now_ms - *recorded >= kNightMs;
  return later_day && (!said || (day(*said_later) > day(*said) && *said_later - *said >= kNightMs));
}

Json with_hold_ended(Json flag, HoldEnd why, const std::string& evidence, const std::string& now) {
  const bool back = why == HoldEnd::taken_back;
  flag["extension"].push_back(
      {{"url", fhir::kHoldEnded},
       {"extension", Json::array({part("why", "valueCode", back ? "taken-back" : "next-day"),
                                  part("when", "valueInstant", now),
                                  part("answers", "valueReference", {{"reference", evidence}})})}});
  if (flag.contains("code")) {
    flag["code"]["text"] =
        std::string{json::text_of(flag["code"], "text")} +
        (back ? "; taken back at once as a wrong touch" : "; answered within the limits on a later day");
  }
  return flag;
}

}  // namespace reprise::care
