// SPDX-License-Identifier: Apache-2.0
#include "wasm/worn_sensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include "engine/muscle/emg_test_signals.h"
#include "engine/orientation/simulated_leg.h"

namespace reprise::wasm {
namespace {

using engine::Side;
using engine::test::SimulatedLeg;
using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

Bytes description(const std::string& place, const std::string& acceleration_unit = "m/s2",
                  int rate_hz = 100) {
  std::string text = R"({"rate_hz":)" + std::to_string(rate_hz) + R"(,"channels":[)";
  for (const char* quantity : {"acceleration", "angular_velocity"}) {
    for (const char* axis : {"x", "y", "z"}) {
      const bool is_a = std::string{quantity} == "acceleration";
      text += std::string{text.back() == '[' ? "" : ","} + R"({"as":")" + place + "." + quantity + "_" +
              axis + R"(","unit":")" + (is_a ? acceleration_unit : "rad/s") + R"(","scale":0.002})";
    }
  }
  text += "]}";
  return {text.begin(), text.end()};
}

void put(Bytes& bytes, int value) {
  bytes.push_back(static_cast<std::uint8_t>(value & 0xff));
  bytes.push_back(static_cast<std::uint8_t>((value >> 8) & 0xff));
}

Bytes header(std::uint32_t number) {
  Bytes bytes;
  put(bytes, static_cast<int>(number & 0xffffU));
  put(bytes, static_cast<int>(number >> 16U));
  return bytes;
}

/// The simulated leg that stands still for three seconds more after its swings, as packets of five samples.
struct SentLeg {
  static double leg_time(double t) { return t < 11.5 ? t : std::max(11.5, t - 3); }
  std::array<engine::InertialSamples, 2> samples = {
      engine::test::simulate([](double t) { return SimulatedLeg::thigh_sensor(leg_time(t)); }, Seconds{40},
                             Hertz{100}, engine::test::leg_sensor(1)),
      engine::test::simulate([](double t) { return SimulatedLeg::shank_sensor(leg_time(t)); }, Seconds{40},
                             Hertz{100}, engine::test::leg_sensor(2))};

  [[nodiscard]] Bytes packet(std::size_t sensor, int number) const {
    Bytes bytes = header(static_cast<std::uint32_t>(5 * number));
    for (int i = 5 * number; i < 5 * number + 5; ++i) {
      for (const auto* values :
           {&samples[sensor].acceleration_mps2, &samples[sensor].angular_velocity_radps}) {
        for (int axis = 0; axis < 3; ++axis)
          put(bytes, static_cast<int>(std::lround((*values)[static_cast<std::size_t>(i)].v[axis] / 0.002)));
      }
    }
    return bytes;
  }
};

std::unique_ptr<CountingSensors> on_knee() {
  return worn_on_joint(engine::Measure::knee_flexion, "left_thigh", "left_shank", -1);
}

TEST(WornJoint, FollowsAKneeFromPackets) {
  const SentLeg leg;
  const auto worn = on_knee();
  ASSERT_TRUE(worn->connect(0, description("left_thigh")));
  ASSERT_TRUE(worn->connect(1, description("left_shank")));
  double squares = 0;
  int count = 0;
  std::string steps;
  for (int packet = 0; packet < 40 * 20; ++packet) {
    const double came_s = 500 + 0.05 * (packet + 1);
    for (const std::size_t sensor : {0U, 1U}) {
      if (packet % 97 == 50 + static_cast<int>(sensor)) continue;  // lost on the way
      ASSERT_TRUE(worn->take(sensor, leg.packet(sensor, packet), Seconds{came_s}));
      if (packet % 90 == 3) {
        ASSERT_TRUE(worn->take(sensor, leg.packet(sensor, packet), Seconds{came_s}));
      }
    }
    const WornState state = worn->look(Seconds{came_s});
    if (!steps.ends_with(state.step)) steps += std::string{" "} + std::string{state.step};
    for (const auto& moment : state.moments) {
      if (!moment.value) continue;
      const double truth = -SimulatedLeg::knee_rad(SentLeg::leg_time(moment.time.value() - 500));
      squares += std::pow((*moment.value - truth) * 180 / kPi, 2);
      ++count;
    }
  }
  EXPECT_EQ(steps, " pose movement tracking");
  EXPECT_GT(count, 900);
  EXPECT_LT(std::sqrt(squares / count), 5);
  EXPECT_GT(worn->counts().lost, 50U);
  EXPECT_GT(worn->counts().doubled, 50U);
}

TEST(WornJoint, NamesTheSensorThatIsSilent) {
  const SentLeg leg;
  const auto worn = on_knee();
  ASSERT_TRUE(worn->connect(0, description("left_thigh")));
  ASSERT_TRUE(worn->connect(1, description("left_shank")));
  WornState state;
  for (int packet = 0; packet < 30 * 20; ++packet) {
    const double came_s = 0.05 * (packet + 1);
    ASSERT_TRUE(worn->take(0, leg.packet(0, packet), Seconds{came_s}));
    if (packet < 400) {
      ASSERT_TRUE(worn->take(1, leg.packet(1, packet), Seconds{came_s}));
    }
    state = worn->look(Seconds{came_s});
  }
  EXPECT_EQ(state.problem, WornProblem::silent);
  EXPECT_EQ(state.sensor, 1U);
  for (const auto& moment : state.moments) EXPECT_FALSE(moment.value);
}

TEST(WornJoint, PacketsThatTellNothingNewAreSilence) {
  const SentLeg leg;
  for (const bool doubled : {true, false}) {
    const auto worn = on_knee();
    ASSERT_TRUE(worn->connect(0, description("left_thigh")));
    ASSERT_TRUE(worn->connect(1, description("left_shank")));
    WornState state;
    for (int packet = 0; packet < 100; ++packet) {
      const Seconds came{0.05 * (packet + 1)};
      ASSERT_TRUE(worn->take(0, leg.packet(0, packet), came));
      Bytes missing = header(static_cast<std::uint32_t>(5 * packet));
      for (int i = 0; i < 5 * 6; ++i) put(missing, -32768);
      const bool works = packet < 50;
      ASSERT_TRUE(worn->take(1, works ? leg.packet(1, packet) : doubled ? leg.packet(1, 49) : missing, came));
      state = worn->look(came);
      ASSERT_TRUE(!works || !state.problem) << packet;
    }
    EXPECT_EQ(state.problem, WornProblem::silent) << doubled;
    EXPECT_EQ(state.sensor, 1U);
  }
}

TEST(WornJoint, RefusesSensorsThatDoNotFit) {
  const auto worn = on_knee();
  EXPECT_THAT(worn->connect(0, description("left_shank")).error().cause, HasSubstr("left_shank"));
  EXPECT_EQ(worn->connect(0, description("right_thigh")).error().code, ErrorCode::unsupported);
  ASSERT_TRUE(worn->connect(0, description("left_thigh")));
  EXPECT_THAT(worn->connect(1, description("left_shank", "m/s2", 50)).error().cause, HasSubstr("rates"));
  const std::string emg = R"({"rate_hz":1000,"channels":[{"as":"left_shank.emg","unit":"uV","scale":1}]})";
  EXPECT_THAT(worn->connect(1, Bytes{emg.begin(), emg.end()}).error().cause, HasSubstr("acceleration"));
  EXPECT_EQ(worn->take(1, Bytes(16, 0), Seconds{1}).error().code, ErrorCode::invalid_argument);
}

TEST(WornJoint, NoticesSensorsThatWereExchanged) {
  // The shank's sensor on the thigh: the knee seems to bend the other way.
  const SentLeg leg;
  const auto worn = on_knee();
  ASSERT_TRUE(worn->connect(0, description("left_thigh")));
  ASSERT_TRUE(worn->connect(1, description("left_shank")));
  bool implausible = false;
  for (int packet = 0; packet < 35 * 20; ++packet) {
    const double came_s = 0.05 * (packet + 1);
    ASSERT_TRUE(worn->take(0, leg.packet(1, packet), Seconds{came_s}));
    ASSERT_TRUE(worn->take(1, leg.packet(0, packet), Seconds{came_s}));
    implausible = implausible || worn->look(Seconds{came_s}).problem == WornProblem::implausible;
  }
  EXPECT_TRUE(implausible);
}

TEST(WornMuscle, GivesSharesOfTodaysContraction) {
  const auto worn = worn_on_muscle(Side::left);
  const std::string text = R"({"rate_hz":1000,"channels":[{"as":"left_thigh.emg","unit":"uV","scale":0.1}]})";
  ASSERT_TRUE(worn->connect(0, Bytes{text.begin(), text.end()}));
  const auto samples = engine::testing::simulated_emg(20, 20, 1000, {{5, 10}, {13, 17}});
  double most = 0;
  std::size_t moments = 0;
  for (int packet = 0; packet < 20 * 20; ++packet) {
    Bytes bytes = header(static_cast<std::uint32_t>(50 * packet));
    for (int i = 50 * packet; i < 50 * packet + 50; ++i)
      put(bytes, static_cast<int>(std::lround(samples[static_cast<std::size_t>(i)])));
    const Seconds came{0.05 * (packet + 1)};
    ASSERT_TRUE(worn->take(0, bytes, came));
    for (const auto& moment : worn->look(came).moments) {
      ++moments;
      if (moment.value) most = std::max(most, *moment.value);
    }
  }
  EXPECT_NEAR(most, 1, 0.25) << "as strong as the reference";
  EXPECT_NEAR(static_cast<double>(moments), 25 * 11, 20) << "25 a second since the reference";
}

TEST(WornMuscle, WantsAReferenceWithinTheSensorsRange) {
  // The largest numbers are "the end of the range"; without them the reference would be too small.
  const auto worn = worn_on_muscle(Side::left);
  const std::string text = R"({"rate_hz":1000,"channels":[{"as":"left_thigh.emg","unit":"uV","scale":0.1}]})";
  ASSERT_TRUE(worn->connect(0, Bytes{text.begin(), text.end()}));
  const auto samples = engine::testing::simulated_emg(12, 200, 20'000, {{5, 10}});
  std::string troubles;
  for (int packet = 0; packet < 12 * 20; ++packet) {
    Bytes bytes = header(static_cast<std::uint32_t>(50 * packet));
    for (int i = 50 * packet; i < 50 * packet + 50; ++i)
      put(bytes, std::clamp(static_cast<int>(samples[static_cast<std::size_t>(i)]), -32767, 32767));
    const Seconds came{0.05 * (packet + 1)};
    ASSERT_TRUE(worn->take(0, bytes, came));
    const WornState state = worn->look(came);
    EXPECT_NE(state.step, "tracking");
    if (!state.trouble.empty() && !troubles.ends_with(state.trouble)) troubles += state.trouble;
  }
  EXPECT_EQ(troubles, "clipped");
}

TEST(WornMuscle, RefusesTheOtherSideAndSlowRates) {
  const auto worn = worn_on_muscle(Side::left);
  const auto error = [&](const std::string& text) {
    return worn->connect(0, Bytes{text.begin(), text.end()}).error();
  };
  EXPECT_THAT(error(R"({"rate_hz":1000,"channels":[{"as":"right_thigh.emg","unit":"uV","scale":1}]})").cause,
              HasSubstr("right_thigh"));
  EXPECT_EQ(error(R"({"rate_hz":100,"channels":[{"as":"left_thigh.emg","unit":"uV","scale":1}]})").code,
            ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::wasm
