// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/live_measures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/gait/virtual_lower_back.h"
#include "engine/heart/synthetic_ecg.h"
#include "engine/muscle/emg_test_signals.h"

// All signals are simulated.
namespace reprise::pipeline {
namespace {

using sensing::SensorMessage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

SensorMessage message_of(std::optional<Hertz> rate, std::vector<sensing::LiveChannel> channels,
                         const std::vector<std::vector<double>>& signals) {
  SensorMessage message;
  message.sensor = "s";
  message.stream = "a";
  message.rate = rate;
  message.channels = std::move(channels);
  for (const auto& signal : signals) message.samples.emplace_back(signal.begin(), signal.end());
  return message;
}

LiveMeasures measured(const SensorMessage& message) {
  auto measures = LiveMeasures::create(message);
  if (!measures) throw std::runtime_error(to_string(measures.error()));
  measures->take(message, {0, 0, message.size()});
  return std::move(*measures);
}

TEST(LiveMeasures, HeartRateOfAnEcgInVolts) {
  std::vector<double> ecg =
      engine::synthetic_ecg(engine::steady_beats(0.4, 20, 0.75, 0), Hertz{250}, Seconds{20});
  for (double& sample : ecg) sample *= 1e-3;
  const LiveValues values = measured(message_of(Hertz{250}, {{"lead", "ecg", "V"}}, {ecg})).values();
  ASSERT_TRUE(values.heart_rate_per_min);
  EXPECT_NEAR(*values.heart_rate_per_min, 80, 0.5);
  EXPECT_THAT(values.remarks, IsEmpty());
}

TEST(LiveMeasures, NoHeartRateOnceTheElectrodeIsOff) {
  std::vector<double> ecg =
      engine::synthetic_ecg(engine::steady_beats(0.4, 20, 0.75, 0), Hertz{250}, Seconds{20});
  ecg.resize(ecg.size() + 5 * 250, ecg.back());
  const LiveValues values = measured(message_of(Hertz{250}, {{"lead", "ecg", "mV"}}, {ecg})).values();
  EXPECT_FALSE(values.heart_rate_per_min);
  EXPECT_THAT(values.remarks, ElementsAre("lead: electrode off"));
}

TEST(LiveMeasures, HeartRateOfIntervalsIgnoresWhatNoHeartDoes) {
  const std::vector<double> intervals = {1000, 1000, 20, 1000, 9000, 1000};
  const auto message = message_of(std::nullopt, {{"rr", "rr_interval", "ms"}}, {intervals});
  EXPECT_EQ(measured(message).values().heart_rate_per_min, 60);
}

TEST(LiveMeasures, HeartRateAndCadenceAsTheDeviceCalculatesThem) {
  const auto message =
      message_of(Hertz{1}, {{"hr", "heart_rate", "/min"}, {"steps", "cadence", ""}}, {{70, 71}, {110, 112}});
  const LiveValues values = measured(message).values();
  EXPECT_DOUBLE_EQ(values.heart_rate_per_min.value_or(0), 71);
  EXPECT_DOUBLE_EQ(values.cadence_per_min.value_or(0), 112);
}

// White noise of 100 uV (standard deviation), between the filter's edges; its mean rectified value is
// sqrt(2 / pi) of the deviation that the filter leaves.
TEST(LiveMeasures, EnvelopeOfEmgInMicrovolts) {
  const std::vector<double> emg = engine::testing::simulated_emg(5, 0.1, 0.1, {});
  const LiveValues values = measured(message_of(Hertz{1000}, {{"thigh", "emg", "mV"}}, {emg})).values();
  ASSERT_EQ(values.emg.size(), 1U);
  EXPECT_EQ(values.emg[0].channel, "thigh");
  const double passed = std::sqrt((450.0 - 20.0) / 500.0);  // share of the band that the filter keeps
  EXPECT_NEAR(values.emg[0].microvolts, 100 * passed * std::sqrt(2 / kPi), 25);
}

TEST(LiveMeasures, NoEnvelopeOnceTheElectrodeIsOff) {
  std::vector<double> emg = engine::testing::simulated_emg(5, 0.1, 0.1, {});
  emg.resize(emg.size() + 300, emg.back());
  const LiveValues values = measured(message_of(Hertz{1000}, {{"thigh", "emg", "mV"}}, {emg})).values();
  EXPECT_THAT(values.emg, IsEmpty());
  EXPECT_THAT(values.remarks, ElementsAre("thigh: electrode off"));
}

SensorMessage walk(double duration_s, double rate_hz, const char* place) {
  engine::virtual_lower_back::Gait gait;
  gait.start_s = 5;
  gait.steps = 40;
  engine::virtual_lower_back::SensorModel model;
  model.rate = Hertz{rate_hz};
  const auto samples = measured(engine::virtual_lower_back::straight_walk(gait), duration_s, model);
  std::vector<sensing::LiveChannel> channels;
  std::vector<std::vector<double>> signals(6);
  for (const char* axis : {"x", "y", "z"})
    channels.push_back({std::string{"acc_"} + axis, std::string{place} + ".acceleration_" + axis, "m/s2"});
  for (const char* axis : {"x", "y", "z"})
    channels.push_back(
        {std::string{"gyr_"} + axis, std::string{place} + ".angular_velocity_" + axis, "rad/s"});
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    for (int axis = 0; axis < 3; ++axis) {
      signals[axis].push_back(samples.acceleration_mps2[i].v[axis]);
      signals[3 + axis].push_back(samples.angular_velocity_radps[i].v[axis]);
    }
  }
  return message_of(model.rate, channels, signals);
}

TEST(LiveMeasures, CadenceAtTheLowerBackWhileAPersonWalks) {
  const LiveValues walking = measured(walk(20, 50, "lower_back")).values();
  ASSERT_TRUE(walking.cadence_per_min);
  EXPECT_NEAR(*walking.cadence_per_min, 108, 3);  // 1.8 steps a second
  EXPECT_EQ(walking.at_rest, false);
  const LiveValues after = measured(walk(45, 50, "lower_back")).values();
  EXPECT_FALSE(after.cadence_per_min);
  EXPECT_EQ(after.at_rest, true);
  EXPECT_FALSE(measured(walk(20, 50, "left_wrist")).values().cadence_per_min)
      << "the method is for the trunk";
}

TEST(LiveMeasures, StartsAnewAfterALoss) {
  SensorMessage message = message_of(Hertz{1}, {{"hr", "heart_rate", "/min"}}, {{70}});
  LiveMeasures measures = measured(message);
  EXPECT_TRUE(measures.values().heart_rate_per_min);
  measures.take(message, {100, 0, 0});
  EXPECT_FALSE(measures.values().heart_rate_per_min);
}

TEST(LiveMeasures, SaysWhatAChannelCannotGive) {
  const auto slow = message_of(Hertz{50}, {{"e", "ecg", "mV"}, {"m", "emg", "mV"}}, {{0}, {0}});
  EXPECT_THAT(measured(slow).values().remarks,
              ElementsAre("e: heartbeats need 100 to 2000 samples a second",
                          "m: an envelope needs at least 500 samples a second"));
  const auto bare = message_of(Hertz{250}, {{"e", "ecg", ""}}, {{0}});
  EXPECT_THAT(measured(bare).values().remarks,
              ElementsAre("e: no unit of voltage is said; not measured live"));
}

}  // namespace
}  // namespace reprise::pipeline
