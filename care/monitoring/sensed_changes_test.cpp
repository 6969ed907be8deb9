// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/sensed_changes.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "care/monitoring/flag_changes.h"
#include "tests/support/sensed_days.h"

namespace reprise::care {
namespace {

using session::MeasurementKind;
using session::SignalMeasure;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr fhir::Day kLastDay = 20'000;  // 2024-10-04
constexpr std::int64_t kHourMs = in_ms(std::chrono::hours{1});
constexpr const char* kStepTime = "gait/step_time_asymmetry";

std::vector<RuleFinding> sensed_at(const SensedDays& diary, std::int64_t now_ms) {
  const auto course = read_trajectory(diary.resources, SensedDays::kPatient, now_ms);
  return find_sensed_changes(read_sensed_series(diary.resources, SensedDays::kPatient, now_ms), course,
                             now_ms);
}

std::vector<RuleFinding> sensed_in(const SensedDays& diary, fhir::Day today = kLastDay) {
  return sensed_at(diary, noon_ms(today));
}

/// 30 days of walking, the last 3 less even.
SensedDays less_even_walk() {
  SensedDays diary;
  for (int i = 0; i < 27; ++i) diary.asymmetry(kLastDay - 29 + i, 0.05 + 0.004 * (i % 3));
  for (int i = 0; i < 3; ++i) diary.asymmetry(kLastDay - 2 + i, 0.15 + 0.004 * i);
  return diary;
}

TEST(SensedChanges, SayWhatChangedSinceWhenAndHowSurely) {
  const auto findings = sensed_in(less_even_walk());
  ASSERT_THAT(findings, SizeIs(1));
  const RuleFinding& finding = findings[0];
  EXPECT_EQ(finding.key, kStepTime);
  EXPECT_EQ(finding.since, kLastDay - 2);
  EXPECT_EQ(finding.urgency, Urgency::soon);
  EXPECT_NEAR(finding.before, 5.4, 0.1);
  EXPECT_NEAR(finding.value, 15.2, 0.3);
  ASSERT_TRUE(finding.sensed);
  EXPECT_EQ(finding.sensed->before_count, 27);
  EXPECT_GT(finding.sensed->confidence, 0.75);
  EXPECT_GT(finding.sensed->half_width, 0);
  EXPECT_LE(finding.sensed->earliest, kLastDay - 3);
  EXPECT_THAT(finding.evidence, SizeIs(3)) << "all since, also those after it was sure";
  EXPECT_THAT(finding.evidence, Each(HasSubstr("Observation/")));
  EXPECT_THAT(words_of(finding), HasSubstr("Asymmetry of step time: up 9."));
  EXPECT_THAT(words_of(finding), HasSubstr("since 2024-10-02 (15."));
  EXPECT_THAT(words_of(finding), HasSubstr("against 27 days"));
  EXPECT_THAT(words_of(finding), HasSubstr("sure; change detector 2)"));
}

TEST(SensedChanges, TheFlagHasItsNumbersMethodAndVersion) {
  const SensedDays diary = less_even_walk();
  const auto course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(kLastDay));
  const Json flag = flag_of(sensed_in(diary).at(0), course, "2024-10-04T12:00:00Z");
  EXPECT_EQ(flag["code"]["coding"][0]["code"], kSensedChange);
  EXPECT_EQ(flag["author"]["display"], "Reprise's change detector 2: not clinically reviewed");
  const std::string finding = flag["extension"][0].dump();
  for (const char* part : {"urn:reprise:rule:sensed-change|2", "uncertainty", "earliest", "latest",
                           "confidence", "before-count", "after-count", "\"sensed\"", "step_time_asymmetry"})
    EXPECT_THAT(finding, HasSubstr(part));
}

TEST(SensedChanges, IsSaidOnceAndAfterAClosingOnlyWhatBeganLater) {
  SensedDays diary = less_even_walk();
  auto course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(kLastDay));
  const auto findings = sensed_in(diary);
  Json flag = flag_of(findings.at(0), course, at(kLastDay));
  flag["id"] = "f1";
  diary.resources.push_back(flag);
  course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(kLastDay));
  EXPECT_THAT(unsaid(findings, course), IsEmpty());
  EXPECT_THAT(over({}, {}, course), IsEmpty()) << "a clinician decides";
  diary.resources.back()["status"] = "inactive";
  diary.resources.back()["period"]["end"] = at(kLastDay);
  EXPECT_THAT(sensed_in(diary), IsEmpty());
  for (int i = 1; i <= 12; ++i) diary.asymmetry(kLastDay + i, i < 9 ? 0.155 : 0.3);
  const auto later = sensed_in(diary, kLastDay + 12);
  ASSERT_THAT(later, SizeIs(1));
  EXPECT_EQ(later[0].since, kLastDay + 9);
}

// The patient's clock is an hour ahead of UTC.
TEST(SensedChanges, DaysAreThoseOfThePatient) {
  SensedDays diary = less_even_walk();
  const auto course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(kLastDay));
  Json flag = flag_of(sensed_in(diary).at(0), course, at(kLastDay));
  flag["id"] = "f1";
  flag["status"] = "inactive";
  diary.resources.push_back(flag);
  const auto closed_at = [&](const char* utc) {
    diary.resources.back()["period"]["end"] = at(kLastDay - 3, utc);
    return sensed_in(diary);
  };
  EXPECT_THAT(closed_at("22:30:00Z"), SizeIs(1)) << "the change began on the next day";
  EXPECT_THAT(closed_at("23:30:00Z"), IsEmpty()) << "closed half an hour into its first day";
  const SensedDays open = less_even_walk();
  fhir::Day last_said = kLastDay + 25;
  while (!sensed_in(open, last_said + 1).empty()) ++last_said;
  EXPECT_THAT(sensed_at(open, noon_ms(last_said) + kDayMs / 2 - 2 * kHourMs), SizeIs(1));
  EXPECT_THAT(sensed_at(open, noon_ms(last_said) + kDayMs / 2 - kHourMs), IsEmpty());
}

TEST(SensedChanges, AWorseningTakesThePlaceOfAnImprovement) {
  SensedDays diary;
  for (int i = 0; i < 27; ++i) diary.asymmetry(kLastDay - 29 + i, 0.25 + 0.004 * (i % 3));
  for (int i = 0; i < 3; ++i) diary.asymmetry(kLastDay - 2 + i, 0.1);
  const auto improved = sensed_in(diary);
  ASSERT_THAT(improved, SizeIs(1));
  auto course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(kLastDay));
  Json flag = flag_of(improved[0], course, at(kLastDay));
  flag["id"] = "better";
  diary.resources.push_back(flag);
  for (int i = 1; i <= 12; ++i) diary.asymmetry(kLastDay + i, i < 9 ? 0.1 + 0.004 * (i % 3) : 0.4);
  const fhir::Day later = kLastDay + 12;
  course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(later));
  const auto worse = sensed_in(diary, later);
  ASSERT_THAT(unsaid(worse, course), SizeIs(1));
  EXPECT_EQ(worse[0].urgency, Urgency::soon);
  EXPECT_THAT(over({}, worse, course), ElementsAre("better"));
  EXPECT_THAT(over({}, improved, course), IsEmpty()) << "as long as it is the newest";
  diary.resources.push_back(flag_of(worse[0], course, at(later)));
  diary.resources.back()["id"] = "worse";
  *std::find(diary.resources.begin(), diary.resources.end(), flag) = ended(flag, at(later));
  course = read_trajectory(diary.resources, SensedDays::kPatient, noon_ms(later));
  EXPECT_THAT(unsaid(sensed_in(diary, later), course), IsEmpty());
  EXPECT_THAT(over({}, sensed_in(diary, later), course), IsEmpty());
}

TEST(SensedChanges, AnImprovementCanWait) {
  SensedDays diary;
  for (int i = 0; i < 27; ++i) diary.asymmetry(kLastDay - 29 + i, 0.25 + 0.004 * (i % 3));
  for (int i = 0; i < 3; ++i) diary.asymmetry(kLastDay - 2 + i, 0.1);
  const auto findings = sensed_in(diary);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].urgency, Urgency::watch);
  EXPECT_THAT(words_of(findings[0]), HasSubstr(": down 15"));
}

TEST(SensedChanges, WhatHasEndedOrIsOldIsNoNews) {
  SensedDays ended = less_even_walk();
  for (int i = 1; i <= 5; ++i) ended.asymmetry(kLastDay + i, 0.054);
  EXPECT_THAT(sensed_in(ended, kLastDay + 5), IsEmpty());
  EXPECT_THAT(sensed_in(less_even_walk(), kLastDay + 40), IsEmpty());
}

TEST(SensedChanges, DraftsOtherUnitsAndClocksThatAreAheadDoNotCount) {
  for (const auto& spoil : std::vector<void (*)(Json&)>{
           [](Json& o) { o["status"] = "preliminary"; },
           [](Json& o) { o["valueQuantity"]["code"] = "1"; },
           [](Json& o) { o["valueQuantity"]["comparator"] = ">"; },
           [](Json& o) { o["subject"]["reference"] = "Patient/other"; },
       }) {
    SensedDays diary = less_even_walk();
    for (std::size_t i = diary.resources.size() - 3; i < diary.resources.size(); ++i)
      spoil(diary.resources[i]);
    EXPECT_THAT(sensed_in(diary), IsEmpty());
  }
  EXPECT_THAT(sensed_in(less_even_walk(), kLastDay - 5), IsEmpty());
}

// The heart is compared with earlier sessions of the same exercise and effort alone.
TEST(SensedChanges, AHeartRateSpikeInAnExerciseIsALine) {
  SensedDays diary;
  for (int i = 0; i < 24; ++i) {
    const fhir::Day day = kLastDay - 24 + i;
    diary.session(day, i % 2 == 0 ? "squat" : "heel_slide", 3).heart(day, (i % 2 == 0 ? 120 : 80) + i % 5);
  }
  EXPECT_THAT(sensed_in(diary, kLastDay - 1), IsEmpty()) << "two exercises of different rates are no changes";
  diary.session(kLastDay, "heel_slide", 3).heart(kLastDay, 118);
  const auto findings = sensed_in(diary);
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].key, "heart/heart_rate@heel_slide+low");
  EXPECT_EQ(findings[0].exercise, "heel_slide");
  EXPECT_EQ(findings[0].sensed->shape, "spike");
  EXPECT_EQ(findings[0].since, kLastDay);
  // Its Procedure precedes its effort and the heart rate.
  for (const char* status : {"in-progress", "entered-in-error", "not-done"}) {
    SensedDays spoiled = diary;
    spoiled.resources[diary.resources.size() - 3]["status"] = status;
    EXPECT_THAT(sensed_in(spoiled), IsEmpty()) << status;
  }
  SensedDays harder = diary;
  harder.resources.resize(diary.resources.size() - 3);
  harder.session(kLastDay, "heel_slide", 8).heart(kLastDay, 118);
  EXPECT_THAT(sensed_in(harder), IsEmpty()) << "of another effort";
}

}  // namespace
}  // namespace reprise::care
