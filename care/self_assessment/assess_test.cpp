// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/assess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/shipped_self_assessment.h"

namespace reprise::care {
namespace {

SelfAnswers quiet(std::vector<std::string> regions) {
  SelfAnswers answers;
  for (const SelfFlag& flag : shipped_self_definition().red_flags) answers.flags.emplace(flag.id, false);
  for (const SelfRegion& region : shipped_self_definition().regions) {
    for (const SelfFlag& flag : region.flags) answers.flags.emplace(flag.id, false);
  }
  answers.regions = std::move(regions);
  answers.pain = 2;
  answers.since = "weeks";
  answers.course = "same";
  answers.worse_with.emplace();
  answers.hard.emplace();
  answers.unsteady = false;
  answers.support_in_reach = true;
  return answers;
}

SelfOutcome assessed(const SelfAnswers& answers) {
  return assess_self(shipped_self_definition(), answers);
}

SelfMeasurement measured(const char* test, std::optional<Side> side, double degrees, double error) {
  return {test, side, Degrees{degrees}, Degrees{error}, {}};
}

constexpr const char* kChair = "sit_to_stand_30";

SelfMeasurement counted(int stands) {
  SelfMeasurement one;
  one.test = kChair;
  one.stands = stands;
  return one;
}

TEST(AssessSelf, AnyYesEndsItWhateverElseIsSaid) {
  for (const SelfFlag& flag : shipped_self_definition().red_flags) {
    SelfAnswers answers = quiet({"elbow"});
    answers.pain = 0;
    answers.flags[flag.id] = true;
    const SelfOutcome outcome = assessed(answers);
    EXPECT_EQ(outcome.level, flag.level) << flag.id;
    EXPECT_TRUE(outcome.ended && outcome.tells_clinic && outcome.tests.empty()) << flag.id;
    EXPECT_GE(flag.level, SelfLevel::see_someone_first) << flag.id;
  }
}

TEST(AssessSelf, AMissingAnswerIsNoNo) {
  for (const std::string_view flag : kRedFlags) {
    SelfAnswers answers = quiet({"elbow"});
    answers.flags.erase(answers.flags.find(flag));
    const SelfOutcome outcome = assessed(answers);
    EXPECT_FALSE(outcome.level) << flag;
    EXPECT_THAT(outcome.missing, ::testing::ElementsAre(std::string{flag}));
    EXPECT_TRUE(outcome.tests.empty());
  }
}

TEST(AssessSelf, AYesToARegionsSignEndsItWhereverItHurts) {
  for (const SelfRegion& region : shipped_self_definition().regions) {
    for (const SelfFlag& flag : region.flags) {
      SelfAnswers answers = quiet({region.id == "elbow" ? "neck" : "elbow"});
      answers.flags[flag.id] = true;
      EXPECT_EQ(assessed(answers).level, flag.level) << flag.id;
      EXPECT_TRUE(assessed(answers).ended && assessed(answers).tells_clinic) << flag.id;
      EXPECT_TRUE(assessed(answers).tests.empty()) << flag.id;
      EXPECT_GE(flag.level, SelfLevel::see_someone_first) << flag.id;
    }
  }
}

TEST(AssessSelf, LimitsOfTheClinicLeaveOutEveryTest) {
  SelfAnswers answers = quiet({"neck", "shoulder", "hip"});
  answers.released = {TestPosition::single_leg};
  answers.limited = true;
  const SelfOutcome outcome = assessed(answers);
  ASSERT_EQ(outcome.tests.size(), 7U);
  for (const SelfTestOffer& one : outcome.tests)
    EXPECT_EQ(one.not_offered, NotOffered::limited) << one.test->id;
}

TEST(AssessSelf, AStopWithOpenWarningSignsNeverSaysThatThereIsNone) {
  SelfAnswers answers = quiet({"elbow"});
  answers.stop = SelfStop{"elbow_flexion", 3};
  EXPECT_EQ(assessed(answers).level, SelfLevel::worth_showing);
  answers.flags.erase(answers.flags.find("calf"));
  EXPECT_FALSE(assessed(answers).level);
  EXPECT_THAT(assessed(answers).missing, ::testing::ElementsAre("calf"));
  EXPECT_TRUE(assessed(answers).tests.empty());
  answers.stop->pain = 9;
  EXPECT_EQ(assessed(answers).level, SelfLevel::see_someone_first);
  EXPECT_TRUE(assessed(answers).ended);
}

TEST(AssessSelf, WithoutAnswersItAsksForTheRedFlagsFirst) {
  const SelfOutcome outcome = assessed({});
  EXPECT_FALSE(outcome.level);
  EXPECT_EQ(outcome.missing.size(), kRedFlags.size());
}

TEST(AssessSelf, PainStopsByTheLimitsOfEveryExercise) {
  SelfAnswers answers = quiet({"elbow"});
  answers.pain = 5;
  EXPECT_EQ(assessed(answers).level, SelfLevel::no_haste);
  answers.pain = 6;
  EXPECT_EQ(assessed(answers).level, SelfLevel::see_someone_first);
  EXPECT_TRUE(assessed(answers).tests.empty());
  answers.pain = 2;
  answers.stop = SelfStop{"elbow_flexion", 3};
  EXPECT_EQ(assessed(answers).level, SelfLevel::worth_showing);
  EXPECT_FALSE(assessed(answers).tells_clinic);
  answers.stop = SelfStop{"elbow_flexion", 4};
  EXPECT_EQ(assessed(answers).level, SelfLevel::see_someone_first);
  EXPECT_TRUE(assessed(answers).tells_clinic);
}

TEST(AssessSelf, StandingNeedsASteadyPersonAndASupport) {
  SelfAnswers answers = quiet({"shoulder"});
  answers.support_in_reach.reset();
  EXPECT_EQ(assessed(answers).tests.front().not_offered, NotOffered::support);
  answers.support_in_reach = true;
  EXPECT_FALSE(assessed(answers).tests.front().not_offered);
  answers.unsteady = true;
  EXPECT_EQ(assessed(answers).tests.front().not_offered, NotOffered::unsteady);
  EXPECT_EQ(assessed(answers).without_test.size(), 1U);
}

TEST(AssessSelf, TheChairTestNeedsASteadyPersonASupportAndNoLimitOfTheClinic) {
  const auto against = [](const SelfAnswers& answers) -> std::optional<NotOffered> {
    for (const SelfTestOffer& offer : assessed(answers).tests) {
      if (offer.test->id == kChair) return offer.not_offered;
    }
    ADD_FAILURE() << "the chair test is not named";
    return std::nullopt;
  };
  for (const char* region : {"hip", "knee"}) {
    SelfAnswers answers = quiet({region});
    EXPECT_FALSE(against(answers)) << region;
    EXPECT_TRUE(assessed(answers).without_test.empty()) << region;
    answers.support_in_reach = false;
    EXPECT_EQ(against(answers), NotOffered::support);
    answers.support_in_reach = true;
    answers.unsteady = true;
    EXPECT_EQ(against(answers), NotOffered::unsteady);
    answers.unsteady = false;
    answers.limited = true;
    EXPECT_EQ(against(answers), NotOffered::limited);
  }
  for (const SelfTestOffer& offer : assessed(quiet({"elbow"})).tests) EXPECT_NE(offer.test->id, kChair);
}

TEST(AssessSelf, TheChairTestIsOfferedOnceAndLeavesNoRegionOut) {
  const SelfOutcome outcome = assessed(quiet({"shoulder", "hip", "knee"}));
  std::vector<std::string> offered;
  for (const SelfTestOffer& offer : outcome.tests) {
    if (!offer.not_offered) offered.push_back(offer.test->id);
  }
  EXPECT_THAT(offered, ::testing::ElementsAre("shoulder_flexion", "hip_flexion", kChair));
}

TEST(AssessSelf, AMissingAnswerAboutSteadinessIsAskedForTheKnee) {
  SelfAnswers answers = quiet({"knee"});
  answers.unsteady.reset();
  EXPECT_THAT(assessed(answers).missing, ::testing::ElementsAre("unsteady"));
}

TEST(AssessSelf, ACountNearTheReferenceDecidesNothing) {
  SelfAnswers answers = quiet({"knee"});
  answers.person = {72, session::ReferenceSex::female};  // FT1: fewer than 10 are below average
  const auto at = [&](int stands) {
    answers.measured = {counted(stands)};
    return assessed(answers);
  };
  for (const int stands : {8, 10, 12}) {
    EXPECT_EQ(at(stands).findings.at(0).stands->compare, StandsCompare::near) << stands;
    EXPECT_EQ(at(stands).level, SelfLevel::no_haste) << stands;
  }
  EXPECT_EQ(at(13).findings.at(0).stands->compare, StandsCompare::above);
  EXPECT_EQ(at(7).findings.at(0).stands->compare, StandsCompare::below);
  EXPECT_EQ(at(7).level, SelfLevel::worth_showing);
  EXPECT_EQ(at(7).reasons.at(0).kind, SelfReasonKind::few_stands);
  answers.person.sex.reset();
  EXPECT_FALSE(at(7).findings.at(0).stands) << "the source has other numbers for women and men";
  EXPECT_EQ(at(7).level, SelfLevel::no_haste);
  answers.person = {40, session::ReferenceSex::male};
  EXPECT_FALSE(at(1).findings.at(0).stands) << "the source begins at 60 years";
}

TEST(AssessSelf, ACountIsComparedWithTheLastOneBeyondItsErrorOnly) {
  SelfAnswers answers = quiet({"hip"});
  answers.measured = {counted(9)};
  answers.earlier = {{counted(11), "1 May"}, {counted(20), "1 April"}};
  ASSERT_EQ(assessed(answers).findings.at(0).changes.size(), 1U) << "the newest counts";
  EXPECT_EQ(assessed(answers).findings[0].changes[0].change, 0);
  EXPECT_EQ(assessed(answers).level, SelfLevel::no_haste);
  answers.earlier[0] = {counted(12), "1 May"};
  EXPECT_EQ(assessed(answers).findings[0].changes[0].change, -3);
  EXPECT_EQ(assessed(answers).level, SelfLevel::worth_showing);
  EXPECT_EQ(assessed(answers).reasons.at(0).kind, SelfReasonKind::fewer_than_last);
}

TEST(AssessSelf, SittingNeedsNeither) {
  SelfAnswers answers = quiet({"neck"});
  answers.unsteady = true;
  answers.support_in_reach = false;
  for (const SelfTestOffer& offer : assessed(answers).tests) EXPECT_FALSE(offer.not_offered);
}

TEST(AssessSelf, SidesThatTheErrorDoesNotTellApartAreAlike) {
  SelfAnswers answers = quiet({"elbow"});
  answers.measured = {measured("elbow_flexion", Side::right, 130, 8),
                      measured("elbow_flexion", Side::left, 119, 8)};  // 11 apart; both errors: 11.3
  SelfOutcome outcome = assessed(answers);
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].compare, SidesCompare::alike);
  EXPECT_EQ(outcome.findings[0].measured[0].side, Side::left);
  answers.measured[1].angle = Degrees{118};
  EXPECT_EQ(assessed(answers).findings[0].compare, SidesCompare::small_difference);
  EXPECT_EQ(assessed(answers).level, SelfLevel::no_haste);
  answers.measured[1].angle = Degrees{100};
  outcome = assessed(answers);
  EXPECT_EQ(outcome.findings[0].compare, SidesCompare::less_far);
  EXPECT_EQ(outcome.findings[0].lesser, Side::left);
  EXPECT_EQ(outcome.findings[0].difference_deg, 30);
  EXPECT_EQ(outcome.level, SelfLevel::worth_showing);
}

TEST(AssessSelf, WithoutAnErrorNothingIsCompared) {
  SelfAnswers answers = quiet({"elbow"});
  answers.measured = {measured("elbow_flexion", Side::right, 130, 8),
                      measured("elbow_flexion", Side::left, 60, 8)};
  answers.measured[1].uncertainty.reset();
  EXPECT_FALSE(assessed(answers).findings[0].compare);
  EXPECT_EQ(assessed(answers).level, SelfLevel::no_haste);
}

TEST(AssessSelf, AChangeMustExceedTheErrorOfBoth) {
  SelfAnswers answers = quiet({"elbow"});
  answers.measured = {measured("elbow_flexion", Side::left, 100, 6)};
  answers.earlier = {{measured("elbow_flexion", Side::left, 108, 6), "1 May"},
                     {measured("elbow_flexion", Side::left, 140, 6), "1 April"}};
  SelfOutcome outcome = assessed(answers);
  ASSERT_EQ(outcome.findings[0].changes.size(), 1U) << "the newest counts";
  EXPECT_EQ(outcome.findings[0].changes[0].change, 0);
  EXPECT_EQ(outcome.level, SelfLevel::no_haste);
  answers.earlier[0].measured.angle = Degrees{130};
  outcome = assessed(answers);
  EXPECT_EQ(outcome.findings[0].changes[0].change, -30);
  EXPECT_EQ(outcome.level, SelfLevel::worth_showing);
  answers.earlier[0].measured.side = Side::right;
  answers.earlier.pop_back();
  EXPECT_TRUE(assessed(answers).findings[0].changes.empty()) << "never one side against the other";
}

}  // namespace
}  // namespace reprise::care
