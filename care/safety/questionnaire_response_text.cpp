// SPDX-License-Identifier: Apache-2.0
#include "care/safety/questionnaire_response_text.h"

#include <array>

#include "care/safety/hold.h"
#include "care/safety/questionnaire_response.h"
#include "json/reader.h"
#include "json/write.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 4> kVerdictNames = {"go_on", "ask", "stop_exercise", "end_session"};
constexpr std::array<std::string_view, 9> kReasonNames = {"red_flag",     "pain_over_limit", "pain_risen",
                                                          "not_settled",  "no_support",      "no_helper",
                                                          "not_answered", "stopped",         "limit_passed"};

}  // namespace

Result<std::string> answers_bundle_text(std::string_view answers) {
  json::Document page{answers, "documenting answers"};
  json::Reader input = page.root();
  Answers given;
  given.id = input.text("id");
  given.session = input.text_or_null("session");
  given.patient = input.text("patient");
  given.programme = input.text_or_null("programme");
  given.questionnaire = input.text("questionnaire");
  given.authored = input.text("authored");
  given.exercise = input.text_or_null("exercise");
  given.stopped = input.truth_or_null("stopped").value_or(false);
  given.passed_limit = input.text_or_null("passedLimit");
  given.takes_back = input.text_or_null("takesBack");
  given.partial = input.truth_or_null("partial").value_or(false);
  given.simulated = input.truth("simulated");
  for (json::Reader& item : input.items("answers", 500)) {
    Answer answer{item.text("question"), false};
    const Json* value = item.value("value");
    if (value == nullptr) continue;
    if (value->is_boolean()) {
      answer.value = value->get<bool>();
    } else if (const auto whole = json::whole_of(item.json(), "value", -1'000'000, 1'000'000)) {
      answer.value = *whole;
    } else if (const auto number = json::number_of(item.json(), "value")) {
      answer.value = *number;
    } else {
      answer.value = item.text("value", 10'000);
    }
    given.answers.push_back(std::move(answer));
  }
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const auto bundle = answers_bundle(given);
  if (!bundle) return tl::unexpected(bundle.error());
  return json::write(*bundle);
}

Result<std::string> safety_text(std::string_view facts_text) {
  json::Document page{facts_text, "judging answers"};
  json::Reader input = page.root();
  SafetyFacts facts;
  PainLimits limits;
  json::Reader given_limits = input.group("limits");
  limits.stop = given_limits.whole("painStop", 0, 10);
  limits.rise = given_limits.whole("painRise", 1, 10);
  json::Reader flags = input.group_or_null("redFlags");
  if (flags.there()) {
    facts.red_flags_due = true;
    facts.red_flags_of_version_1 = input.text_or_null("redFlagsVersion") == "1";
    for (const auto& item : flags.json().items()) {
      if (!item.value().is_null()) facts.red_flags.emplace(item.key(), flags.truth(item.key()));
    }
  }
  facts.pain_due = input.has("pain");
  facts.pain = input.whole_or_null("pain", 0, 10);
  facts.pain_before = input.whole_or_null("painBefore", 0, 10);
  json::Reader support = input.group_or_null("support");
  if (support.there()) {
    facts.needs_support = support.truth("needed");
    facts.support_in_reach = support.truth_or_null("inReach");
  }
  json::Reader helper = input.group_or_null("helper");
  if (helper.there()) {
    facts.needs_helper = helper.truth("needed");
    facts.helper_present = helper.truth_or_null("present");
  }
  facts.settled = input.truth_or_null("settled");
  SafetyStatement statement;
  statement.exercise = input.text_or_null("exercise");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const SafetyVerdict verdict = judge(facts, limits);
  const auto hold = hold_of(statement, verdict, {});
  Json out = {{"verdict", kVerdictNames[static_cast<std::size_t>(verdict.verdict)]},
              {"tellsClinic", verdict.tells_clinic},
              {"holds", hold ? Json(hold->exercise.empty() ? "all" : "exercise") : Json{}},
              {"findings", Json::array()}};
  for (const SafetyFinding& finding : verdict.findings) {
    out["findings"].push_back({{"reason", kReasonNames[static_cast<std::size_t>(finding.reason)]},
                               {"question", json::or_null(finding.question)}});
  }
  return json::write(out);
}

}  // namespace reprise::care
