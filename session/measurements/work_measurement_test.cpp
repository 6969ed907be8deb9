// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/work_measurement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/measurements/measurement_json.h"
#include "tests/support/measured_values.h"
#include "tests/support/or_exit.h"

namespace reprise::session {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

engine::MomentScore moment(int least, int measured, int most) {
  const auto level = [](int score) { return engine::action_level(engine::WorkMethod::rula, score); };
  return {{{least, most}, {level(least), level(most)}},
          {{measured, measured}, {level(measured), level(measured)}}};
}

// Two seconds that score 3 to 5, 4 as measured; then, after one in which no one is seen, one of 2 to 7, 6.
WorkLoadDocument scored_work() {
  WorkLoadDocument d;
  d.source.name = "work.mp4";
  d.source.duration = Seconds{4};
  d.source.options = "--side left --load-kg 12";
  d.side = Side::left;
  d.answers.load_kg = 12;
  d.load.scored = Seconds{3};
  d.load.not_seen = Seconds{1};
  d.load.spans = {{Seconds{0}, Seconds{2}, moment(3, 4, 5)}, {Seconds{3}, Seconds{4}, moment(2, 6, 7)}};
  for (int level = 1; level <= 4; ++level) d.load.shares.push_back({level, {0.1 * level, 0.2 * level}, {}});
  d.not_measured = {"loads, forces and grip"};
  WorkMoment worst;
  worst.time = Seconds{3.5};
  worst.score.side = Side::left;
  for (int score = 2; score <= 7; ++score) worst.score.scores.add(score);
  d.worst = {worst};
  return d;
}

TEST(WorkLoadMeasurement, HasTheEndsOfTheHighestScoreAndOfEachShare) {
  const MeasurementDocument d = work_load_measurement(scored_work());
  EXPECT_EQ(d.kind, MeasurementKind::work_load);
  EXPECT_EQ(d.method, "RULA by one camera, left arm.");
  EXPECT_EQ(d.source.options, "--side left --load-kg 12") << "the answers are kept";
  EXPECT_EQ(d.source.kind, SignalSourceKind::camera);
  const auto* least = value_of(d, SignalMeasure::rula_score, kAtLeastPart);
  const auto* most = value_of(d, SignalMeasure::rula_score, kAtMostPart);
  const auto* measured = value_of(d, SignalMeasure::rula_score, kAsMeasuredPart);
  ASSERT_TRUE(least && most && measured);
  EXPECT_EQ(least->value, 3) << "of all moments, one surely scores 3";
  EXPECT_EQ(most->value, 7);
  EXPECT_EQ(measured->value, 6);
  EXPECT_EQ(most->side, Side::left);
  EXPECT_TRUE(most->primary);
  const auto* possibly = value_of(d, SignalMeasure::rula_level_4, kAtMostPart);
  ASSERT_TRUE(possibly);
  EXPECT_DOUBLE_EQ(possibly->value, 0.8);
  EXPECT_DOUBLE_EQ(value_of(d, SignalMeasure::rula_level_1, kAtLeastPart)->value, 0.1);
  EXPECT_FALSE(value_of(d, SignalMeasure::reba_level_0, kAtLeastPart));
  EXPECT_EQ(value_of(d, SignalMeasure::work_scored_time, "")->value, 3);
  EXPECT_THAT(d.not_measured, Contains(HasSubstr("stand, sit, kneel or walk")));
}

TEST(WorkLoadMeasurement, DrawsNoLineWhereNoOneIsSeen) {
  const MeasurementDocument d = work_load_measurement(scored_work());
  ASSERT_EQ(d.plots.size(), 1U);
  for (const PlotLine& line : d.plots.front().lines) {
    EXPECT_TRUE(line.breaks_allowed);
    for (const double x : line.x) EXPECT_TRUE(x < 2.15 || x > 2.95) << line.name << ' ' << x;
  }
  const PlotLine& most = d.plots.front().lines.front();
  EXPECT_EQ(most.name, "score_at_most");
  EXPECT_EQ(most.y.front(), 5);
  EXPECT_EQ(most.y.back(), 7);
  ASSERT_EQ(d.tables.size(), 1U);
  EXPECT_EQ(d.tables.front().rows.size(), 2U);
}

TEST(WorkLoadMeasurement, LeavesTheScoreAsMeasuredOutWhereAnswersDecideIt) {
  WorkLoadDocument work = scored_work();
  work.load.spans[1].score.measured.score = {4, 7};
  const MeasurementDocument d = work_load_measurement(work);
  EXPECT_FALSE(value_of(d, SignalMeasure::rula_score, kAsMeasuredPart));
  EXPECT_THAT(d.not_measured, Contains(HasSubstr("anywhere from 4 to 7")));
  EXPECT_EQ(d.plots.front().lines.back().name, "score_measured_most");
}

TEST(WorkLoadMeasurement, KeepsEveryLevelOfEachMethodApart) {
  for (const auto method : {engine::WorkMethod::reba, engine::WorkMethod::owas}) {
    WorkLoadDocument work = scored_work();
    work.method = method;
    work.load.shares.clear();
    const auto levels = engine::action_levels(method);
    for (int level = levels.least; level <= levels.most; ++level)
      work.load.shares.push_back({level, {0, 0.1 * level}, {}});
    const MeasurementDocument d = work_load_measurement(work);
    for (int level = levels.least; level <= levels.most; ++level) {
      const auto measure =
          signal_measure_from_name(std::string{engine::name(method)} + "_level_" + std::to_string(level));
      ASSERT_TRUE(measure);
      EXPECT_DOUBLE_EQ(value_of(d, *measure, kAtMostPart)->value, 0.1 * level);
    }
  }
}

TEST(WorkLoadMeasurement, IsReadAsItIsWritten) {
  const std::string text = or_exit(to_measurement_json(work_load_measurement(scored_work())));
  EXPECT_EQ(or_exit(to_measurement_json(or_exit(parse_measurement_json(text)))), text);
}

// The numbers themselves are checked in engine/ergonomics/lifting_equation_test.cpp.
EnteredLift entered_lift() {
  EnteredLift lift;
  lift.task.load_kg = 12;
  lift.task.origin = {Meters{0.35}, Meters{0.2}, std::nullopt};
  lift.task.destination.vertical = Meters{0.9};
  lift.task.lifts_per_minute = 2;
  lift.task.hours = 1;
  return lift;
}

TEST(LiftingMeasurement, HasARangeWhereInputsAreMissing) {
  EnteredLift lift = entered_lift();
  const MeasurementDocument open = or_exit(lifting_measurement(lift));
  const auto* least = value_of(open, SignalMeasure::lifting_index, kAtLeastPart);
  const auto* most = value_of(open, SignalMeasure::lifting_index, kAtMostPart);
  ASSERT_TRUE(least && most);
  EXPECT_LT(least->value, most->value);
  EXPECT_EQ(open.source.kind, SignalSourceKind::entered);
  EXPECT_EQ(open.source.options,
            "--weight-kg 12 --horizontal-cm 35 --vertical-cm 20 --to-vertical-cm 90 --lifts-per-minute 2 "
            "--hours 1");
  EXPECT_THAT(open.not_measured, Contains(HasSubstr("Asymmetry where the lift begins: not given.")));

  lift.task.origin.asymmetry = Radians{Degrees{30}};
  lift.task.coupling = engine::LiftCoupling::fair;
  const MeasurementDocument whole = or_exit(lifting_measurement(lift));
  const auto result = or_exit(engine::lifting_limit(lift.task));
  ASSERT_TRUE(value_of(whole, SignalMeasure::lifting_index, ""));
  EXPECT_DOUBLE_EQ(value_of(whole, SignalMeasure::lifting_index, "")->value, result.index->least);
  EXPECT_DOUBLE_EQ(value_of(whole, SignalMeasure::recommended_weight_limit, "")->value,
                   result.limit_kg.least);
  EXPECT_FALSE(value_of(whole, SignalMeasure::lifting_index, kAtLeastPart));
  EXPECT_TRUE(value_of(whole, SignalMeasure::lifted_load, "")->entered);
}

TEST(LiftingMeasurement, HasNoIndexWhereTheLimitIsZero) {
  EnteredLift lift = entered_lift();
  lift.task.origin.horizontal = Meters{0.8};
  const MeasurementDocument d = or_exit(lifting_measurement(lift));
  EXPECT_EQ(value_of(d, SignalMeasure::recommended_weight_limit, "")->value, 0);
  EXPECT_FALSE(find_value(d, SignalMeasure::lifting_index));
  EXPECT_THAT(d.not_measured, Contains(HasSubstr("The lifting index")));
  EXPECT_FALSE(d.warnings.empty());
  lift.task.hours = 9;
  EXPECT_FALSE(lifting_measurement(lift));
}

}  // namespace
}  // namespace reprise::session
