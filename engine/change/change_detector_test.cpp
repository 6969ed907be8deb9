// SPDX-License-Identifier: Apache-2.0
#include "engine/change/change_detector.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/change/simulated_weeks.h"

namespace reprise::engine {
namespace {

using test::NormalNoise;

ChangeOptions with_least_size(double size) {
  ChangeOptions options;
  options.least_size = size;
  return options;
}

/// A value a day around a level, and what the detector said of them.
class Diary {
 public:
  explicit Diary(const ChangeOptions& options = {}) : detector(options) {}

  Diary& days(int count, double level, double deviation = 1) {
    for (int i = 0; i < count; ++i) value(level + deviation * noise_(random_));
    return *this;
  }
  Diary& value(double value) {
    const auto said = detector.add({day + 0.5, value, {}});
    EXPECT_TRUE(said) << to_string(said.error());
    if (said && *said) lines.push_back(**said);
    day += 1;
    return *this;
  }
  Diary& missing(int count) {
    day += count;
    return *this;
  }

  ChangeDetector detector;
  std::vector<DetectedChange> lines;
  double day = 0;

 private:
  std::mt19937 random_{3};
  NormalNoise noise_;
};

TEST(ChangeDetector, SaysAStepWithSizeBeginningAndEvidence) {
  Diary diary;
  diary.days(30, 60).days(4, 70);
  ASSERT_EQ(diary.lines.size(), 1U);
  const DetectedChange& change = diary.lines[0];
  EXPECT_EQ(change.shape, ChangeShape::step);
  EXPECT_NEAR(change.before, 60, 0.6);
  EXPECT_EQ(change.before_count, 30);
  EXPECT_NEAR(change.size, 10, change.half_width);
  EXPECT_GT(change.half_width, 0.5);
  EXPECT_LT(change.half_width, 3);
  EXPECT_DOUBLE_EQ(change.since, 30.5);
  EXPECT_LE(change.since_earliest, 30);
  EXPECT_GE(change.since_latest, 30.5);
  EXPECT_LE(change.said, 32);
  EXPECT_GT(change.confidence, 0.9);
  EXPECT_FALSE(change.ended);
}

TEST(ChangeDetector, AFallIsNegative) {
  Diary diary;
  diary.days(30, 60).days(4, 50);
  ASSERT_EQ(diary.lines.size(), 1U);
  EXPECT_LT(diary.lines[0].size, -7);
}

TEST(ChangeDetector, ASingleWildValueIsNoChange) {
  Diary diary;
  diary.days(30, 60).value(500).days(10, 60, 0.5).value(-500).days(10, 60, 0.5);
  EXPECT_TRUE(diary.lines.empty()) << "no day beside it is two deviations off";
}

TEST(ChangeDetector, OfSpikesASingleGroupIsOneIfAskedFor) {
  ChangeOptions options;
  options.spikes = true;
  Diary diary{options};
  diary.days(30, 60).value(75).days(5, 60);
  ASSERT_EQ(diary.lines.size(), 1U);
  EXPECT_EQ(diary.lines[0].shape, ChangeShape::spike);
  EXPECT_NEAR(diary.lines[0].size, 15, 1);
  EXPECT_DOUBLE_EQ(diary.lines[0].since, 30.5);
  EXPECT_EQ(diary.lines[0].after_count, 1);
}

TEST(ChangeDetector, SaysNothingBeforeThereIsABaseline) {
  Diary diary;
  diary.days(4, 60).days(4, 90);
  EXPECT_FALSE(diary.detector.has_baseline());
  EXPECT_TRUE(diary.lines.empty());
}

TEST(ChangeDetector, ASlowDriftIsNotLearnedAway) {
  Diary diary{with_least_size(2)};
  diary.days(40, 60);
  for (int i = 0; i < 200 && diary.lines.empty(); ++i) diary.days(1, 60 + 0.05 * i);
  ASSERT_EQ(diary.lines.size(), 1U) << "a twentieth of a deviation a day";
  EXPECT_GT(diary.lines[0].size, 0);
  Diary quick;
  quick.days(30, 60, 0.5);
  for (int i = 0; i < 10; ++i) quick.days(1, 60 + 0.4 * i, 0.1);
  ASSERT_FALSE(quick.lines.empty());
  EXPECT_EQ(quick.lines.back().shape, ChangeShape::drift);
}

TEST(ChangeDetector, AReturnEndsTheChangeAndIsNoLineOfItsOwn) {
  Diary diary;
  diary.days(30, 60).days(10, 70).days(6, 60);
  ASSERT_EQ(diary.lines.size(), 1U);
  ASSERT_EQ(diary.detector.changes().size(), 1U);
  ASSERT_TRUE(diary.detector.changes()[0].ended);
  EXPECT_NEAR(*diary.detector.changes()[0].ended, 40.5, 1);
  diary.days(20, 60).days(4, 70);
  EXPECT_EQ(diary.lines.size(), 2U) << "the next rise is one again";
}

TEST(ChangeDetector, AReturnAcrossSeveralChangesEndsAllOfThem) {
  Diary diary;
  diary.days(30, 60).days(20, 70).days(20, 80).days(10, 60);
  ASSERT_EQ(diary.lines.size(), 2U) << "back at the baseline is no fall from 80";
  for (const DetectedChange& change : diary.detector.changes()) {
    ASSERT_TRUE(change.ended);
    EXPECT_NEAR(*change.ended, 70.5, 1);
  }
  diary.days(20, 60).days(4, 70);
  EXPECT_EQ(diary.lines.size(), 3U);
}

TEST(ChangeDetector, AReturnInTwoStepsEndsOneChangeAfterTheOther) {
  Diary diary;
  diary.days(30, 60).days(20, 70).days(20, 80).days(20, 70);
  ASSERT_EQ(diary.detector.changes().size(), 2U);
  EXPECT_FALSE(diary.detector.changes()[0].ended);
  ASSERT_TRUE(diary.detector.changes()[1].ended);
  EXPECT_NEAR(*diary.detector.changes()[1].ended, 70.5, 1);
  diary.days(10, 60);
  EXPECT_EQ(diary.lines.size(), 2U);
  ASSERT_TRUE(diary.detector.changes()[0].ended);
  EXPECT_NEAR(*diary.detector.changes()[0].ended, 90.5, 1);
}

TEST(ChangeDetector, AReturnFromTheOtherSideEndsBoth) {
  Diary diary;
  diary.days(30, 60).days(20, 70).days(20, 45).days(10, 60);
  ASSERT_EQ(diary.lines.size(), 2U);
  for (const DetectedChange& change : diary.detector.changes()) EXPECT_TRUE(change.ended);
}

TEST(ChangeDetector, AfterAReturnTheFirstBaselineCountsAgain) {
  Diary diary;
  diary.days(30, 60).days(10, 70).days(5, 60).days(4, 70);
  ASSERT_EQ(diary.lines.size(), 2U);
  EXPECT_GE(diary.lines[1].before_count, 34);
  EXPECT_NEAR(diary.lines[1].before, 60, 0.6);
}

TEST(ChangeDetector, AChangeThatDoesNotLastEndsWithoutASureReturn) {
  Diary diary;
  diary.days(30, 60).value(64).value(64.2);
  ASSERT_EQ(diary.lines.size(), 1U);
  for (const double fading : {61.2, 60.9, 61.1}) diary.value(fading);
  ASSERT_TRUE(diary.detector.changes().front().ended);
  EXPECT_DOUBLE_EQ(*diary.detector.changes().front().ended, 32.5);
  EXPECT_EQ(diary.lines.size(), 1U);
  diary.days(10, 60);
  EXPECT_EQ(diary.lines.size(), 1U);
}

TEST(ChangeDetector, AFurtherChangeIsComparedWithTheNewLevel) {
  Diary diary;
  diary.days(30, 60).days(20, 70).days(5, 80);
  ASSERT_EQ(diary.lines.size(), 2U);
  EXPECT_NEAR(diary.lines[1].before, 70, 1);
  EXPECT_NEAR(diary.lines[1].size, 10, 2);
}

TEST(ChangeDetector, MissingDaysWidenTheBeginning) {
  Diary diary;
  diary.days(30, 60).missing(10).days(3, 70);
  ASSERT_EQ(diary.lines.size(), 1U);
  EXPECT_LE(diary.lines[0].since_earliest, 29.5) << "it may have begun after the last day that was measured";
  EXPECT_DOUBLE_EQ(diary.lines[0].since, 40.5);
}

TEST(ChangeDetector, ValuesOfOneDayAreOne) {
  ChangeDetector detector;
  NormalNoise noise;
  std::mt19937 random{5};
  for (int day = 0; day < 30; ++day) ASSERT_TRUE(detector.add({day + 0.5, 60 + noise(random), {}}));
  for (int i = 0; i < 50; ++i) {
    const auto said = detector.add({30.2 + i / 100.0, 75, {}});
    ASSERT_TRUE(said);
    EXPECT_FALSE(*said) << "fifty alike values of a day are one day off";
  }
}

TEST(ChangeDetector, OfADayTheFirstThousandValuesCount) {
  Diary diary;
  diary.days(30, 60);
  ChangeDetector& detector = diary.detector;
  for (int day = 30; day < 33; ++day) {
    for (int i = 0; i < 3000; ++i)
      ASSERT_TRUE(detector.add({day + 0.1 + i / 10'000.0, i < 1000 ? 60.0 : 90.0, {}}));
  }
  EXPECT_TRUE(detector.changes().empty()) << "two thousand later ones of a day are not kept";
}

TEST(ChangeDetector, KeepsTheLastThousandChanges) {
  Diary diary;
  diary.days(30, 60);
  for (int i = 1; i <= 1100; ++i) diary.days(3, 60 + 30 * i);
  ASSERT_GT(diary.lines.size(), 1000U);
  ASSERT_EQ(diary.detector.changes().size(), 1000U);
  EXPECT_DOUBLE_EQ(diary.detector.changes().back().said, diary.lines.back().said);
  diary.days(10, diary.detector.changes().front().before);
  for (const DetectedChange& change : diary.detector.changes()) ASSERT_TRUE(change.ended);
}

TEST(ChangeDetector, AVagueMeasurementCountsLess) {
  const auto lines_with = [](double uncertainty) {
    ChangeDetector detector;
    NormalNoise noise;
    std::mt19937 random{5};
    for (int day = 0; day < 30; ++day) EXPECT_TRUE(detector.add({day + 0.5, 60 + noise(random), {}}));
    for (int day = 30; day < 33; ++day) EXPECT_TRUE(detector.add({day + 0.5, 65, uncertainty}));
    return detector.changes().size();
  };
  EXPECT_EQ(lines_with(0.5), 1U);
  EXPECT_EQ(lines_with(15), 0U);
}

TEST(ChangeDetector, SmallChangesAreNotSaid) {
  Diary diary{with_least_size(5)};
  diary.days(30, 60).days(20, 64);
  EXPECT_TRUE(diary.lines.empty());
  diary.days(4, 70);
  EXPECT_EQ(diary.lines.size(), 1U);
}

// Fatigue within one recording: each stride is its own, without weekdays.
TEST(ChangeDetector, FindsADriftOfTheStridesOfOneRecording) {
  ChangeOptions options;
  options.group = 0;
  options.noise.season = 0;
  options.noise.least_deviation = 0;
  ChangeDetector detector{options};
  NormalNoise noise{0, 0.02};
  std::mt19937 random{11};
  std::optional<double> said_at;
  for (int stride = 0; stride < 120; ++stride) {
    const double slower = stride < 60 ? 0 : 0.002 * (stride - 60);
    const auto said = detector.add({stride * 1.1, 1.1 + slower + noise(random), {}});
    ASSERT_TRUE(said);
    if (*said && !said_at) said_at = (*said)->since / 1.1;
  }
  ASSERT_TRUE(said_at);
  EXPECT_GT(*said_at, 58);
  EXPECT_LT(*said_at, 95) << "the drift has grown to three deviations by then";
}

TEST(ChangeDetector, RefusesWhatIsNoMeasurement) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  ChangeDetector detector;
  ASSERT_TRUE(detector.add({5, 1, {}}));
  for (const DatedValue& wrong :
       {DatedValue{6, kNan, {}}, DatedValue{kNan, 1, {}}, DatedValue{1e300, 1, {}}, DatedValue{6, 1e300, {}},
        DatedValue{6, 1, -1.0}, DatedValue{6, 1, kNan}, DatedValue{3, 1, {}}}) {
    const auto said = detector.add(wrong);
    ASSERT_FALSE(said);
    EXPECT_EQ(said.error().code, ErrorCode::invalid_argument);
  }
  EXPECT_TRUE(detector.add({6, 1, 0.0})) << "and goes on afterwards";
  ChangeOptions options;
  options.group = 0;
  ChangeDetector strides{options};
  ASSERT_TRUE(strides.add({5, 1, {}}));
  EXPECT_FALSE(strides.add({4.9, 1, {}})) << "where each value is its own, too";
  EXPECT_TRUE(strides.add({5, 1, {}}));
}

TEST(ChangeDetector, ConstantsAndZeroesSayNothing) {
  Diary diary;
  for (int i = 0; i < 60; ++i) diary.value(0);
  for (int i = 0; i < 60; ++i) diary.value(7);
  EXPECT_TRUE(diary.lines.empty()) << "nothing tells how this person varies around zero";
  Diary tiny;
  tiny.days(60, 0, 1e-170).days(10, 1e-160, 1e-170);
  EXPECT_TRUE(tiny.lines.empty()) << "squares of such values are 0";
}

}  // namespace
}  // namespace reprise::engine
