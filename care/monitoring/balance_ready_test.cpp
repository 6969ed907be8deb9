// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/balance_ready.h"

#include <gmock/gmock.h>

#include "care/monitoring/flag_changes.h"
#include "care/plan/balance_ladder.h"
#include "fhir/validation/validate.h"
#include "tests/support/balance_days.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr fhir::Day kReadyDay = 20'000;

struct Ready {
  PatientTrajectory course;
  std::vector<RuleFinding> findings;
};

Ready ready_in(std::vector<Json> resources, bool released = false, fhir::Day day = kReadyDay) {
  resources.push_back(ladder(released));
  Ready all{read_trajectory(resources, PatientDays::kPatient, noon_ms(day)), {}};
  all.findings = find_balance_ready(resources, all.course);
  return all;
}

std::vector<Json> two_whole_sessions() {
  std::vector<Json> resources;
  add_session(resources, kReadyDay - 3, 2);
  add_session(resources, kReadyDay - 1, 2);
  return resources;
}

/// The two sessions, and the Flag that tells of them.
struct Told {
  std::vector<Json> resources = two_whole_sessions();
  Json flag;
};

Told told() {
  Told all;
  const Ready ready = ready_in(all.resources);
  EXPECT_THAT(ready.findings, SizeIs(1));
  all.flag = flag_of(ready.findings.at(0), ready.course, at(kReadyDay));
  all.flag["id"] = "flag1";
  return all;
}

TEST(BalanceReady, ResultsAsTheyAreSentSayThatTheNextLevelWaits) {
  const Ready all = ready_in(two_whole_sessions());
  ASSERT_THAT(all.findings, SizeIs(1));
  const RuleFinding& finding = all.findings[0];
  EXPECT_EQ(finding.key, "ladder/2");
  EXPECT_EQ(finding.value, 2);
  EXPECT_EQ(finding.before, 1);
  EXPECT_EQ(finding.urgency, Urgency::watch);
  EXPECT_EQ(finding.since, kReadyDay - 3);
  EXPECT_THAT(finding.evidence, SizeIs(4)) << "holds and whole holds of both sessions";
  EXPECT_THAT(words_of(finding), HasSubstr("ready for level 2, which is not released: 2 sessions in a row"));
  const Json flag = flag_of(finding, all.course, at(kReadyDay));
  EXPECT_THAT(fhir::validate(flag), IsEmpty());
  EXPECT_EQ(flag["code"]["coding"][0]["code"], kBalanceReady);
}

TEST(BalanceReady, SaysNothingWhereTheSupportWasNeededOrTheLevelIsReleased) {
  std::vector<Json> one;
  add_session(one, kReadyDay - 1, 2);
  EXPECT_THAT(ready_in(one).findings, IsEmpty());
  std::vector<Json> needed = two_whole_sessions();
  add_session(needed, kReadyDay, 1);
  EXPECT_THAT(ready_in(needed).findings, IsEmpty());
  EXPECT_THAT(ready_in(two_whole_sessions(), true).findings, IsEmpty());
}

TEST(BalanceReady, TheLineEndsByItselfWithTheRelease) {
  auto [resources, flag] = told();
  resources.push_back(flag);
  const Ready waits = ready_in(resources);
  EXPECT_THAT(unsaid(waits.findings, waits.course), IsEmpty()) << "it is said once";
  EXPECT_THAT(over({}, waits.findings, waits.course), IsEmpty());
  const Ready released = ready_in(resources, true);
  EXPECT_THAT(over({}, released.findings, released.course), ::testing::ElementsAre("flag1"));
}

TEST(BalanceReady, ALineThatWasClosedComesBackOnlyWithNewSessions) {
  auto [resources, flag] = told();
  resources.push_back(decided(flag, {}, "Task/1", at(kReadyDay)));
  add_session(resources, kReadyDay + 1, 2);
  EXPECT_THAT(ready_in(resources, false, kReadyDay + 2).findings, IsEmpty());
  add_session(resources, kReadyDay + 2, 1);
  add_session(resources, kReadyDay + 3, 2);
  add_session(resources, kReadyDay + 4, 2);
  EXPECT_THAT(ready_in(resources, false, kReadyDay + 5).findings, SizeIs(1));
}

TEST(BalanceReady, ALineThatEndedByItselfAnswersNothing) {
  auto [resources, flag] = told();
  add_session(resources, kReadyDay + 1, 1);
  resources.push_back(ended(flag, at(kReadyDay + 3)));
  add_session(resources, kReadyDay + 2, 2);
  add_session(resources, kReadyDay + 3, 2);
  EXPECT_THAT(ready_in(resources, false, kReadyDay + 3).findings, SizeIs(1));
}

TEST(BalanceReady, ReadsNoLadderThatCannotBeFollowedOrIsOfAnother) {
  std::vector<Json> resources = two_whole_sessions();
  Json broken = ladder(false);
  broken["id"] = "ladder";
  broken["extension"].erase(0);
  resources.push_back(broken);
  const auto course = read_trajectory(resources, PatientDays::kPatient, noon_ms(kReadyDay));
  EXPECT_THAT(find_balance_ready(resources, course), IsEmpty());
  resources.back() = ladder(false);
  resources.back()["subject"]["reference"] = "Patient/another";
  EXPECT_THAT(find_balance_ready(resources, course), IsEmpty());
}

}  // namespace
}  // namespace reprise::care
