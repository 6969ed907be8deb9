// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/evaluate_rules.h"

#include <gmock/gmock.h>

#include "care/monitoring/flag_changes.h"
#include "tests/support/patient_days.h"

namespace reprise::care {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr fhir::Day kToday = 20'000;  // 2024-10-04

Rule pain_up() {
  Rule rule;
  rule.id = "pain-up";
  rule.version = 1;
  rule.by = 2;
  rule.recent = {5, 2};
  rule.before = {14, 4};
  return rule;
}

Rule stuck() {
  Rule rule = pain_up();
  rule.id = "range-stuck";
  rule.kind = RuleKind::plateau;
  rule.of = Watched::range;
  rule.by = 1;
  rule.short_of = 3;
  rule.recent = {16, 5};
  rule.before = {14, 2};
  return rule;
}

Rule silent() {
  Rule rule;
  rule.id = "no-session";
  rule.kind = RuleKind::absence;
  rule.of = Watched::sessions;
  rule.least_days = 4;
  rule.usual_gap = 2;
  return rule;
}

std::vector<RuleFinding> found(const Rule& rule, const PatientDays& diary, fhir::Day today = kToday) {
  const std::vector<Rule> rules = {rule};
  return evaluate_rules(rules, read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(today)),
                        noon_ms(today));
}

/// Pain of the days that end today; -1: no answer.
PatientDays pain_of_days(const std::vector<int>& values, fhir::Day today = kToday) {
  PatientDays diary;
  diary.programme(today - 60);
  fhir::Day day = today - static_cast<fhir::Day>(values.size()) + 1;
  for (const int value : values) {
    if (value >= 0) diary.session(day).pain(day, value);
    ++day;
  }
  return diary;
}

TEST(FindChange, NeedsEachOfTheLastDaysToBeWorseThanUsualByTheThreshold) {
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 3, 2, 2, 3, 2, 5, 5})), SizeIs(1));
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 3, 2, 2, 3, 2, 2, 5})), IsEmpty());  // one day alone
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 3, 2, 2, 3, 2, 3, 3})), IsEmpty());  // a point more
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 2, 5, 5})), IsEmpty());              // nothing is usual yet
  EXPECT_THAT(found(pain_up(), pain_of_days({6, 5, 6, 5, 6, 3, 3})), IsEmpty());     // better
}

TEST(FindChange, TellsTheNumbersAndWhatTheyRestOn) {
  const auto findings = found(pain_up(), pain_of_days({2, 2, 2, 2, 2, 6, 5}));
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(words_of(findings[0]), "Pain up 3 points since 2024-10-03 (5, usually 2)");
  EXPECT_THAT(findings[0].evidence, SizeIs(2));
}

TEST(FindChange, LooksOnlyAtWhatIsRecent) {
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 2, 2, 2, 2, 6, 5}, kToday - 3)), SizeIs(1));
  EXPECT_THAT(found(pain_up(), pain_of_days({2, 2, 2, 2, 2, 6, 5}, kToday - 5)), IsEmpty());
}

TEST(FindChange, OfARangeMustExceedTheUncertaintyOfTheMeasurement) {
  Rule lost = pain_up();
  lost.of = Watched::range;
  lost.by = 5;
  const auto diary = [](double uncertainty) {
    PatientDays all;
    all.programme(kToday - 30);
    for (fhir::Day day = kToday - 7; day < kToday - 1; ++day) all.session(day).range(day, 100, uncertainty);
    for (fhir::Day day = kToday - 1; day <= kToday; ++day) all.session(day).range(day, 90, uncertainty);
    return all;
  };
  // 10 against the root of (u/sqrt 2)² + (u/sqrt 6)²: two days, and six before.
  EXPECT_THAT(found(lost, diary(12)), SizeIs(1));  // 9.8
  EXPECT_THAT(found(lost, diary(13)), IsEmpty());  // 10.6
  EXPECT_EQ(
      words_of(found(lost, diary(5))[0]),
      "Range in Heel slide, left: 10° less than usual since 2024-10-03 (90°, usually 100°; higher is better "
      "here)");
}

// Days of one range: six as usual, two others.
PatientDays range_of_days(double usual, double now) {
  PatientDays all;
  all.programme(kToday - 30);
  for (fhir::Day day = kToday - 7; day < kToday - 1; ++day) all.session(day).range(day, usual, 1);
  for (fhir::Day day = kToday - 1; day <= kToday; ++day) all.session(day).range(day, now, 1);
  return all;
}

Rule range_lost() {
  Rule lost = pain_up();
  lost.of = Watched::range;
  lost.by = 5;
  return lost;
}

// Clinician finding 5: 100.6 to 82.4 are 18.2; 101 to 82 are 19.
TEST(FindChange, TheDifferenceIsThatOfTheNumbersShown) {
  EXPECT_EQ(words_of(found(range_lost(), range_of_days(100.6, 82.4)).at(0)),
            "Range in Heel slide, left: 19° less than usual since 2024-10-03 (82°, usually 101°; higher is "
            "better here)");
}

// Clinician finding 13: what got worse by going up is no loss.
TEST(FindChange, SaysWhichDirectionIsBetter) {
  EXPECT_EQ(words_of(found(range_lost(), range_of_days(-30, -12)).at(0)),
            "Range in Heel slide, left: 18° more than usual since 2024-10-03 (-12°, usually -30°; lower is "
            "better here)");
}

// Clinician finding 13: of an exercise that is held no direction is better, so nothing is lost or stuck.
TEST(FindChange, OfAHoldTellsNothingAboutTheRange) {
  PatientDays held = range_of_days(100, 80);
  ASSERT_THAT(found(range_lost(), held), SizeIs(1));
  held.hold_time(kToday);
  EXPECT_THAT(found(range_lost(), held), IsEmpty());
}

// Clinician finding 14: one thing, one finding, one baseline.
TEST(FindChange, OfTwoRulesAboutOneThingTheMoreUrgentTellsIt) {
  Rule jump = pain_up();
  jump.id = "pain-jump";
  jump.urgency = Urgency::now;
  jump.recent = {3, 1};
  const auto diary = pain_of_days({2, 3, 2, 2, 3, 2, 6, 7});
  for (const auto& rules : {std::vector<Rule>{pain_up(), jump}, std::vector<Rule>{jump, pain_up()}}) {
    const auto course = read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(kToday));
    const auto findings = evaluate_rules(rules, course, noon_ms(kToday));
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].rule, "pain-jump");
  }
}

// With the flag of pain that rose until `day`, closed at `moment`.
PatientDays closed(PatientDays diary, fhir::Day day, double value, const std::string& moment) {
  const std::vector<Rule> rules = {pain_up()};
  const auto course = read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(day));
  const auto findings = evaluate_rules(rules, course, noon_ms(day));
  EXPECT_THAT(findings, SizeIs(1));
  Json flag = flag_of(findings.at(0), course, at(day));
  flag["extension"][0]["extension"][6]["valueDecimal"] = value;
  flag = decided(std::move(flag), {FlagDecision::What::close, "f", "p1", ""}, "Task/t", moment);
  return diary.add(std::move(flag));
}

TEST(FindChange, BeginsAnewWhereAClinicianClosed) {
  const std::string evening = at(kToday - 2, "23:00:00+01:00");
  const std::vector<int> worse = {2, 2, 2, 2, 2, 5, 5};
  PatientDays same = closed(pain_of_days(worse, kToday - 2), kToday - 2, 5, evening);
  same.pain(kToday - 1, 5).pain(kToday, 6);
  EXPECT_THAT(found(pain_up(), same), IsEmpty());
  PatientDays still_worse = closed(pain_of_days(worse, kToday - 2), kToday - 2, 5, evening);
  still_worse.pain(kToday - 1, 7).pain(kToday, 7);
  EXPECT_THAT(found(pain_up(), still_worse), SizeIs(1));
}

// Half an hour after midnight is still the day before in UTC.
TEST(FindChange, CountsTheDayOfClosingByThePatientsClock) {
  const fhir::Day rose = kToday - 14;
  const auto found_after = [&](const std::string& moment) {
    PatientDays diary = closed(pain_of_days({2, 2, 2, 2, 2, 5, 5}, rose), rose, 5, moment);
    for (fhir::Day day = rose + 1; day < kToday - 1; ++day) diary.pain(day, 3);
    return found(pain_up(), diary.pain(kToday - 1, 6).pain(kToday, 6));
  };
  EXPECT_THAT(found_after(at(rose + 1, "00:30:00+01:00")), IsEmpty()) << "within the last 14 days";
  EXPECT_THAT(found_after(at(rose, "23:30:00+01:00")), SizeIs(1)) << "the day before";
}

PatientDays ranges(const std::vector<double>& every_third_day, double target) {
  PatientDays diary;
  diary.programme(kToday - 60).target(target);
  fhir::Day day = kToday - 3 * static_cast<fhir::Day>(every_third_day.size() - 1);
  for (const double degrees : every_third_day) {
    diary.session(day).range(day, degrees, 3);
    day += 3;
  }
  return diary;
}

TEST(FindPlateau, IsNoProgressShortOfTheTarget) {
  EXPECT_THAT(found(stuck(), ranges({80, 85, 90, 94, 95, 95, 94, 95, 95, 95}, 120)), SizeIs(1));
  EXPECT_THAT(found(stuck(), ranges({80, 82, 84, 86, 88, 90, 92, 94, 96, 98}, 120)), IsEmpty());  // progress
  EXPECT_THAT(found(stuck(), ranges({80, 85, 90, 94, 95, 95, 94, 95, 95, 95}, 97)),
              IsEmpty());                                                     // there, nearly
  EXPECT_THAT(found(stuck(), ranges({95, 95, 95, 95, 95}, 120)), IsEmpty());  // too few
}

TEST(FindPlateau, AGoalSaysWhatIsWantedAndByWhatItIsShown) {
  const std::vector<double> stuck_at_95 = {80, 85, 90, 94, 95, 95, 94, 95, 95, 95};
  const auto with_goal = [&](double degrees, const char* comparator, const char* exercise) {
    PatientDays all = ranges(stuck_at_95, 97);  // the exercise's own is reached
    Json target = {{"measure", fhir::codeable(fhir::kMeasure, "knee_flexion", "Knee flexion")},
                   {"detailQuantity", fhir::quantity(degrees, "deg", "deg")}};
    target["detailQuantity"]["comparator"] = comparator;
    if (exercise != nullptr)
      target["extension"] = Json::array({Json{{"url", fhir::kGoalExercise}, {"valueCanonical", exercise}}});
    all.add({{"resourceType", "Goal"}, {"lifecycleStatus", "active"}, {"target", Json::array({target})}});
    return found(stuck(), all);
  };
  ASSERT_THAT(with_goal(120, ">=", nullptr), SizeIs(1));
  EXPECT_EQ(with_goal(120, ">=", nullptr)[0].key, "goal:knee_flexion/left");
  // Clinician finding 13: the reason names the exercise.
  EXPECT_THAT(
      words_of(with_goal(120, ">=", nullptr)[0]),
      ::testing::MatchesRegex("Knee flexion in Heel slide, left: no progress since .* .95°; target at "
                              "least 120°."));
  EXPECT_THAT(with_goal(97, ">=", nullptr), IsEmpty());
  EXPECT_THAT(with_goal(120, "<=", nullptr), IsEmpty());  // to be reached from above
  EXPECT_THAT(with_goal(120, ">=", "urn:reprise:exercise:heel_slide"), SizeIs(1));
  EXPECT_THAT(with_goal(120, ">=", "urn:reprise:exercise:squat"), IsEmpty());
}

TEST(FindPlateau, KnowsNoneWithoutATarget) {
  PatientDays diary;
  diary.programme(kToday - 60);
  for (fhir::Day day = kToday - 30; day <= kToday; day += 3) diary.session(day).range(day, 95, 3);
  EXPECT_THAT(found(stuck(), diary), IsEmpty());
}

PatientDays sessions(const std::vector<fhir::Day>& days_ago, int days_a_week = 7) {
  PatientDays diary;
  diary.programme(kToday - 40, days_a_week);
  for (const fhir::Day ago : days_ago) diary.session(kToday - ago);
  return diary;
}

TEST(FindAbsence, IsMeasuredByWhatIsUsualForThisPerson) {
  const auto daily = found(silent(), sessions({10, 9, 8, 7, 6, 5}));
  ASSERT_THAT(daily, SizeIs(1));
  EXPECT_EQ(words_of(daily[0]), "No session for 5 days, since 2024-09-29 (usually every 1)");
  EXPECT_THAT(found(silent(), sessions({8, 7, 6, 5, 4, 3})), IsEmpty());
  EXPECT_THAT(found(silent(), sessions({24, 20, 17, 13, 10, 6})), IsEmpty());  // twice a week
  EXPECT_THAT(found(silent(), sessions({26, 22, 19, 15, 12, 8})), SizeIs(1));
}

TEST(FindAbsence, AsksForNothingWithoutAProgrammeAndKnowsWhoNeverBegan) {
  PatientDays none;
  for (const fhir::Day ago : {10, 9, 8, 7}) none.session(kToday - ago);
  EXPECT_THAT(found(silent(), none), IsEmpty());
  EXPECT_THAT(found(silent(), sessions({}, 3)), SizeIs(1));
}

TEST(ReadCourse, PassesOverWhatCannotBe) {
  PatientDays diary = pain_of_days({2, 2, 2, 2, 2});
  diary.pain(kToday + 9, 9);                  // a clock that goes wrong
  diary.session(kToday).range(kToday, 4000);  // no knee does that
  diary.range(kToday, 90, 5, "furlong");
  Json no_unit = diary.resources.back();
  no_unit["valueQuantity"].erase("code");
  diary.add(no_unit);
  Json draft = diary.resources[3];
  draft["status"] = "preliminary";
  diary.add(draft);
  const PatientTrajectory course = read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(kToday));
  ASSERT_THAT(course.series, SizeIs(1));
  EXPECT_THAT(course.series[0].points, SizeIs(5));
  EXPECT_EQ(course.zone_minutes, 60);
}

// Clinician finding 32: a score of 96.1 is 96 in every place.
TEST(ReadCourse, TakesQualityInWholePoints) {
  PatientDays diary;
  diary.session(kToday).quality(kToday, 96.1);
  const PatientTrajectory course = read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(kToday));
  EXPECT_EQ(course.series.at(0).points.at(0).value, 96);
}

TEST(ReadCourse, CountsDaysByThePatientsClock) {
  PatientDays diary;
  diary.programme(kToday - 9).pain(kToday, 3, "23:30:00-08:00").pain(kToday, 4, "00:30:00-08:00");
  const PatientTrajectory course =
      read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(kToday + 1));
  EXPECT_THAT(course.series.at(0).points, ElementsAre(::testing::Field(&CoursePoint::day, kToday),
                                                      ::testing::Field(&CoursePoint::day, kToday)));
  EXPECT_EQ(course.zone_minutes, -480);
}

TEST(ReadCourse, IsOfOnePatient) {
  PatientDays diary = pain_of_days({2, 2, 2});
  for (Json& resource : diary.resources) resource["subject"] = fhir::reference_to("Patient", "p2");
  EXPECT_THAT(read_trajectory(diary.resources, PatientDays::kPatient, noon_ms(kToday)).series, IsEmpty());
}

}  // namespace
}  // namespace reprise::care
