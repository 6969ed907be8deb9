// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/long_recording.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/gait/simulated_days.h"
#include "engine/gait/walking_days.h"
#include "engine/signal/level_frame.h"

namespace reprise::engine {
namespace {

using simulated_days::DayDrawing;
using simulated_days::Doing;
using simulated_days::Episode;
using simulated_days::SimulatedDay;

/// SIMULATED: a morning with walks of each length.
std::vector<Episode> some_hours() {
  std::vector<Episode> episodes;
  for (int i = 0; i < 25; ++i) {
    episodes.push_back({Doing::sitting, 400});
    const double duration_s = i % 4 == 0 ? 7.5 : (i % 4 == 1 ? 20 : (i % 4 == 2 ? 45 : 90));
    episodes.push_back({Doing::walking, duration_s, std::round(duration_s * 1.8) / duration_s});
  }
  episodes.push_back({Doing::sitting, 400});
  return episodes;
}

InertialSamples drawn(const std::vector<Episode>& episodes, Hertz rate = Hertz{50}) {
  DayDrawing drawing({rate});
  InertialSamples all;
  all.rate = rate;
  for (const Episode& episode : episodes) {
    const InertialSamples part = drawing.next(episode);
    all.acceleration_mps2.insert(all.acceleration_mps2.end(), part.acceleration_mps2.begin(),
                                 part.acceleration_mps2.end());
  }
  return all;
}

Result<LongRecording> measured(const InertialSamples& samples, std::size_t part,
                               const LongRecordingOptions& options = {}) {
  LongRecordingMeter meter{options};
  for (std::size_t at = 0; at < samples.acceleration_mps2.size(); at += part) {
    const auto end = std::min(samples.acceleration_mps2.size(), at + part);
    const auto added = meter.add(period(samples.rate) * static_cast<double>(at), part_of(samples, at, end));
    if (!added) return tl::unexpected(added.error());
  }
  return meter.finish();
}

TEST(LongRecording, HasTheBoutsOfTheWholeInAnyParts) {
  const InertialSamples samples = drawn(some_hours());
  const auto whole = analyze_lower_back_gait(samples);
  ASSERT_TRUE(whole);
  for (const std::size_t part : {std::size_t{2000}, std::size_t{77'777}, samples.acceleration_mps2.size()}) {
    LongRecordingOptions options;
    options.block = Seconds{600};
    const auto recording = measured(samples, part, options);
    ASSERT_TRUE(recording) << to_string(recording.error());
    ASSERT_EQ(recording->measured.size(), 1u);
    ASSERT_EQ(recording->bouts.size(), whole->bouts.size());
    for (std::size_t i = 0; i < whole->bouts.size(); ++i) {
      const double start_s = static_cast<double>(whole->bouts[i].samples.begin) / 50;
      EXPECT_NEAR(recording->bouts[i].start.value(), start_s, 0.05);
      EXPECT_EQ(recording->bouts[i].steps, whole->bouts[i].steps.size());
      EXPECT_NEAR(recording->bouts[i].cadence_per_min, whole->bouts[i].cadence_per_min, 0.01);
    }
  }
}

TEST(LongRecording, HasAWalkOfHoursAsOneBout) {
  const InertialSamples samples =
      drawn({{Doing::sitting, 600}, {Doing::walking, 7200, 1.8}, {Doing::sitting, 600}}, Hertz{25});
  const auto recording = measured(samples, 100'000);
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->bouts.size(), 1u);
  EXPECT_NEAR(static_cast<double>(recording->bouts[0].steps), 7200 * 1.8, 3);
}

TEST(LongRecording, AnHoursGapIsNeitherMeasuredNorBridged) {
  const InertialSamples samples = drawn(some_hours());
  LongRecordingMeter meter;
  ASSERT_TRUE(meter.add(Seconds{0}, samples));
  const Seconds later = meter.end() + Seconds{5 * 3600};
  ASSERT_TRUE(meter.add(later, samples));
  const auto recording = meter.finish();
  ASSERT_TRUE(recording);
  ASSERT_EQ(recording->measured.size(), 2u);
  EXPECT_NEAR((recording->measured[1].start - recording->measured[0].end).value(), 5 * 3600, 1e-6);
  std::size_t before = 0;
  for (const RecordedBout& bout : recording->bouts) {
    EXPECT_TRUE(bout.end < recording->measured[0].end || bout.start > later);
    before += bout.start < later ? 1 : 0;
  }
  EXPECT_EQ(2 * before, recording->bouts.size());
}

TEST(LongRecording, RefusesASampleASecondAndSaysWhy) {
  InertialSamples samples;
  samples.rate = Hertz{1};
  samples.acceleration_mps2.assign(86'400, Vec3<Sensor>{0, kGravityMps2, 0});
  const auto recording = measured(samples, 86'400);
  ASSERT_FALSE(recording);
  EXPECT_EQ(recording.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(recording.error().cause.find("at least 20"), std::string::npos);
}

TEST(LongRecording, RefusesBadSamplesAndClocks) {
  const InertialSamples good = drawn({{Doing::sitting, 60}});
  InertialSamples bad = good;
  bad.acceleration_mps2[1000].v.x() = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(LongRecordingMeter{}.add(Seconds{0}, bad).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(LongRecordingMeter{}.add(Seconds{-5}, good).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(LongRecordingMeter{}.add(Seconds{1.7e9}, good).error().code, ErrorCode::invalid_argument);
  LongRecordingMeter meter;
  ASSERT_TRUE(meter.add(Seconds{100}, good));
  EXPECT_EQ(meter.add(Seconds{100}, good).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(LongRecordingMeter{}.finish().error().code, ErrorCode::nothing_measured);
}

TEST(LongRecording, SaysWhereTheSensorShowsNoGravity) {
  InertialSamples samples = drawn(some_hours());
  const Seconds end = samples.rate.value() > 0 ? InertialView{samples}.duration() : Seconds{0};
  InertialSamples zeros;
  zeros.rate = samples.rate;
  zeros.acceleration_mps2.assign(50 * 1800, Vec3<Sensor>{0, 0, 0});
  LongRecordingMeter meter;
  ASSERT_TRUE(meter.add(Seconds{0}, samples));
  ASSERT_TRUE(meter.add(end + Seconds{10}, zeros));
  const auto recording = meter.finish();
  ASSERT_TRUE(recording);
  EXPECT_NEAR(recording->without_gravity.value(), 1800, 1);
}

TEST(LongRecording, FindsASimulatedWeek) {
  // SIMULATED; limits on sums of a day: the truth is known, the limits are what a reader could still live
  // with.
  SimulatedDay plan;
  plan.taken_off_h = 3.5;
  plan.sleeps_h = 23;
  std::mt19937 random(3);
  DayDrawing drawing({Hertz{25}});
  LongRecordingMeter meter;
  std::vector<std::array<double, kBoutClasses + 1>> truths;
  for (int day = 0; day < 7; ++day) {
    std::array<double, kBoutClasses + 1> truth{};
    double at_s = day * 86400.0;
    for (const Episode& episode : plan.episodes(random)) {
      ASSERT_TRUE(meter.add(Seconds{at_s}, drawing.next(episode)));
      at_s += episode.duration_s;
      if (episode.doing != Doing::walking) continue;
      truth[0] += std::round(episode.duration_s * episode.steps_per_s);
      truth[1 + bout_class(Seconds{episode.duration_s})] += 1;
    }
    truths.push_back(truth);
  }
  const auto recording = meter.finish();
  ASSERT_TRUE(recording);
  std::vector<Seconds> starts;
  for (int day = 0; day <= 7; ++day) starts.emplace_back(day * 86400.0);
  const auto days = walking_days(*recording, starts);
  ASSERT_EQ(days.size(), 7u);
  for (std::size_t i = 0; i < days.size(); ++i) {
    EXPECT_NEAR(days[i].measured.value(), 86400, 1);
    EXPECT_NEAR(days[i].not_worn.value(), 3.5 * 3600, 120);
    EXPECT_NEAR(days[i].motionless.value(), 0, 1);
    EXPECT_NEAR(static_cast<double>(days[i].steps), truths[i][0], 0.03 * truths[i][0]);
    for (std::size_t k = 0; k < kBoutClasses; ++k)
      EXPECT_NEAR(static_cast<double>(days[i].bouts[k]), truths[i][1 + k], 2) << k;
    EXPECT_TRUE(days[i].counts);
    EXPECT_NEAR(days[i].cadence_per_min->mean, 60 * 2.0, 2);
  }
}

}  // namespace
}  // namespace reprise::engine
