// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/wear.h"

#include <gtest/gtest.h>

#include "engine/gait/simulated_days.h"

namespace reprise::engine {
namespace {

using simulated_days::DayDrawing;
using simulated_days::Doing;
using simulated_days::Episode;

constexpr double kWearHourS = 3600;

/// SIMULATED: the states of episodes that follow each other.
std::vector<WearStretch> states_of(const std::vector<Episode>& episodes, Hertz rate = Hertz{25}) {
  DayDrawing drawing({rate});
  WearMinutes minutes;
  std::vector<RecordedStretch> measured;
  double at_s = 0;
  for (const Episode& episode : episodes) {
    const InertialSamples samples = drawing.next(episode);
    const double end_s = at_s + episode.duration_s;
    if (episode.doing != Doing::off) {
      minutes.add(Seconds{at_s}, samples);
      if (!measured.empty() && measured.back().end.value() == at_s) {
        measured.back().end = Seconds{end_s};
      } else {
        measured.push_back({Seconds{at_s}, Seconds{end_s}});
      }
    }
    at_s = end_s;
  }
  return minutes.states(measured);
}

double hours_in(const std::vector<WearStretch>& stretches, WearState state) {
  double sum_s = 0;
  for (const WearStretch& stretch : stretches) {
    if (stretch.state == state) sum_s += (stretch.end - stretch.start).value();
  }
  return sum_s / kWearHourS;
}

constexpr double kMinuteH = 1.0 / 60;

TEST(Wear, FindsTheSensorOnATableToTheMinute) {
  const auto states = states_of({{Doing::sitting, 2.3 * kWearHourS},
                                 {Doing::on_a_table, 4.2 * kWearHourS},
                                 {Doing::sitting, 1.5 * kWearHourS}});
  ASSERT_EQ(states.size(), 3u);
  EXPECT_EQ(states[1].state, WearState::not_worn);
  EXPECT_NEAR(states[1].start.value(), 2.3 * kWearHourS, 60);
  EXPECT_NEAR(states[1].end.value(), 6.5 * kWearHourS, 60);
}

TEST(Wear, ASleeperWhoTurnsWearsIt) {
  const auto states = states_of({{Doing::sitting, kWearHourS}, {Doing::sleeping, 8 * kWearHourS}});
  EXPECT_NEAR(hours_in(states, WearState::worn), 9, kMinuteH);
}

TEST(Wear, DoesNotSayThatAPersonWhoSitsStillTookItOff) {
  const auto states = states_of(
      {{Doing::sitting, kWearHourS}, {Doing::still, 1.5 * kWearHourS}, {Doing::sitting, kWearHourS}});
  // Before and after it, a shift may be 7 and 5 minutes away.
  EXPECT_NEAR(hours_in(states, WearState::motionless), 1.6, 0.1 + 2 * kMinuteH);
  EXPECT_EQ(hours_in(states, WearState::not_worn), 0);
}

TEST(Wear, DoesNotSeeLessThanAnHour) {
  const auto states = states_of(
      {{Doing::sitting, kWearHourS}, {Doing::on_a_table, 0.8 * kWearHourS}, {Doing::sitting, kWearHourS}});
  EXPECT_NEAR(hours_in(states, WearState::worn), 2.8, kMinuteH);
}

TEST(Wear, NeitherTheSensorsNoiseNorTheRateIsMovement) {
  DayDrawing drawing({Hertz{100}, 0.12});
  WearMinutes minutes;
  minutes.add(Seconds{0}, drawing.next({Doing::on_a_table, 3.5 * kWearHourS}));
  const std::vector<RecordedStretch> measured = {{Seconds{0}, Seconds{3.5 * kWearHourS}}};
  const auto states = minutes.states(measured);
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].state, WearState::not_worn);
}

TEST(Wear, AGapEndsAStillStretch) {
  // Two hours on the table, one not recorded, two hours on the table: neither part is long enough.
  const auto states = states_of(
      {{Doing::on_a_table, 2 * kWearHourS}, {Doing::off, kWearHourS}, {Doing::on_a_table, 2 * kWearHourS}});
  ASSERT_EQ(states.size(), 2u);
  for (const WearStretch& stretch : states) EXPECT_EQ(stretch.state, WearState::motionless);
  EXPECT_NEAR((states[1].start - states[0].end).value(), kWearHourS, 1);
}

}  // namespace
}  // namespace reprise::engine
