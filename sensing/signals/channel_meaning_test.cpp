// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/channel_meaning.h"

#include <gtest/gtest.h>

#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

std::string guessed(const std::string& name, const std::string& unit = "", const std::string& sensor = "") {
  SignalRecording recording;
  recording.groups.push_back({"", Hertz{1}, Seconds{0}, {{name, unit, sensor, "", {0, 1}, {}}}});
  return to_text(channel_meanings(recording)->front().front());
}

TEST(ChannelMeaning, IsGuessedFromNames) {
  EXPECT_EQ(guessed("acc_x"), "acceleration_x");
  EXPECT_EQ(guessed("AccY"), "acceleration_y");
  EXPECT_EQ(guessed("ax"), "acceleration_x");
  EXPECT_EQ(guessed("Accel_LN_Z"), "acceleration_z");
  EXPECT_EQ(guessed("acceleration.x"), "acceleration_x");
  EXPECT_EQ(guessed("userAcceleration.x"), "linear_acceleration_x");
  EXPECT_EQ(guessed("gyr_z"), "angular_velocity_z");
  EXPECT_EQ(guessed("rotationRate.y"), "angular_velocity_y");
  EXPECT_EQ(guessed("gx"), "angular_velocity_x");
  EXPECT_EQ(guessed("Fz", "N"), "force_z");
  EXPECT_EQ(guessed("Mx", "N.m"), "moment_x");
  EXPECT_EQ(guessed("Mx", "uT"), "magnetic_field_x");
  EXPECT_EQ(guessed("COPx"), "center_of_pressure_x");
  EXPECT_EQ(guessed("cop_ml"), "center_of_pressure_ml");
  EXPECT_EQ(guessed("MLII", "mV"), "ecg");
  EXPECT_EQ(guessed("EMG_1"), "emg");
  EXPECT_EQ(guessed("heart rate"), "heart_rate");
  EXPECT_EQ(guessed("acc_is"), "acceleration_v");
  EXPECT_EQ(guessed("x", "deg/s"), "angular_velocity_x");
  EXPECT_EQ(guessed("column_2"), "unknown");
}

TEST(ChannelMeaning, HoldsThePlaceOnTheBody) {
  EXPECT_EQ(guess_place("left_foot"), "left_foot");
  EXPECT_EQ(guess_place("LowerBack"), "lower_back");
  EXPECT_EQ(guess_place("L_ankle"), "left_ankle");
  EXPECT_EQ(guess_place("RightShank"), "right_shank");
  EXPECT_EQ(guess_place("rightfoot"), "right_foot");
  EXPECT_EQ(guess_place("left_sensor"), "left");
  EXPECT_EQ(guess_place("IMU 5"), "");
  EXPECT_EQ(guessed("left_foot_acc_x"), "left_foot.acceleration_x");
  EXPECT_EQ(guessed("acc_x", "", "Lumbar"), "lower_back.acceleration_x");
}

TEST(ChannelMeaning, SurvivesBeingWritten) {
  for (const char* text : {"ecg", "acceleration_x", "left_foot.angular_velocity_z", "center_of_pressure_ap",
                           "lower_back.acceleration_v", "heart_rate"}) {
    const auto meaning = parse_meaning(text);
    ASSERT_TRUE(meaning) << text;
    EXPECT_EQ(to_text(*meaning), text);
  }
  EXPECT_EQ(parse_meaning("left_foot")->place, "left_foot");
  EXPECT_FALSE(parse_meaning("accel"));
  EXPECT_FALSE(parse_meaning("acceleration_w"));
  EXPECT_FALSE(parse_meaning("moon.acceleration_x"));
  EXPECT_FALSE(parse_meaning(""));
}

TEST(ChannelMeaning, IsCorrectedByTheCaller) {
  SignalRecording recording;
  recording.groups.push_back(
      {"left_sensor", Hertz{1}, Seconds{0}, {{"u", "", "left_sensor", "", {0, 1}, {}}}});
  MeaningOptions options;
  options.said = {{"u", "acceleration_x"}, {"left_sensor", "left_foot"}};
  const auto meanings = channel_meanings(recording, options);
  ASSERT_TRUE(meanings) << to_string(meanings.error());
  EXPECT_EQ(to_text((*meanings)[0][0]), "left_foot.acceleration_x");
  EXPECT_FALSE((*meanings)[0][0].guessed);
  options.said = {{"v", "acceleration_x"}};
  EXPECT_EQ(channel_meanings(recording, options).error().code, ErrorCode::invalid_argument);
  options.said = {{"u", "sideways"}};
  EXPECT_EQ(channel_meanings(recording, options).error().code, ErrorCode::invalid_argument);
  recording.groups[0].channels[0].meaning = "sideways";
  EXPECT_EQ(channel_meanings(recording).error().code, ErrorCode::invalid_argument);
}

TEST(SignalUnit, IsReadInManySpellings) {
  EXPECT_EQ(ucum_unit("m/s^2"), "m/s2");
  EXPECT_EQ(ucum_unit("°/s"), "deg/s");
  EXPECT_EQ(ucum_unit(" µV "), "uV");
  EXPECT_EQ(ucum_unit("bpm"), "/min");
  EXPECT_EQ(ucum_unit("G"), "g");
  EXPECT_NEAR(si_unit(*ucum_unit("kg"))->factor, 9.80665, 1e-12);
  EXPECT_EQ(si_unit(*ucum_unit("KGF"))->unit, "N");
  EXPECT_EQ(si_unit(*ucum_unit("N/cm^2"))->factor, 1e4);
  EXPECT_FALSE(ucum_unit("furlong"));
  EXPECT_FALSE(ucum_unit(""));
  EXPECT_NEAR(si_unit("g")->factor, 9.80665, 1e-12);
  EXPECT_EQ(si_unit("cm")->unit, "m");
  EXPECT_FALSE(si_unit("furlong"));
}

TEST(SignalUnit, IsSeparatedFromTheName) {
  EXPECT_EQ(split_unit("Fx[N]").name, "Fx");
  EXPECT_EQ(split_unit("acc x (m/s2)").unit, "m/s2");
  EXPECT_EQ(split_unit("knee_deg").name, "knee");
  EXPECT_EQ(split_unit("acc_x").unit, "");
  EXPECT_EQ(split_unit("sensor (left)").name, "sensor (left)");
}

}  // namespace
}  // namespace reprise::sensing
