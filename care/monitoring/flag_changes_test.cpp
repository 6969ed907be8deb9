// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/flag_changes.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "fhir/validation/validate.h"
#include "tests/support/patient_days.h"

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr fhir::Day kFlagDay = 20'000;

Rule absence() {
  Rule rule;
  rule.id = "no-session";
  rule.version = 3;
  rule.kind = RuleKind::absence;
  rule.of = Watched::sessions;
  rule.least_days = 4;
  rule.usual_gap = 2;
  return rule;
}

struct Raised {
  PatientDays diary;
  Json flag;
};

// An absence of six days.
Raised raised() {
  Raised all;
  all.diary.programme(kFlagDay - 30);
  for (fhir::Day day = kFlagDay - 15; day <= kFlagDay - 6; ++day) all.diary.session(day);
  const std::vector<Rule> rules = {absence()};
  const PatientTrajectory course =
      read_trajectory(all.diary.resources, PatientDays::kPatient, noon_ms(kFlagDay));
  const auto findings = evaluate_rules(rules, course, noon_ms(kFlagDay));
  EXPECT_THAT(findings, SizeIs(1));
  all.flag = flag_of(findings.at(0), course, at(kFlagDay));
  all.flag["id"] = "flag1";
  return all;
}

struct Now {
  PatientTrajectory course;
  std::vector<RuleFinding> findings;
};

Now now(const PatientDays& diary, fhir::Day day = kFlagDay) {
  const std::vector<Rule> rules = {absence()};
  Now all{read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(day)), {}};
  all.findings = evaluate_rules(rules, all.course, noon_ms(day));
  return all;
}

TEST(FlagChanges, AFlagIsFhirAndNamesItsEvidence) {
  const Json flag = raised().flag;
  EXPECT_THAT(fhir::validate(flag), IsEmpty());
  EXPECT_EQ(flag["status"], "active");
  EXPECT_EQ(flag["code"]["coding"][0]["code"], "no-session");
  EXPECT_EQ(flag["identifier"][0]["value"], "p1/no-session/2024-09-28");
  const auto evidence = fhir::extensions(flag, fhir::kEvidence);
  ASSERT_THAT(evidence, SizeIs(1));
  EXPECT_THAT((*evidence[0])["valueReference"]["reference"].get<std::string>(), HasSubstr("Procedure/"));
}

TEST(FlagChanges, RaisesNothingThatAnActiveFlagReports) {
  Raised all = raised();
  EXPECT_THAT(unsaid(now(all.diary).findings, now(all.diary).course), SizeIs(1));
  all.diary.add(all.flag);
  EXPECT_THAT(now(all.diary).findings, SizeIs(1));
  EXPECT_THAT(unsaid(now(all.diary).findings, now(all.diary).course), IsEmpty());
}

TEST(FlagChanges, AnAbsenceEndsWithTheNextSession) {
  Raised all = raised();
  all.diary.add(all.flag);
  const std::vector<Rule> rules = {absence()};
  EXPECT_THAT(over(rules, now(all.diary).findings, now(all.diary).course), IsEmpty());
  all.diary.session(kFlagDay);
  EXPECT_THAT(over(rules, now(all.diary).findings, now(all.diary).course), ElementsAre("flag1"));
  const Json over_now = ended(all.flag, at(kFlagDay));
  EXPECT_EQ(over_now["status"], "inactive");
  EXPECT_THAT(fhir::validate(over_now), IsEmpty());
}

TEST(FlagChanges, AChangeStaysUntilAClinicianHasLooked) {
  Raised all = raised();
  all.diary.add(all.flag);
  Rule change = absence();
  change.kind = RuleKind::change;
  const std::vector<Rule> rules = {change};
  EXPECT_THAT(over(rules, {}, now(all.diary).course), IsEmpty());
}

// Clinician finding 14: two Flags about one thing never stand side by side.
TEST(FlagChanges, AMoreUrgentFlagTakesThePlaceOfALessUrgentOne) {
  Rule soon;
  soon.id = "pain-up";
  soon.version = 1;
  soon.kind = RuleKind::change;
  soon.by = 2;
  soon.recent = {5, 2};
  soon.before = {14, 4};
  Rule at_once = soon;
  at_once.id = "pain-jump";
  at_once.urgency = Urgency::now;
  at_once.by = 4;
  at_once.recent = {3, 1};
  const std::vector<Rule> rules = {soon, at_once};
  PatientDays diary;
  diary.programme(kFlagDay - 30);
  for (fhir::Day day = kFlagDay - 9; day < kFlagDay - 2; ++day) diary.session(day).pain(day, 2);
  const auto look = [&](fhir::Day day) {
    Now all{read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(day)), {}};
    all.findings = evaluate_rules(rules, all.course, noon_ms(day));
    return all;
  };
  const auto raise = [&](const Now& all, fhir::Day day, const char* id) {
    Json flag = flag_of(all.findings.at(0), all.course, at(day));
    flag["id"] = id;
    return flag;
  };
  diary.pain(kFlagDay - 2, 4).pain(kFlagDay - 1, 4);
  Now before = look(kFlagDay - 1);
  ASSERT_THAT(unsaid(before.findings, before.course), SizeIs(1));
  EXPECT_EQ(before.findings[0].rule, "pain-up");
  diary.add(raise(before, kFlagDay - 1, "soon"));
  diary.pain(kFlagDay, 8);
  Now now = look(kFlagDay);
  ASSERT_THAT(unsaid(now.findings, now.course), SizeIs(1));
  EXPECT_EQ(now.findings[0].rule, "pain-jump");
  EXPECT_THAT(over(rules, now.findings, now.course), ElementsAre("soon"));
  // Later only the less urgent rule finds it: the existing Flag still reports it.
  diary.add(raise(now, kFlagDay, "at-once"));
  diary.resources.erase(std::find_if(diary.resources.begin(), diary.resources.end(),
                                     [](const Json& one) { return one["id"] == "soon"; }));
  diary.pain(kFlagDay + 1, 5).pain(kFlagDay + 2, 5);
  const Now later = look(kFlagDay + 2);
  EXPECT_THAT(unsaid(later.findings, later.course), IsEmpty());
  EXPECT_THAT(over(rules, later.findings, later.course), IsEmpty());
}

Json task(const char* what) {
  return {{"resourceType", "Task"},
          {"code", fhir::codeable(fhir::kFlagTask, what, what)},
          {"focus", {{"reference", "Flag/flag1"}}},
          {"for", {{"reference", "Patient/p1"}}},
          {"requester", {{"reference", "Practitioner/dr"}}},
          {"statusReason", {{"text", "called"}}},
          {"restriction", {{"period", {{"end", "2024-10-11"}}}}}};
}

TEST(FlagDecision, ClosesSnoozesAndOpensAgain) {
  const auto decide = [](const Json& flag, const char* what) {
    const auto decision = decision_of(task(what));
    EXPECT_TRUE(decision && *decision) << what;
    return decided(flag, **decision, "Task/t1", "2024-10-04T12:00:00Z");
  };
  const Json flag = raised().flag;
  const Json snoozed = decide(flag, "snooze");
  EXPECT_EQ(snoozed["status"], "active");
  ASSERT_THAT(fhir::extensions(snoozed, fhir::kSnoozedUntil), SizeIs(1));
  const Json closed = decide(snoozed, "close");
  EXPECT_EQ(closed["status"], "inactive");
  EXPECT_EQ(closed["period"]["end"], "2024-10-04T12:00:00Z");
  EXPECT_THAT(fhir::extensions(closed, fhir::kSnoozedUntil), IsEmpty());
  EXPECT_THAT(fhir::extensions(closed, fhir::kDecision), SizeIs(2));
  const Json open = decide(closed, "reopen");
  EXPECT_EQ(open["status"], "active");
  EXPECT_FALSE(open["period"].contains("end"));
  for (const Json& one : {snoozed, closed, open}) EXPECT_THAT(fhir::validate(one), IsEmpty());
}

TEST(FlagDecision, ClosesAFlagWhoseDeviceWasAhead) {
  Json flag = raised().flag;
  flag["period"]["start"] = "2024-10-04T15:00:00+02:00";
  const FlagDecision close{FlagDecision::What::close, "flag1", "p1", ""};
  const auto end = [&](const char* now) {
    const Json closed = decided(flag, close, "Task/t1", now);
    EXPECT_THAT(fhir::validate(closed), IsEmpty()) << now;
    return closed["period"]["end"];
  };
  EXPECT_EQ(end("2024-10-04T12:00:00Z"), "2024-10-04T15:00:00+02:00");
  EXPECT_EQ(end("2024-10-04T13:30:00Z"), "2024-10-04T13:30:00Z");
  const Json by_itself = ended(flag, "2024-10-04T12:00:00Z");
  EXPECT_EQ(by_itself["period"]["end"], "2024-10-04T15:00:00+02:00");
  EXPECT_THAT(fhir::validate(by_itself), IsEmpty());
}

TEST(FlagDecision, SaysWhatIsMissing) {
  const auto why = [](const char* pointer, const char* what = "snooze") {
    Json changed = task(what);
    changed.erase(pointer);
    const auto decision = decision_of(changed);
    return decision && !*decision ? decision->error() : std::string{"taken"};
  };
  EXPECT_THAT(why("focus"), HasSubstr("focus"));
  EXPECT_THAT(why("for"), HasSubstr("for"));
  EXPECT_THAT(why("requester"), HasSubstr("requester"));
  EXPECT_THAT(why("statusReason"), HasSubstr("say why"));
  EXPECT_THAT(why("restriction"), HasSubstr("until when"));
  EXPECT_EQ(why("statusReason", "reopen"), "taken");
  EXPECT_FALSE(decision_of({{"resourceType", "Task"}}));
}

}  // namespace
}  // namespace reprise::care
