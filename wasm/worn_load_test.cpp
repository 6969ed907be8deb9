// SPDX-License-Identifier: Apache-2.0
#include "wasm/worn_load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>

namespace reprise::wasm {
namespace {

using engine::LoadWalkStep;
using engine::Side;
using ::testing::HasSubstr;
using LoadBytes = std::vector<std::uint8_t>;

constexpr double kMassKg = 70;
constexpr double kBodyN = kMassKg * 9.80665;

LoadBytes insole(const std::string& place, const std::string& scale = "0.1", int rate_hz = 100) {
  const std::string text = R"({"rate_hz":)" + std::to_string(rate_hz) + R"(,"channels":[{"as":")" + place +
                           R"(","unit":"N","scale":)" + scale + "}]}";
  return {text.begin(), text.end()};
}

void put_number(LoadBytes& bytes, unsigned value) {
  bytes.push_back(static_cast<std::uint8_t>(value & 0xffU));
  bytes.push_back(static_cast<std::uint8_t>((value >> 8U) & 0xffU));
}

/// A simulated person on two insoles that send five samples a packet. Times: 2.5 s of feet in the air, 10 s
/// of standing with shifts of the weight, then a step of the left foot each 1.2 s with these peaks, in
/// Newton.
struct Walker {
  std::vector<double> peaks_n = {100, 150, 250, 150, 320};  // limit: 206 N
  std::array<int, 2> sent = {0, 0};
  WornLoad worn{{Side::left, kMassKg, 0.3}};

  static constexpr double kWalksAt = 13;
  static double stance(double phase) { return phase < 0.6 ? std::sin(kPi * phase / 0.6) : 0; }
  [[nodiscard]] double left_n(double t) const {
    if (t < 2.5) return 0;
    if (t < 12.5) return 40 + 40 * (1 - std::cos(2 * kPi * (t - 2.5) / 4));
    const double at = (t - kWalksAt) / 1.2;
    if (at < 0 || at >= static_cast<double>(peaks_n.size())) return 0;
    return peaks_n[static_cast<std::size_t>(at)] * stance(at - std::floor(at));
  }
  [[nodiscard]] double right_n(double t) const { return t < 2.5 ? 0 : kBodyN - left_n(t); }
  [[nodiscard]] double end_s() const { return kWalksAt + 1.2 * static_cast<double>(peaks_n.size()) + 1; }

  [[nodiscard]] LoadBytes packet(std::size_t sensor) {
    LoadBytes bytes;
    const int first = sent[sensor];
    put_number(bytes, static_cast<unsigned>(first) & 0xffffU);
    put_number(bytes, static_cast<unsigned>(first) >> 16U);
    for (int i = first; i < first + 5; ++i) {
      const double force_n = 7 + (sensor == 0 ? left_n(i / 100.0) : right_n(i / 100.0));
      put_number(bytes, static_cast<unsigned>(std::lround(force_n * 10)) & 0xffffU);
    }
    sent[sensor] += 5;
    return bytes;
  }
  void connect() {
    ASSERT_TRUE(worn.connect(0, insole("left_foot.force")));
    ASSERT_TRUE(worn.connect(1, insole("right_foot.force")));
  }
  /// Sends up to `until_s`. `lost`: whether a packet of this number gets lost.
  void send(double until_s, const std::function<bool(std::size_t sensor, int number)>& lost = {}) {
    while (sent[0] < until_s * 100) {
      const double came_s = 50 + sent[0] / 100.0 + 0.06;
      for (const std::size_t sensor : {0U, 1U}) {
        const int number = sent[sensor] / 5;
        const LoadBytes bytes = packet(sensor);
        if (!lost || !lost(sensor, number)) {
          EXPECT_TRUE(worn.take(sensor, bytes, Seconds{came_s}));
        }
      }
    }
  }
  [[nodiscard]] WornState look() { return worn.look(Seconds{50 + sent[0] / 100.0 + 0.06}); }
};

double value_of(const session::MeasurementDocument& d, session::SignalMeasure measure) {
  const auto found = std::find_if(d.values.begin(), d.values.end(), [&](const auto& v) {
    return v.measure == measure && v.side == Side::left;
  });
  EXPECT_NE(found, d.values.end());
  return found == d.values.end() ? -1 : found->value;
}

TEST(WornLoad, MeasuresAWalkFromPacketsAsItCountedIt) {
  Walker walker;
  walker.connect();
  walker.send(1);
  EXPECT_EQ(walker.look().step, "lift");
  walker.send(4);
  EXPECT_EQ(walker.look().step, "stand");
  walker.send(12.6);
  ASSERT_EQ(walker.look().step, "tracking");
  const std::size_t stood = walker.worn.now()->steps;  // the end of standing
  // One packet of a foot now and then is lost in the air; a step stays one step.
  walker.send(walker.end_s(),
              [](std::size_t sensor, int number) { return sensor == 0 && number % 24 == 22; });
  const engine::LoadWalkState& now = *walker.worn.now();
  EXPECT_EQ(now.steps - stood, 5U);
  EXPECT_EQ(now.steps_above, 2U);
  EXPECT_NEAR(*now.largest_share, 320 / kBodyN, 0.01);
  EXPECT_GT(walker.worn.counts().lost, 0U);
  const auto document = walker.worn.document("2026-11-26T07:00:00Z", true);
  ASSERT_TRUE(document) << to_string(document.error());
  using enum session::SignalMeasure;
  EXPECT_EQ(document->kind, session::MeasurementKind::gait);
  EXPECT_EQ(document->source.kind, session::SignalSourceKind::simulated);
  EXPECT_EQ(value_of(*document, steps), static_cast<double>(now.steps));
  EXPECT_EQ(value_of(*document, contacts_above_limit), 2);
  EXPECT_NEAR(value_of(*document, largest_load), *now.largest_share, 1e-9);
  EXPECT_NEAR(value_of(*document, weight_limit), 0.3, 1e-9);
}

TEST(WornLoad, NamesTheFootThatIsSilent) {
  Walker walker;
  walker.connect();
  walker.send(13, [](std::size_t sensor, int number) { return sensor == 1 && number > 100; });
  const WornState state = walker.look();
  EXPECT_EQ(state.problem, WornProblem::silent);
  EXPECT_EQ(state.sensor, 1U);
}

TEST(WornLoad, TakesTheZeroAnewAfterAConnectionWasLost) {
  Walker walker;
  walker.connect();
  walker.send(13);
  ASSERT_EQ(walker.look().step, "tracking");
  ASSERT_TRUE(walker.worn.connect(0, insole("left_foot.force")));
  EXPECT_EQ(walker.look().step, "lift");
}

/// All numbers of a packet at one count.
LoadBytes all_at(LoadBytes bytes, int count) {
  for (std::size_t i = 4; i < bytes.size(); i += 2) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<unsigned>(count) & 0xffU);
    bytes[i + 1] = static_cast<std::uint8_t>(static_cast<unsigned>(count) >> 8U & 0xffU);
  }
  return bytes;
}

TEST(WornLoad, TakesTheEndOfARangeAsAboveTheLimitAndAsNoNumber) {
  Walker walker;
  walker.connect();
  walker.send(13);
  ASSERT_EQ(walker.look().step, "tracking");
  for (int i = 0; i < 4; ++i)
    ASSERT_TRUE(walker.worn.take(0, all_at(walker.packet(0), 0x7fff), Seconds{63.1}));
  EXPECT_EQ(walker.worn.now()->level, 3);
  EXPECT_EQ(walker.worn.look(Seconds{63.1}).problem, WornProblem::saturated);
  walker.send(walker.end_s());
  const auto document = walker.worn.document("2026-11-26T07:00:00Z", true);
  ASSERT_TRUE(document) << to_string(document.error());
  using enum session::SignalMeasure;
  EXPECT_EQ(find_value(*document, largest_load, Side::left), nullptr);
  EXPECT_EQ(value_of(*document, contacts_above_limit), walker.worn.now()->steps_above);
  EXPECT_THAT(document->not_measured, ::testing::Contains(HasSubstr("range")));
}

TEST(WornLoad, TakesAPullBelowZeroForNoLoad) {
  Walker walker;
  walker.connect();
  walker.send(13);
  ASSERT_EQ(walker.look().step, "tracking");
  ASSERT_TRUE(walker.worn.take(0, all_at(walker.packet(0), -0x7fff), Seconds{63.1}));
  EXPECT_EQ(walker.worn.now()->level, 0);
  EXPECT_FALSE(walker.worn.now()->beyond);
}

TEST(WornLoad, MeasuresTheAffectedFootWhateverTheOtherSends) {
  Walker walker;
  walker.connect();
  walker.send(13);
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(walker.worn.take(1, all_at(walker.packet(1), 0x7fff), Seconds{63.1}));
  walker.sent[1] = walker.sent[0];
  walker.send(walker.end_s());
  const auto document = walker.worn.document("2026-11-26T07:00:00Z", true);
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(value_of(*document, session::SignalMeasure::contacts_above_limit), 2);
  EXPECT_EQ(find_value(*document, session::SignalMeasure::step_time_asymmetry), nullptr);
}

TEST(WornLoad, WarnsOfAStepThatIsWithinOnePacket) {
  Walker walker;
  walker.connect();
  walker.send(13);
  (void)walker.worn.take_loudest();
  walker.send(13.1 + 1.2 * 3);  // a whole step of 250 N lies behind
  EXPECT_EQ(walker.worn.now()->level, 0);
  EXPECT_GE(walker.worn.take_loudest(), 2);
}

TEST(WornLoad, RefusesToWarnByPacketsThatComeTooRarely) {
  WornLoad worn{{Side::left, kMassKg, 0.3}};
  ASSERT_TRUE(worn.connect(0, insole("left_foot.force")));
  ASSERT_TRUE(worn.connect(1, insole("right_foot.force")));
  LoadBytes bytes = {0, 0, 0, 0};
  for (int i = 0; i < 20; ++i) put_number(bytes, 70);
  ASSERT_TRUE(worn.take(0, bytes, Seconds{50}));
  EXPECT_EQ(worn.look(Seconds{50}).problem, WornProblem::silent) << "the other one";
  ASSERT_TRUE(worn.take(1, {bytes.data(), 14}, Seconds{50}));
  EXPECT_EQ(worn.look(Seconds{50}).problem, WornProblem::delayed);
  EXPECT_EQ(worn.look(Seconds{50}).sensor, 0U);
}

TEST(WornLoad, ListensOnlyToTheForceOfASensor) {
  WornLoad worn{{Side::left, kMassKg, 0.3}};
  const std::string text = R"({"rate_hz":100,"channels":[{"as":"left_foot.force","unit":"N","scale":0.1},)"
                           R"({"as":"left_foot.acceleration_x","unit":"m/s2","scale":0.005}]})";
  ASSERT_TRUE(worn.connect(0, LoadBytes{text.begin(), text.end()}));
  ASSERT_TRUE(worn.connect(1, insole("right_foot.force")));
  LoadBytes bytes = {0, 0, 0, 0};
  put_number(bytes, 70);
  put_number(bytes, 0x7fff);  // a heel strike
  ASSERT_TRUE(worn.take(0, bytes, Seconds{50}));
  ASSERT_TRUE(worn.take(1, LoadBytes{0, 0, 0, 0, 70, 0}, Seconds{50}));
  EXPECT_FALSE(worn.look(Seconds{50}).problem);
}

TEST(WornLoad, RefusesASensorThatDoesNotFit) {
  Walker walker;
  const auto says = [&](const LoadBytes& description) {
    const auto answer = walker.worn.connect(0, description);
    return answer ? std::string{} : answer.error().cause;
  };
  EXPECT_THAT(says(insole("right_foot.force")), HasSubstr("right_foot"));
  EXPECT_THAT(says(insole("left_foot.force", "0.01")), HasSubstr("range"));
  EXPECT_THAT(says(insole("left_foot.force", "0.1", 1000)), HasSubstr("samples"));
  const std::string emg = R"({"rate_hz":1000,"channels":[{"as":"left_foot.emg","unit":"uV","scale":1}]})";
  EXPECT_THAT(says({emg.begin(), emg.end()}), HasSubstr("force"));
  EXPECT_THAT(says(insole("left_foot.force", "0.1", 40)), HasSubstr("50 samples"));
  const std::string anywhere = R"({"rate_hz":100,"channels":[{"as":"force","unit":"N","scale":0.1}]})";
  EXPECT_THAT(says({anywhere.begin(), anywhere.end()}), HasSubstr("which foot"));
  EXPECT_EQ(walker.worn.now(), nullptr);
  ASSERT_TRUE(walker.worn.connect(0, insole("left_foot.force")));
  EXPECT_FALSE(walker.worn.connect(1, insole("right_foot.force", "0.1", 50)));
  // Alone, it may be set to another rate as long as nothing was measured.
  Walker other;
  ASSERT_TRUE(other.worn.connect(0, insole("left_foot.force", "0.1", 50)));
  ASSERT_TRUE(other.worn.connect(0, insole("left_foot.force")));
  EXPECT_TRUE(other.worn.connect(1, insole("right_foot.force")));
}

TEST(WornLoad, HasNoResultBeforeTheCheck) {
  Walker walker;
  walker.connect();
  walker.send(5);
  const auto document = walker.worn.document("2026-11-26T07:00:00Z", true);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::wasm
