// SPDX-License-Identifier: Apache-2.0
#include "wasm/phone_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>
#include <vector>

#include "engine/signal/test_noise.h"
#include "session/measurements/measurement_json.h"

namespace reprise::wasm {
namespace {

using testing::HasSubstr;

struct PhoneStream {
  std::vector<double> times_s;
  std::vector<double> motion;
};

// Vertical acceleration of a minimum-jerk movement over `height` that takes 1.4 s, `t` after its start.
double rising(double t, double height) {
  constexpr double kTime = 1.4;
  if (t < 0 || t > kTime) return 0;
  const double s = t / kTime;
  return height / (kTime * kTime) * (60 * s - 180 * s * s + 120 * s * s * s);
}

// SIMULATED: a phone that stands upright at the hip of a person who rises `times` times, at 40 to 60 uneven
// samples a second.
PhoneStream simulated_rises(int times, double rate_hz = 50) {
  std::mt19937 generator(7);
  std::uniform_real_distribution<double> jitter(0.8, 1.2);
  engine::test::NormalNoise noise(0, 0.02);
  constexpr double kCycle = 4.2;  // rise, stand, sit down, sit
  constexpr double kRest = 3;
  PhoneStream stream;
  for (double t = 0; t < 2 * kRest + kCycle * times; t += jitter(generator) / rate_hz) {
    double up = 0;
    for (int k = 0; k < times; ++k) {
      const double start = kRest + kCycle * k;
      up += rising(t - start, 0.4) - rising(t - start - 2.1, 0.4);
    }
    stream.times_s.push_back(t);
    stream.motion.insert(stream.motion.end(),
                         {noise(generator), 9.80665 + up + noise(generator), noise(generator),
                          0.1 * noise(generator), 0.1 * noise(generator), 0.1 * noise(generator)});
  }
  return stream;
}

std::string options_for(const char* test) {
  return nlohmann::json{{"test", test}, {"simulated", true}, {"startedAt", "2026-03-14T09:00:00Z"}}.dump();
}

TEST(PhoneTest, CountsRisesFromUnevenSamples) {
  const PhoneStream stream = simulated_rises(6);
  const auto made = phone_test_text(options_for("sit_to_stand_30"), stream.times_s, stream.motion);
  ASSERT_TRUE(made) << to_string(made.error());
  const auto result = nlohmann::json::parse(*made);
  EXPECT_EQ(result["values"][0]["measure"], "repetitions");
  EXPECT_EQ(result["values"][0]["value"], 6);
  EXPECT_TRUE(result["values"][0]["primary"]);
  const auto document = session::parse_measurement_json(result["document"].get<std::string>());
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(document->source.kind, session::SignalSourceKind::simulated);
  EXPECT_EQ(document->kind, session::MeasurementKind::sit_to_stand);
}

TEST(PhoneTest, TimesFiveRises) {
  const PhoneStream stream = simulated_rises(5, 30);
  const auto made = phone_test_text(options_for("sit_to_stand_5"), stream.times_s, stream.motion);
  ASSERT_TRUE(made) << to_string(made.error());
  const auto result = nlohmann::json::parse(*made);
  EXPECT_EQ(result["values"][0]["measure"], "test_time");
  EXPECT_NEAR(result["values"][0]["value"].get<double>(), 4 * 4.2 + 1.4, 0.4);  // to the fifth stand
}

TEST(PhoneTest, APauseOfTheSensorsVoidsTheTest) {
  PhoneStream stream = simulated_rises(5);
  for (std::size_t i = 300; i < stream.times_s.size(); ++i) stream.times_s[i] += 0.7;
  const auto made = phone_test_text(options_for("sit_to_stand_5"), stream.times_s, stream.motion);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(made.error().cause, HasSubstr("paused"));
}

TEST(PhoneTest, TooFewSamplesASecondAreRefused) {
  const PhoneStream stream = simulated_rises(5, 12);
  const auto made = phone_test_text(options_for("sit_to_stand_5"), stream.times_s, stream.motion);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::unsupported);
}

TEST(PhoneTest, RefusesNonsense) {
  const PhoneStream stream = simulated_rises(1);
  EXPECT_FALSE(phone_test_text(options_for("handstand"), stream.times_s, stream.motion));
  EXPECT_FALSE(phone_test_text("{", stream.times_s, stream.motion));
  EXPECT_FALSE(phone_test_text(options_for("sit_to_stand_5"), {}, {}));
  EXPECT_FALSE(phone_test_text(options_for("sit_to_stand_5"), stream.times_s,
                               std::span(stream.motion).first(stream.motion.size() - 1)));
  PhoneStream broken = stream;
  broken.motion[20] = std::nan("");
  EXPECT_FALSE(phone_test_text(options_for("sit_to_stand_5"), broken.times_s, broken.motion));
  broken = stream;
  broken.times_s[20] = broken.times_s[19];
  EXPECT_FALSE(phone_test_text(options_for("sit_to_stand_5"), broken.times_s, broken.motion));
}

TEST(PhoneTest, StandingStillMeasuresSway) {
  const PhoneStream stream = simulated_rises(0);
  const auto made = phone_test_text(options_for("standing_still"), stream.times_s, stream.motion);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(nlohmann::json::parse(*made)["values"][0]["measure"], "trunk_acceleration_rms");
}

}  // namespace
}  // namespace reprise::wasm
