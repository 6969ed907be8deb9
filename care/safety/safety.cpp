// SPDX-License-Identifier: Apache-2.0
#include "care/safety/safety.h"

#include <algorithm>

namespace reprise::care {
namespace {

struct Weight {
  Verdict verdict;
  bool tells_clinic;
};

Weight weight_of(SafetyReason reason) {
  switch (reason) {
    case SafetyReason::red_flag: return {Verdict::end_session, true};
    case SafetyReason::pain_over_limit:
    case SafetyReason::pain_risen:
    case SafetyReason::not_settled:
    case SafetyReason::stopped:
    case SafetyReason::limit_passed: return {Verdict::stop_exercise, true};
    case SafetyReason::no_support:
    case SafetyReason::no_helper: return {Verdict::stop_exercise, false};
    case SafetyReason::not_answered: return {Verdict::ask, false};
  }
  return {Verdict::end_session, true};
}

void find(SafetyVerdict& verdict, SafetyReason reason, std::string_view question) {
  const Weight weight = weight_of(reason);
  verdict.verdict = std::max(verdict.verdict, weight.verdict);
  verdict.tells_clinic = verdict.tells_clinic || weight.tells_clinic;
  verdict.findings.push_back({reason, std::string{question}});
}

void judge_red_flags(const SafetyFacts& facts, SafetyVerdict& verdict) {
  for (const auto& [question, yes] : facts.red_flags) {
    if (yes) find(verdict, SafetyReason::red_flag, question);
  }
  if (!facts.red_flags_due) return;
  for (const std::string_view question : kRedFlags) {
    if (facts.red_flags_of_version_1 && question == kSinceVersion2) continue;
    if (facts.red_flags.find(question) == facts.red_flags.end())
      find(verdict, SafetyReason::not_answered, question);
  }
}

void judge_pain(const SafetyFacts& facts, const PainLimits& limits, SafetyVerdict& verdict) {
  if (!facts.pain) {
    if (facts.pain_due) find(verdict, SafetyReason::not_answered, "pain");
    return;
  }
  if (*facts.pain > limits.stop) find(verdict, SafetyReason::pain_over_limit, "pain");
  if (facts.pain_before && *facts.pain - *facts.pain_before >= limits.rise)
    find(verdict, SafetyReason::pain_risen, "pain");
}

void judge_need(bool needed, std::optional<bool> there, SafetyReason lacking, std::string_view question,
                SafetyVerdict& verdict) {
  if (!needed || there == true) return;
  find(verdict, there ? lacking : SafetyReason::not_answered, question);
}

}  // namespace

SafetyVerdict judge(const SafetyFacts& facts, const PainLimits& limits) {
  SafetyVerdict verdict;
  judge_red_flags(facts, verdict);
  judge_pain(facts, limits, verdict);
  judge_need(facts.needs_support, facts.support_in_reach, SafetyReason::no_support, "support-in-reach",
             verdict);
  judge_need(facts.needs_helper, facts.helper_present, SafetyReason::no_helper, "helper-present", verdict);
  if (facts.settled == false) find(verdict, SafetyReason::not_settled, "settled");
  // By other limits than these, as when they were changed meanwhile, or without a number.
  if (!facts.stopped) return verdict;
  if (!facts.passed_limit.empty()) {
    find(verdict, SafetyReason::limit_passed, facts.passed_limit);
  } else if (!verdict.tells_clinic) {
    find(verdict, SafetyReason::stopped, {});
  }
  return verdict;
}

}  // namespace reprise::care
