// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/typed_signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sensing/signals/inertial_units.h"
#include "sensing/signals/signal_quality.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> codes_of(const std::vector<SignalFinding>& findings) {
  std::vector<std::string> codes;
  for (const auto& finding : findings) codes.push_back(finding.code);
  return codes;
}

/// A sensor that swings slowly about its x axis, angle(t) = 0.5 sin(2 pi 0.2 t), with gravity along z at
/// first: the specific force is g (0, sin, cos) of the angle, the angular velocity its derivative about x.
SignalRecording swinging(double acceleration_scale, const std::string& acceleration_unit,
                         double turning_scale, const std::string& turning_unit) {
  SignalRecording recording;
  SignalGroup group{"", Hertz{50}, Seconds{2}, {}};
  for (const char* name : {"acc_x", "acc_y", "acc_z"})
    group.channels.push_back({name, acceleration_unit, "", "", {}, {}});
  for (const char* name : {"gyr_x", "gyr_y", "gyr_z"})
    group.channels.push_back({name, turning_unit, "", "", {}, {}});
  for (int i = 0; i < 1000; ++i) {
    const double phase = 2 * kPi * 0.2 * i / 50;
    const double angle = 0.5 * std::sin(phase);
    const double rate = 0.5 * 2 * kPi * 0.2 * std::cos(phase);
    const double values[] = {0,
                             std::sin(angle) * acceleration_scale,
                             std::cos(angle) * acceleration_scale,
                             rate * turning_scale,
                             0,
                             0};
    for (std::size_t c = 0; c < 6; ++c) group.channels[c].values.push_back(values[c]);
  }
  recording.groups.push_back(std::move(group));
  return recording;
}

TEST(InertialSensors, AreInSiUnitsWhateverTheFileHas) {
  constexpr double kG = engine::kGravityMps2;
  struct Case {
    double acceleration, turning;
    const char* acceleration_unit;
    const char* turning_unit;
    std::vector<std::string> findings;
  };
  const Case cases[] = {
      {kG, 1, "m/s2", "rad/s", {}},
      {1, 180 / kPi, "g", "deg/s", {}},
      {1000, 180 / kPi, "mg", "deg/s", {}},
      {1, 180 / kPi, "", "", {"unit_guessed", "unit_guessed"}},
      {kG, 1, "", "", {"unit_guessed", "unit_guessed"}},
      {1, 1, "m/s2", "deg/s", {"unit_contradicted", "unit_contradicted"}},  // both lie
      {kG, 180 / kPi, "g", "rad/s", {"unit_contradicted", "unit_contradicted"}},
  };
  for (const Case& c : cases) {
    const auto typed =
        inertial_sensors(swinging(c.acceleration, c.acceleration_unit, c.turning, c.turning_unit));
    ASSERT_TRUE(typed) << to_string(typed.error());
    EXPECT_EQ(codes_of(typed->findings), c.findings) << c.acceleration_unit << c.turning_unit;
    ASSERT_THAT(typed->sensors, SizeIs(1));
    ASSERT_THAT(typed->sensors[0].runs, SizeIs(1));
    const InertialRun& run = typed->sensors[0].runs[0];
    EXPECT_EQ(run.start.value(), 2);
    EXPECT_NEAR(run.samples.acceleration_mps2[0].v.z(), kG, 1e-9);
    EXPECT_NEAR(run.samples.angular_velocity_radps[0].v.x(), 0.2 * kPi, 1e-9);
  }
}

TEST(InertialSensors, ShowHowGravityTurnsAgainstTheAngularVelocity) {
  const SignalRecording recording = swinging(1, "g", 1, "rad/s");
  const auto& channels = recording.groups[0].channels;
  const SensorAxes acceleration{{&channels[0].values, &channels[1].values, &channels[2].values}, "g"};
  const SensorAxes turning{{&channels[3].values, &channels[4].values, &channels[5].values}, "rad/s"};
  const auto agreement = rotation_agreement(acceleration, turning, {{0, 1000}}, Hertz{50});
  ASSERT_TRUE(agreement);
  EXPECT_NEAR(agreement->slope, 1, 0.02);
  EXPECT_GT(agreement->correlation, 0.99);
}

TEST(InertialSensors, TellOfAxesThatDisagree) {
  const auto typed = inertial_sensors(swinging(1, "g", -1, "rad/s"));
  ASSERT_TRUE(typed);
  EXPECT_THAT(codes_of(typed->findings), ElementsAre("axes_disagree"));
}

TEST(InertialSensors, TellOfMissingGravity) {
  const auto typed = inertial_sensors(swinging(0.05, "m/s2", 1, "rad/s"));
  ASSERT_TRUE(typed);
  EXPECT_THAT(codes_of(typed->findings), Contains("no_gravity"));
}

TEST(InertialSensors, AreSplitAtMissingSamples) {
  SignalRecording recording = swinging(1, "g", 1, "rad/s");
  recording.groups[0].channels[1].missing = {{100, 150}};
  recording.groups[0].channels[4].missing = {{140, 200}, {210, 300}};
  const auto typed = inertial_sensors(recording);
  ASSERT_TRUE(typed);
  ASSERT_THAT(typed->sensors[0].runs, SizeIs(2));
  EXPECT_EQ(typed->sensors[0].runs[0].samples.acceleration_mps2.size(), 100U);
  EXPECT_DOUBLE_EQ(typed->sensors[0].runs[1].start.value(), 2 + 300 / 50.0);
  EXPECT_EQ(typed->sensors[0].runs[1].samples.angular_velocity_radps.size(), 700U);
  EXPECT_THAT(codes_of(typed->findings), Contains("short_runs"));
}

TEST(InertialSensors, AreToldApartByTheirPlace) {
  SignalRecording recording = swinging(1, "g", 1, "rad/s");
  SignalGroup& group = recording.groups[0];
  const auto channels = group.channels;
  for (auto& channel : group.channels) channel.sensor = "left_foot";
  for (auto channel : channels) {
    channel.sensor = "right_foot";
    group.channels.push_back(channel);
  }
  const auto typed = inertial_sensors(recording);
  ASSERT_TRUE(typed);
  ASSERT_THAT(typed->sensors, SizeIs(2));
  EXPECT_EQ(typed->sensors[0].place, "left_foot");
  EXPECT_EQ(typed->sensors[1].place, "right_foot");
}

TEST(InertialSensors, NeedThreeAxes) {
  SignalRecording recording = swinging(1, "g", 1, "rad/s");
  recording.groups[0].channels.erase(recording.groups[0].channels.begin());
  const auto typed = inertial_sensors(recording);
  EXPECT_EQ(typed.error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(inertial_sensors({}).error().code, ErrorCode::nothing_measured);
}

TEST(SingleChannel, IsFoundByItsQuantityAndConverted) {
  SignalRecording recording;
  recording.groups.push_back({"", Hertz{4}, Seconds{1}, {{"ECG", "mV", "", "", {1, 2, 3, 4}, {{1, 2}}}}});
  const auto ecg = single_channel(recording, SignalQuantity::ecg);
  ASSERT_TRUE(ecg) << to_string(ecg.error());
  EXPECT_EQ(ecg->unit, "V");
  ASSERT_THAT(ecg->runs, SizeIs(2));
  EXPECT_DOUBLE_EQ(ecg->runs[0].values[0], 1e-3);
  EXPECT_DOUBLE_EQ(ecg->runs[1].start.value(), 1.5);
  EXPECT_EQ(single_channel(recording, SignalQuantity::emg).error().code, ErrorCode::nothing_measured);
  recording.groups[0].channels[0].missing = {{0, 4}};
  EXPECT_EQ(single_channel(recording, SignalQuantity::ecg).error().code, ErrorCode::nothing_measured);
}

TEST(SingleChannel, GoesOnAfterALongGap) {
  SignalRecording recording;
  const auto piece = [](double start_s, double value, const char* name) {
    return SignalGroup{"", Hertz{4}, Seconds{start_s}, {{name, "mV", "", "", {value, value}, {}}}};
  };
  // The last is another lead at the same time.
  recording.groups = {piece(0, 1, "ECG"), piece(90000, 2, "ECG"), piece(90000, 3, "ECG 2")};
  const auto ecg = single_channel(recording, SignalQuantity::ecg);
  ASSERT_TRUE(ecg) << to_string(ecg.error());
  ASSERT_THAT(ecg->runs, SizeIs(2));
  EXPECT_DOUBLE_EQ(ecg->runs[1].start.value(), 90000);
  EXPECT_DOUBLE_EQ(ecg->runs[1].values[0], 2e-3);
}

TEST(SingleChannel, IsTheOnlyOneIfNothingIsKnownOfIt) {
  SignalRecording recording;
  recording.groups.push_back({"", Hertz{4}, Seconds{1}, {{"column_2", "", "", "", {1, 2, 3, 4}, {}}}});
  const auto emg = single_channel(recording, SignalQuantity::emg);
  ASSERT_TRUE(emg) << to_string(emg.error());
  EXPECT_THAT(codes_of(emg->findings), ElementsAre("meaning_assumed"));
  EXPECT_EQ(emg->unit, "");
}

TEST(ForcePlate, GivesTheCenterOfPressureInMeters) {
  SignalRecording recording;
  recording.groups.push_back({"",
                              Hertz{100},
                              Seconds{0},
                              {{"Fz", "N", "", "", {500, 510}, {}},
                               {"COPx", "cm", "", "", {1, 2}, {}},
                               {"COPy", "cm", "", "", {-3, -4}, {}}}});
  const auto plate = force_plate(recording);
  ASSERT_TRUE(plate) << to_string(plate.error());
  EXPECT_THAT(plate->runs[0].cop_ap_m, ElementsAre(0.01, 0.02));
  EXPECT_THAT(plate->runs[0].cop_ml_m, ElementsAre(-0.03, -0.04));
  EXPECT_THAT(plate->vertical_force_n, ElementsAre(500, 510));
  EXPECT_THAT(codes_of(plate->findings), ElementsAre("axes_assumed"));
}

TEST(ForcePlate, CalculatesTheCenterOfPressureFromMoments) {
  for (const double sign : {1.0, -1.0}) {
    SignalRecording recording;
    recording.groups.push_back({"",
                                Hertz{100},
                                Seconds{0},
                                {{"Fz", "N", "", "", {500 * sign, 5 * sign, 400 * sign}, {}},
                                 {"Mx", "N.m", "", "", {10 * sign, 0, 20 * sign}, {}},
                                 {"My", "N.m", "", "", {-25 * sign, 0, 8 * sign}, {}}}});
    const auto plate = force_plate(recording);
    ASSERT_TRUE(plate) << to_string(plate.error());
    ASSERT_THAT(plate->runs, SizeIs(2));  // it is empty in between
    EXPECT_DOUBLE_EQ(plate->runs[0].cop_ap_m[0], 0.05);
    EXPECT_DOUBLE_EQ(plate->runs[0].cop_ml_m[0], 0.02);
    EXPECT_DOUBLE_EQ(plate->runs[1].cop_ap_m[0], -0.02);
    EXPECT_DOUBLE_EQ(plate->runs[1].cop_ml_m[0], 0.05);
    EXPECT_THAT(plate->vertical_force_n, ElementsAre(500, 5, 400));
  }
  EXPECT_EQ(force_plate({}).error().code, ErrorCode::nothing_measured);
}

TEST(BeatIntervals, PassOverWhatIsNoBeat) {
  SignalRecording recording;
  recording.annotations = {
      {Seconds{0.1}, "+ (N"}, {Seconds{1}, "N"}, {Seconds{1.4}, "~"}, {Seconds{2}, "V"}, {Seconds{3}, "N"}};
  const auto intervals = beat_intervals(recording);
  ASSERT_THAT(intervals, SizeIs(2));
  EXPECT_DOUBLE_EQ(intervals[0].interval.value(), 1);
  EXPECT_EQ(intervals[0].to, "V");
  EXPECT_FALSE(intervals[0].normal());
  EXPECT_THAT(beat_intervals({}), IsEmpty());
}

TEST(SignalQuality, RemarksOnBadChannels) {
  SignalRecording recording;
  SignalGroup group{"", Hertz{10}, Seconds{0}, {}};
  std::vector<double> moving, clipped;
  for (int i = 0; i < 400; ++i) {
    moving.push_back(std::sin(i * 0.3));
    clipped.push_back(std::fmax(-0.3, std::fmin(0.3, std::sin(i * 0.3))));
  }
  group.channels.push_back({"acc_x", "g", "", "", moving, {{0, 100}}});
  group.channels.push_back({"acc_y", "g", "", "", std::vector<double>(400, 0.0), {}});
  group.channels.push_back({"acc_z", "g", "", "", clipped, {}});
  recording.groups.push_back(std::move(group));
  const auto findings = quality_findings(recording, *channel_meanings(recording));
  EXPECT_THAT(codes_of(findings), ElementsAre("rate_too_low", "much_missing", "no_signal", "saturated"));
}

}  // namespace
}  // namespace reprise::sensing
