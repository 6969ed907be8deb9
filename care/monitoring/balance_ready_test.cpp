// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/balance_ready.h"

#include <gmock/gmock.h>

#include "care/monitoring/flag_changes.h"
#include "care/outcome/measurement_observations.h"
#include "care/plan/balance_ladder.h"
#include "fhir/validation/validate.h"
#include "session/measurements/balance_programme.h"
#include "tests/support/patient_days.h"

namespace reprise::care {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr fhir::Day kReadyDay = 20'000;
constexpr const char* kPart = "tandem.firm.eyes_open.10s";

Json level_extension(const char* stance, bool released) {
  Json parts = Json::parse(R"([{"url": "surface", "valueCode": "firm"}, {"url": "eyes", "valueCode": "open"},
    {"url": "task", "valueCode": "none"}, {"url": "holds", "valueInteger": 2},
    {"url": "hold", "valueQuantity": {"value": 10, "system": "http://unitsofmeasure.org", "code": "s"}}])");
  parts.push_back({{"url", "stance"}, {"valueCode", stance}});
  if (stance == std::string_view{"single-leg"}) parts.push_back({{"url", "side"}, {"valueCode", "left"}});
  if (released) parts.push_back({{"url", "released"}, {"valueDate", "2024-09-01"}});
  return {{"url", fhir::kBalanceLevel}, {"extension", parts}};
}

/// A ladder of tandem and one leg; two whole sessions make it harder.
Json ladder(bool released) {
  Json request = {{"resourceType", "ServiceRequest"},
                  {"id", "ladder"},
                  {"status", "active"},
                  {"intent", "order"},
                  {"category", Json::array({fhir::codeable(fhir::kOrder, "balance-programme", "Balance")})},
                  {"subject", {{"reference", std::string{"Patient/"} + PatientDays::kPatient}}}};
  request["extension"] =
      Json::array({Json{{"url", fhir::kBalance},
                        {"extension", Json::array({Json{{"url", "sessions"}, {"valueInteger", 2}}})}},
                   level_extension("tandem", true), level_extension("single-leg", released)});
  return request;
}

/// The Observations of a session, as the app sends them; `whole` of two holds.
void add_session(std::vector<Json>& resources, fhir::Day day, int whole) {
  std::vector<session::BalanceHold> holds(2);
  for (int i = 0; i < 2; ++i) {
    session::BalanceHold& hold = holds[static_cast<std::size_t>(i)];
    hold.part = kPart;
    hold.start = Seconds{30.0 * i};
    hold.planned = Seconds{10};
    hold.whole = i < whole;
    hold.held = Seconds{hold.whole ? 10.0 : 3.0};
  }
  session::MeasurementInput input;
  input.source.kind = session::SignalSourceKind::simulated;
  const auto document = session::measure_balance_programme(input, holds);
  ASSERT_TRUE(document) << to_string(document.error());
  std::string id = "00000000-0000-4000-8000-000000000000";
  id.replace(id.size() - 5, 5, std::to_string(day));
  const std::string start = fhir::date_of(day) + "T10:00:00Z";
  const auto bundle =
      measurement_bundle(*document, {id, PatientDays::kPatient, start, start, "ladder", true});
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  EXPECT_THAT(fhir::validate(*bundle), IsEmpty());
  for (const Json& entry : (*bundle)["entry"]) {
    Json resource = entry["resource"];
    resource["id"] = "b" + std::to_string(resources.size());
    resources.push_back(std::move(resource));
  }
}

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
