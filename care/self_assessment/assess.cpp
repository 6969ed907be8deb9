// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/assess.h"

#include <algorithm>
#include <cmath>

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 10> kReasonKinds = {
    "red_flag",    "pain_over_limit", "stopped_by_pain", "lasts_long", "getting_worse",
    "hard_things", "side_difference", "less_than_last",  "few_stands", "fewer_than_last"};
constexpr std::array<std::string_view, 5> kNotOffered = {"unsteady", "support", "release", "enough",
                                                         "limited"};

void raise(SelfOutcome& outcome, SelfLevel level, SelfReasonKind kind, std::string about = {}) {
  outcome.level = std::max(outcome.level.value_or(level), level);
  outcome.reasons.push_back({kind, std::move(about)});
}

std::vector<const SelfRegion*> chosen_regions(const SelfDefinition& definition, const SelfAnswers& answers) {
  std::vector<const SelfRegion*> chosen;
  for (const SelfRegion& region : definition.regions) {
    const auto& ids = answers.regions;
    if (std::find(ids.begin(), ids.end(), region.id) != ids.end()) chosen.push_back(&region);
  }
  return chosen;
}

// A yes ends it, asked or not; with `must`, an answer must be there.
void judge_flags(const std::vector<SelfFlag>& flags, bool must, const SelfAnswers& answers,
                 SelfOutcome& outcome) {
  for (const SelfFlag& flag : flags) {
    const auto answer = answers.flags.find(flag.id);
    if (answer == answers.flags.end()) {
      if (must) outcome.missing.push_back(flag.id);
    } else if (answer->second) {
      raise(outcome, flag.level, SelfReasonKind::red_flag, flag.id);
      outcome.ended = outcome.tells_clinic = true;
    }
  }
}

// The limits of every exercise: no pain before it is known here, so a rise is that during a test.
void judge_pain(const SelfAnswers& answers, SelfOutcome& outcome) {
  if (answers.pain && *answers.pain > answers.limits.stop) {
    raise(outcome, SelfLevel::see_someone_first, SelfReasonKind::pain_over_limit);
    outcome.ended = outcome.tells_clinic = true;
  }
  if (!answers.stop) return;
  const auto& pain = answers.stop->pain;
  const bool over =
      !pain || *pain > answers.limits.stop || (answers.pain && *pain - *answers.pain >= answers.limits.rise);
  raise(outcome, over ? SelfLevel::see_someone_first : SelfLevel::worth_showing,
        SelfReasonKind::stopped_by_pain, answers.stop->test);
  outcome.ended = true;
  outcome.tells_clinic = outcome.tells_clinic || over;
}

std::optional<SelfReasonKind> counted_as(const SelfDefinition& definition, const char* question,
                                         const std::string& option) {
  const auto options = definition.questions.find(question);
  if (options == definition.questions.end()) return std::nullopt;
  for (const SelfOption& one : options->second) {
    if (one.id != option || one.counts_as.empty()) continue;
    const auto* kind = std::find(kReasonKinds.begin(), kReasonKinds.end(), one.counts_as);
    if (kind != kReasonKinds.end()) return static_cast<SelfReasonKind>(kind - kReasonKinds.begin());
  }
  return std::nullopt;
}

void judge_questions(const SelfDefinition& definition, const SelfAnswers& answers, SelfOutcome& outcome) {
  for (const auto& [question, answer] : {std::pair{"since", &answers.since}, {"course", &answers.course}}) {
    if (const auto kind = counted_as(definition, question, *answer))
      raise(outcome, SelfLevel::worth_showing, *kind);
  }
  if (answers.hard && static_cast<int>(answers.hard->size()) >= definition.hard_things)
    raise(outcome, SelfLevel::worth_showing, SelfReasonKind::hard_things);
}

bool stands(TestPosition position) {
  return position != TestPosition::seated && position != TestPosition::lying;
}

std::optional<NotOffered> reason_against(const SelfTest& test, const SelfAnswers& answers) {
  // No one watches a ceiling here.
  if (answers.limited) return NotOffered::limited;
  if (test.position >= TestPosition::single_leg && answers.released.count(test.position) == 0)
    return NotOffered::release;
  if (!stands(test.position)) return std::nullopt;
  if (answers.unsteady != false) return NotOffered::unsteady;
  if (answers.support_in_reach != true) return NotOffered::support;
  return std::nullopt;
}

bool is_of(const SelfTest& test, const SelfRegion& region) {
  return std::find(test.regions.begin(), test.regions.end(), region.id) != test.regions.end();
}

// Tests of function of any of these regions, each once.
std::vector<const SelfTest*> function_tests_of(const SelfDefinition& definition,
                                               const std::vector<const SelfRegion*>& regions) {
  std::vector<const SelfTest*> tests;
  for (const SelfTest& test : definition.function_tests) {
    const bool asked = std::any_of(regions.begin(), regions.end(),
                                   [&](const SelfRegion* region) { return is_of(test, *region); });
    if (asked) tests.push_back(&test);
  }
  return tests;
}

// The first test of each region, those of function, then the second ones: with three tests no region is left
// out for another.
std::vector<const SelfTest*> tests_in_order(const SelfDefinition& definition,
                                            const std::vector<const SelfRegion*>& regions) {
  std::vector<const SelfTest*> tests;
  std::size_t rounds = 1;
  for (const SelfRegion* region : regions) rounds = std::max(rounds, region->tests.size());
  for (std::size_t round = 0; round < rounds; ++round) {
    for (const SelfRegion* region : regions) {
      if (round < region->tests.size()) tests.push_back(&region->tests[round]);
    }
    if (round > 0) continue;
    for (const SelfTest* test : function_tests_of(definition, regions)) tests.push_back(test);
  }
  return tests;
}

void offer_tests(const SelfDefinition& definition, const std::vector<const SelfRegion*>& regions,
                 const SelfAnswers& answers, SelfOutcome& outcome) {
  int offered = 0;
  for (const SelfTest* test : tests_in_order(definition, regions)) {
    auto why = reason_against(*test, answers);
    if (!why && offered == definition.most_tests) why = NotOffered::enough;
    if (!why) ++offered;
    outcome.tests.push_back({test, why});
  }
  const auto opposed = [&](const SelfTest& test) { return reason_against(test, answers).has_value(); };
  for (const SelfRegion* region : regions) {
    const bool none =
        std::all_of(region->tests.begin(), region->tests.end(), opposed) &&
        std::all_of(definition.function_tests.begin(), definition.function_tests.end(),
                    [&](const SelfTest& test) { return !is_of(test, *region) || opposed(test); });
    if (none) outcome.without_test.push_back(region);
  }
}

double error_of(const SelfMeasurement& one) {
  return one.uncertainty ? one.uncertainty->value() : 0;
}

double error_of_both(const SelfMeasurement& one, const SelfMeasurement& other) {
  return std::hypot(error_of(one), error_of(other));
}

bool errors_known(const SelfMeasurement& one, const SelfMeasurement& other) {
  return one.uncertainty && other.uncertainty;
}

void compare_sides(const SelfDefinition& definition, SelfFinding& finding) {
  const auto of = [&](Side side) {
    return std::find_if(finding.measured.begin(), finding.measured.end(),
                        [&](const SelfMeasurement& one) { return one.side == side && one.angle; });
  };
  const auto left = of(Side::left);
  const auto right = of(Side::right);
  const auto end = finding.measured.end();
  if (left == end || right == end || !errors_known(*left, *right)) return;
  const double more = left->angle->value() - right->angle->value();
  const double apart = std::abs(more);
  finding.difference_deg = static_cast<int>(std::lround(apart));
  if (apart <= error_of_both(*left, *right)) {
    finding.compare = SidesCompare::alike;
  } else if (apart < definition.side_difference) {
    finding.compare = SidesCompare::small_difference;
  } else {
    finding.compare = SidesCompare::less_far;
    finding.lesser = more < 0 ? Side::left : Side::right;
  }
}

void compare_with_earlier(const SelfDefinition& definition, const SelfAnswers& answers,
                          SelfFinding& finding) {
  for (const SelfMeasurement& now : finding.measured) {
    if (!now.angle) continue;
    for (const SelfEarlier& one : answers.earlier) {
      const SelfMeasurement& then = one.measured;
      if (then.test != now.test || then.side != now.side || !then.angle || !errors_known(now, then)) continue;
      const double more = now.angle->value() - then.angle->value();
      const bool sure = std::abs(more) > error_of_both(now, then) && std::abs(more) >= definition.change;
      finding.changes.push_back({now.side, sure ? static_cast<int>(std::lround(more)) : 0,
                                 static_cast<int>(std::lround(then.angle->value())), one.day});
      break;
    }
  }
}

// A count within its error decides nothing.
void compare_stands(const SelfDefinition& definition, const SelfAnswers& answers, SelfFinding& finding) {
  const SelfMeasurement& now = finding.measured.front();
  if (!now.stands) return;
  using session::FunctionTest;
  const auto reference = session::reference_of(FunctionTest::sit_to_stand_30, answers.person);
  const auto group = session::reference_group_of(FunctionTest::sit_to_stand_30, answers.person);
  if (reference && reference->low && group) {
    const int low = static_cast<int>(std::lround(*reference->low));
    const int more = *now.stands - low;
    const auto compare = std::abs(more) <= definition.stands_error ? StandsCompare::near
                         : more < 0                                ? StandsCompare::below
                                                                   : StandsCompare::above;
    finding.stands = SelfStands{compare, low, *group};
  }
  const auto then = std::find_if(answers.earlier.begin(), answers.earlier.end(), [&](const SelfEarlier& one) {
    return one.measured.test == now.test && one.measured.stands;
  });
  if (then == answers.earlier.end()) return;
  const int earlier = *then->measured.stands;
  const int change = *now.stands - earlier;
  const bool sure = std::abs(change) > definition.stands_error;
  finding.changes.push_back({std::nullopt, sure ? change : 0, earlier, then->day});
}

void judge_finding(const SelfDefinition& definition, const SelfTest& test, const SelfAnswers& answers,
                   SelfOutcome& outcome) {
  SelfFinding finding;
  finding.test = &test;
  for (const SelfMeasurement& one : answers.measured) {
    if (one.test == test.id) finding.measured.push_back(one);
  }
  if (finding.measured.empty()) return;
  const bool counted = test.kind == SelfTestKind::function;
  if (counted) {
    compare_stands(definition, answers, finding);
  } else {
    std::stable_sort(finding.measured.begin(), finding.measured.end(),
                     [](const SelfMeasurement& a, const SelfMeasurement& b) { return a.side < b.side; });
    compare_sides(definition, finding);
    compare_with_earlier(definition, answers, finding);
  }
  if (finding.compare == SidesCompare::less_far)
    raise(outcome, SelfLevel::worth_showing, SelfReasonKind::side_difference, test.id);
  if (finding.stands && finding.stands->compare == StandsCompare::below)
    raise(outcome, SelfLevel::worth_showing, SelfReasonKind::few_stands, test.id);
  const bool less = std::any_of(finding.changes.begin(), finding.changes.end(),
                                [](const SelfChange& change) { return change.change < 0; });
  if (less)
    raise(outcome, SelfLevel::worth_showing,
          counted ? SelfReasonKind::fewer_than_last : SelfReasonKind::less_than_last, test.id);
  outcome.findings.push_back(std::move(finding));
}

void judge_findings(const SelfDefinition& definition, const std::vector<const SelfRegion*>& regions,
                    const SelfAnswers& answers, SelfOutcome& outcome) {
  for (const SelfRegion* region : regions) {
    for (const SelfTest& test : region->tests) judge_finding(definition, test, answers, outcome);
  }
  for (const SelfTest* test : function_tests_of(definition, regions))
    judge_finding(definition, *test, answers, outcome);
}

void note_missing(const SelfDefinition& definition, const std::vector<const SelfRegion*>& regions,
                  const SelfAnswers& answers, SelfOutcome& outcome) {
  const auto ask = [&](bool open, const char* field) {
    if (open) outcome.missing.emplace_back(field);
  };
  ask(!answers.pain, "pain");
  ask(answers.since.empty(), "since");
  ask(answers.course.empty(), "course");
  ask(!answers.worse_with, "worse_with");
  ask(!answers.hard, "hard");
  const auto tests = tests_in_order(definition, regions);
  const bool standing =
      std::any_of(tests.begin(), tests.end(), [](const SelfTest* test) { return stands(test->position); });
  ask(standing && !answers.unsteady, "unsteady");
}

}  // namespace

std::string_view name(SelfReasonKind kind) {
  return kReasonKinds[static_cast<std::size_t>(kind)];
}

std::string_view name(NotOffered why) {
  return kNotOffered[static_cast<std::size_t>(why)];
}

SelfOutcome assess_self(const SelfDefinition& definition, const SelfAnswers& answers) {
  SelfOutcome outcome;
  const auto regions = chosen_regions(definition, answers);
  judge_flags(definition.red_flags, true, answers, outcome);
  for (const SelfRegion& region : definition.regions) {
    const bool chosen = std::find(regions.begin(), regions.end(), &region) != regions.end();
    judge_flags(region.flags, chosen, answers, outcome);
  }
  judge_pain(answers, outcome);
  const bool warned = std::any_of(outcome.reasons.begin(), outcome.reasons.end(),
                                  [](const SelfReason& one) { return one.kind == SelfReasonKind::red_flag; });
  // What to do about a warning sign stands alone.
  if (warned) {
    outcome.missing.clear();
    return outcome;
  }
  judge_questions(definition, answers, outcome);
  judge_findings(definition, regions, answers, outcome);
  // Flags that are still open stay named. Only a level that sends the person to someone stands without them.
  if (outcome.ended && (outcome.missing.empty() || outcome.level >= SelfLevel::see_someone_first))
    return outcome;
  outcome.ended = false;
  if (outcome.missing.empty()) {
    if (regions.empty()) {
      outcome.missing.emplace_back("regions");
    } else {
      note_missing(definition, regions, answers, outcome);
    }
  }
  if (!outcome.missing.empty()) {
    outcome.level.reset();
    outcome.reasons.clear();
    return outcome;
  }
  offer_tests(definition, regions, answers, outcome);
  if (!outcome.level) outcome.level = SelfLevel::no_haste;
  return outcome;
}

}  // namespace reprise::care
