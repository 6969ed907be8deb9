// SPDX-License-Identifier: Apache-2.0
// Damaged recordings through the whole chain: the right number, or the reason why there is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "engine/balance/simulated_load.h"
#include "engine/gait/simulated_walk.h"
#include "engine/gait/virtual_lower_back.h"
#include "engine/heart/synthetic_ecg.h"
#include "pipeline/measurements.h"
#include "tests/support/measured_values.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using engine::InertialSamples;
using session::MeasurementDocument;
using session::number_of;
using session::SignalMeasure;
using testing::HasSubstr;

/// A row of a table: its time and what the sensor says, NaN: "nan".
struct TableRow {
  double time_s = 0;
  std::vector<double> values;
};
using TableRows = std::vector<TableRow>;

TableRows rows_of(const InertialSamples& samples) {
  TableRows rows;
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    const auto& a = samples.acceleration_mps2[i].v;
    const auto& w = samples.angular_velocity_radps[i].v;
    rows.push_back(
        {static_cast<double>(i) / samples.rate.value(), {a.x(), a.y(), a.z(), w.x(), w.y(), w.z()}});
  }
  return rows;
}

std::string table_text(const TableRows& rows, std::string header) {
  std::string text = std::move(header) + '\n';
  char cell[40];
  for (const TableRow& row : rows) {
    std::snprintf(cell, sizeof cell, "%.4f", row.time_s);
    text += cell;
    for (const double v : row.values) {
      std::snprintf(cell, sizeof cell, ",%.5f", v);
      text += std::isnan(v) ? ",nan" : cell;
    }
    text += '\n';
  }
  return text;
}

constexpr const char* kSiHeader =
    "time_s,acc_x_mps2,acc_y_mps2,acc_z_mps2,gyr_x_radps,gyr_y_radps,gyr_z_radps";

/// SIMULATED: 40 steps at 108 a minute, a sensor at the lower back of a person of 1.7 m.
TableRows walk_at_the_back() {
  engine::virtual_lower_back::Gait gait;
  gait.steps = 40;
  return rows_of(engine::virtual_lower_back::measured(straight_walk(gait), gait.end_s() + 4));
}

Result<MeasurementDocument> gait_of(const TableRows& rows, const std::string& header = kSiHeader) {
  const TemporaryFolder folder;
  const auto path = folder / "back.csv";
  put_file(path, table_text(rows, header));
  GaitOptions options;
  options.body_height = Meters{1.7};
  return measure_gait(path, options);
}

std::string warning_codes(const MeasurementDocument& d) {
  std::string codes;
  for (const auto& warning : d.warnings) codes += warning.code + " ";
  return codes;
}

/// The values of the whole recording, and a warning with this code ("": none is asked for).
void expect_same_walk(const Result<MeasurementDocument>& d, const std::string& code = "") {
  static const auto whole = gait_of(walk_at_the_back());
  ASSERT_TRUE(whole) << to_string(whole.error());
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_THAT(warning_codes(*d), HasSubstr(code));
  for (const auto measure : {SignalMeasure::cadence, SignalMeasure::walking_speed}) {
    const double truth = number_of(*whole, measure);
    EXPECT_NEAR(number_of(*d, measure), truth, 0.02 * truth) << session::info(measure).name;
  }
}

TEST(BadRecordings, WithMissingAndDoubledRowsGiveTheSameWalk) {
  TableRows rows;
  const TableRows whole = walk_at_the_back();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i % 17 == 5 || i % 101 == 6) continue;
    rows.push_back(whole[i]);
    if (i % 23 == 3) rows.push_back(whole[i]);
  }
  expect_same_walk(gait_of(rows));
}

TEST(BadRecordings, WithCellsThatAreNoNumbersGiveTheSameWalk) {
  TableRows rows = walk_at_the_back();
  for (std::size_t i = 7; i < rows.size(); i += 41) rows[i].values[i % 6] = std::nan("");
  expect_same_walk(gait_of(rows));
}

TEST(BadRecordings, OfADriftingClockAreMeasuredByItAndSaySo) {
  TableRows rows = walk_at_the_back();
  for (TableRow& row : rows) row.time_s *= 1 + 0.002 * row.time_s;
  const auto d = gait_of(rows);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_THAT(warning_codes(*d), HasSubstr("rate"));
}

TEST(BadRecordings, WithAGapOfHoursAreMeasuredOnOneSide) {
  TableRows rows = walk_at_the_back();
  const auto half = static_cast<std::ptrdiff_t>(rows.size() / 3);
  for (auto row = rows.begin() + half; row != rows.end(); ++row) row->time_s += 5 * 3600;
  const auto d = gait_of(rows);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::cadence), 1.8, 0.04);
  EXPECT_LT(number_of(*d, SignalMeasure::walking_time), 30) << "the gap is no walking";
  EXPECT_THAT(warning_codes(*d), HasSubstr("gap"));
}

TEST(BadRecordings, OfAClockThatIsSetBackAreMeasured) {
  TableRows rows = walk_at_the_back();
  for (auto row = rows.begin() + 1500; row != rows.end(); ++row) row->time_s -= 3600;
  const auto d = gait_of(rows);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::cadence), 1.8, 0.04);
  EXPECT_FALSE(d->warnings.empty());
}

TEST(BadRecordings, InOtherUnitsGiveTheSameWalkAndSayTheGuess) {
  TableRows rows = walk_at_the_back();
  for (TableRow& row : rows) {
    for (std::size_t c = 0; c < 3; ++c) row.values[c] /= engine::kGravityMps2;
    for (std::size_t c = 3; c < 6; ++c) row.values[c] *= 180 / kPi;
  }
  expect_same_walk(gait_of(rows, "time,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z"), "unit_guessed");
  expect_same_walk(gait_of(rows), "unit_contradicted");  // the header says m/s2 and rad/s
}

TEST(BadRecordings, UpsideDownAndWithAxesSwappedGiveTheSameWalk) {
  TableRows upside_down = walk_at_the_back();
  for (TableRow& row : upside_down) {
    for (const std::size_t c : {1, 2, 4, 5}) row.values[c] = -row.values[c];
  }
  expect_same_walk(gait_of(upside_down));
  TableRows swapped = walk_at_the_back();
  for (TableRow& row : swapped)
    row.values = {row.values[1], row.values[2], row.values[0], row.values[4], row.values[5], row.values[3]};
  expect_same_walk(gait_of(swapped));
}

TEST(BadRecordings, OfASaturatedSensorAreRefusedOrSaySo) {
  TableRows rows = walk_at_the_back();
  for (TableRow& row : rows) {
    for (std::size_t c = 0; c < 3; ++c) row.values[c] = std::clamp(row.values[c], -9.0, 9.0);
  }
  const auto d = gait_of(rows);
  if (d) {
    EXPECT_THAT(warning_codes(*d), HasSubstr("satur"));
  } else {
    EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
  }
}

TEST(BadRecordings, OfASensorThatFellOffAreMeasuredUpToThen) {
  TableRows rows = walk_at_the_back();
  const std::size_t off = rows.size() / 2;
  for (std::size_t i = off; i < rows.size(); ++i) rows[i].values = {0, 9.81, 0, 0, 0, 0};
  const auto d = gait_of(rows);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::cadence), 1.8, 0.04);
  EXPECT_LT(number_of(*d, SignalMeasure::walking_time), rows[off].time_s);
}

TEST(BadRecordings, WithoutMovementRowsOrRateAreRefused) {
  TableRows still = walk_at_the_back();
  for (TableRow& row : still) row.values = {0, 9.81, 0, 0, 0, 0};
  const auto flat = gait_of(still);
  ASSERT_FALSE(flat);
  EXPECT_EQ(flat.error().code, ErrorCode::nothing_measured);
  TableRows slow;
  for (const TableRow& row : walk_at_the_back()) {
    if (std::abs(row.time_s - std::round(row.time_s)) < 1e-6) slow.push_back(row);
  }
  const auto once_a_second = gait_of(slow);
  ASSERT_FALSE(once_a_second);
  EXPECT_THAT(to_string(once_a_second.error()), HasSubstr("20"));
  EXPECT_FALSE(gait_of({}));
  const TemporaryFolder folder;
  put_file(folder / "empty.csv", "");
  EXPECT_FALSE(measure_gait(folder / "empty.csv", {}));
}

/// SIMULATED feet of different strides, by the names of their sensors.
Result<MeasurementDocument> gait_of_feet(const char* first, const char* second) {
  engine::test::SimulatedSensor sensor;
  sensor.acceleration_noise_mps2 = 0.05;
  sensor.angular_velocity_noise_radps = 0.005;
  engine::test::SimulatedWalk left, right;
  left.lift_m = 0.16;
  right.start_s = left.stride_time_s / 2;
  const TableRows one = rows_of(left.record(sensor, Hertz{200}));
  sensor.seed = 2;
  const TableRows other = rows_of(right.record(sensor, Hertz{200}));
  TableRows rows;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    rows.push_back(one[i]);
    rows.back().values.insert(rows.back().values.end(), other[i].values.begin(), other[i].values.end());
  }
  std::string header = "time_s";
  for (const char* foot : {first, second}) {
    for (const char* channel :
         {"acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps"})
      header += std::string{","} + foot + "_" + channel;
  }
  const TemporaryFolder folder;
  put_file(folder / "feet.csv", table_text(rows, header));
  return measure_gait(folder / "feet.csv", {});
}

TEST(BadRecordings, WithSensorsOnTheOtherFeetOnlySwapTheSides) {
  const auto right_way = gait_of_feet("left_foot", "right_foot");
  const auto swapped = gait_of_feet("right_foot", "left_foot");
  ASSERT_TRUE(right_way) << to_string(right_way.error());
  ASSERT_TRUE(swapped) << to_string(swapped.error());
  for (const auto measure : {SignalMeasure::stride_length, SignalMeasure::foot_sensor_height}) {
    for (const auto& [side, other] : {std::pair{Side::left, Side::right}, {Side::right, Side::left}})
      EXPECT_NEAR(number_of(*right_way, measure, side), number_of(*swapped, measure, other), 1e-3);
  }
  const auto speed = SignalMeasure::walking_speed;
  EXPECT_NEAR(number_of(*right_way, speed), number_of(*swapped, speed), 1e-3);
}

TEST(BadRecordings, OfForcesInAnotherUnitAreRefused) {
  const engine::test::SimulatedLoad walk;
  const auto left = walk.foot(true);
  TableRows rows;
  for (std::size_t i = 0; i < left.force_n.size(); ++i)
    rows.push_back({static_cast<double>(i) / walk.rate.value(), {20 * *left.force_n[i]}});
  const TemporaryFolder folder;
  put_file(folder / "insole.csv", table_text(rows, "time_s,left_force_n"));
  GaitOptions options;
  options.load.body_mass_kg = 70;
  const auto d = measure_gait(folder / "insole.csv", options);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::invalid_argument);
}

TEST(BadRecordings, OfAHeartWithHumGapsAndALooseElectrode) {
  const Hertz rate{250};
  const Seconds duration{200};
  auto ecg = engine::synthetic_ecg(engine::steady_beats(0.5, 199, 0.8, 0), rate, duration);
  TableRows rows;
  for (std::size_t i = 0; i < ecg.size(); ++i) {
    const double t = static_cast<double>(i) / rate.value();
    double value = ecg[i] + 0.3 * std::sin(2 * kPi * 50 * t);
    if (t > 60 && t < 80) value = 0;   // off
    if (t > 120 && t < 130) continue;  // lost
    if (i % 997 == 3) value = std::nan("");
    rows.push_back({t, {value}});
  }
  const TemporaryFolder folder;
  put_file(folder / "ecg.csv", table_text(rows, "time_s,ecg_mv"));
  const auto d = measure_heart(folder / "ecg.csv", {});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, SignalMeasure::heart_rate), 1.25, 0.005);
  EXPECT_THAT(warning_codes(*d), testing::AllOf(HasSubstr("gaps"), HasSubstr("electrode")));
  EXPECT_LT(number_of(*d, SignalMeasure::usable_time), 0.9);
}

}  // namespace
}  // namespace reprise::pipeline
