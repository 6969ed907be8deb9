// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ground_loads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "engine/balance/simulated_load.h"
#include "tests/support/c3d_fixture.h"
#include "tests/support/measured_values.h"
#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using engine::test::SimulatedLoad;
using session::number_of;
using testing::HasSubstr;
using enum session::SignalMeasure;

/// SIMULATED insoles at 100 Hz as a table of text.
std::string insoles(const SimulatedLoad& walk) {
  std::string text = "time_s,left_force_n,left_cop_x_m,left_cop_y_m,right_force_n\n";
  const auto left = walk.foot(true);
  const auto right = walk.foot(false);
  for (std::size_t i = 0; i < left.force_n.size(); ++i) {
    char row[120];
    const auto cop = left.cop[i].value_or(engine::CopPoint{});
    std::snprintf(row, sizeof row, "%.2f,%.2f,%.5f,%.5f,%.2f\n", static_cast<double>(i) / walk.rate.value(),
                  *left.force_n[i], cop.ap_m, cop.ml_m, *right.force_n[i]);
    text += row;
  }
  return text;
}

GaitOptions with_mass(double mass_kg) {
  GaitOptions options;
  options.load.body_mass_kg = mass_kg;
  return options;
}

TEST(GaitOfLoads, MeasuresInsolesAgainstALimit) {
  const TemporaryFolder folder;
  const auto path = folder / "insoles.csv";
  put_file(path, insoles({.left_peak_share = 0.5}));
  auto options = with_mass(700 / 9.80665);
  options.load.limit_kg = 20;
  options.load.limited = Side::left;
  const auto d = measure_gait(path, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, weight_limit, Side::left), 20 * 9.80665 / 700, 1e-9);
  EXPECT_EQ(number_of(*d, contacts_above_limit, Side::left), 8);
  EXPECT_NEAR(number_of(*d, cadence), 1 / 0.6, 0.02);
  EXPECT_NEAR(number_of(*d, cop_progression, Side::left), 0.2, 0.02);
  EXPECT_EQ(session::find_value(*d, cop_progression, Side::right), nullptr);
  EXPECT_THAT(d->source.options, HasSubstr("--weight-limit 20kg --limited-side left"));
}

TEST(GaitOfLoads, SaysWhatIsMissing) {
  const TemporaryFolder folder;
  const auto path = folder / "insoles.csv";
  put_file(path, insoles({}));
  const auto no_mass = measure_gait(path, {});
  ASSERT_FALSE(no_mass);
  EXPECT_THAT(no_mass.error().remedy, HasSubstr("--body-mass"));
  const auto plate = folder / "plate.csv";
  put_file(plate, "time_s,fz_n\n0,500\n0.01,500\n0.02,510\n0.03,520\n");
  const auto no_side = measure_gait(plate, with_mass(70));
  ASSERT_FALSE(no_side);
  EXPECT_THAT(no_side.error().remedy, HasSubstr("=left_foot"));
}

/// Two plates of type 2, a foot on each, 300 and 400 N; the left sways.
C3dFixture two_plates() {
  C3dFixture fixture;
  fixture.gen_scale = 1;
  fixture.channel_scale = 1;
  fixture.channel_offset = 0;
  fixture.channels.clear();
  fixture.channel_units.clear();
  for (const char* plate : {"1", "2"}) {
    for (const char* name : {"Fx", "Fy", "Fz", "Mx", "My", "Mz"}) {
      fixture.channels.push_back(std::string{name} + plate);
      fixture.channel_units.emplace_back(name[0] == 'F' ? "N" : "Nmm");
    }
  }
  fixture.samples_per_frame = 1;
  fixture.frames = 4000;
  fixture.analog = [](int s, std::size_t c) {
    const double sway_mm = 5 * std::sin(0.02 * s) + 2 * std::sin(0.05 * s);
    if (c == 2) return 300;
    if (c == 4) return static_cast<int>(-300 * sway_mm);
    return c == 8 ? 400 : 0;
  };
  const std::vector<double> left = {400, 300, 0, 0, 300, 0, 0, -300, 0, 400, -300, 0};
  std::vector<double> right = left;
  for (std::size_t i = 1; i < right.size(); i += 3) right[i] += 600;
  fixture.plates = {{2, {1, 2, 3, 4, 5, 6}, left, {0, 0, 0}, {}},
                    {2, {7, 8, 9, 10, 11, 12}, right, {0, 0, 0}, {}}};
  return fixture;
}

TEST(MeasureBalance, TakesTwoPlatesOfAC3dFileAsOne) {
  const TemporaryFolder folder;
  const auto path = folder / "stand.c3d";
  put_file(path, c3d_bytes(two_plates()));
  const auto d = measure_balance({{path, ""}}, {});
  ASSERT_TRUE(d) << to_string(d.error());
  // The whole center of pressure sways by 3/7 of what the left foot's does: +- 7 mm at most there.
  EXPECT_NEAR(number_of(*d, sway_range_ap), 3.0 / 7 * 2 * 0.0066, 0.001);
  EXPECT_LT(number_of(*d, sway_range_ml), 1e-6);
}

TEST(MeasureBalance, MeasuresFeetByThemselvesWhereTheirSideIsSaid) {
  const TemporaryFolder folder;
  const auto path = folder / "stand.c3d";
  put_file(path, c3d_bytes(two_plates()));
  SignalFileOptions options;
  options.meanings = {{"Force plate 1", "left_foot"}};
  const auto d = measure_balance({{path, ""}}, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, sway_range_ap, Side::left), 2 * 0.0066, 0.002);
}

TEST(PartOfName, FindsTasksInNames) {
  EXPECT_EQ(part_of_name("x/anna-Eyes Open.csv", false), "eyes_open");
  EXPECT_EQ(part_of_name("b.single-leg.txt", true), "single_leg");
  EXPECT_EQ(part_of_name("plate.txt", true), "plate");
  EXPECT_EQ(part_of_name("plate.txt", false), "");
}

TEST(GaitOfLoads, TellsPointsOfTheRoomFromThoseOfAFoot) {
  const TemporaryFolder folder;
  const auto path = folder / "walk.mot";
  std::string text = "walk\nendheader\ntime\tground_force_vy\tground_force_px\tground_force_pz\n";
  const auto foot = SimulatedLoad{}.foot(false);
  for (std::size_t i = 0; i < foot.force_n.size(); ++i) {
    char row[100];
    const auto cop = foot.cop[i].value_or(engine::CopPoint{});
    std::snprintf(row, sizeof row, "%.2f\t%.2f\t%.5f\t%.5f\n", 0.01 * static_cast<double>(i),
                  *foot.force_n[i], cop.ap_m, cop.ml_m);
    text += row;
  }
  put_file(path, text);
  auto options = with_mass(71.4);
  options.file.meanings = {{"ground_force", "right_foot"}};
  const auto d = measure_gait(path, options);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_NEAR(number_of(*d, cop_progression, Side::right), 0.2, 0.02);
  EXPECT_THAT(d->warnings, testing::Contains(testing::Field(&session::Warning::code, "center_in_the_room")));
}

// OpenSim's example of a walk over two plates in a treadmill, of a person of 72.6 kg.
TEST(GaitOfLoads, MeasuresRecordedGroundReactionForces) {
  const auto path = shared_data("mocap/opensim_id/subject01_walk1_grf.mot");
  REPRISE_NEEDS_DATA(path);
  auto options = with_mass(72.6);
  options.file.meanings = {{"ground_force", "right_foot"}};  // the other is "l_ground_force"
  const auto d = measure_gait(path, options);
  ASSERT_TRUE(d) << to_string(d.error());
  for (const Side side : {Side::left, Side::right}) {
    EXPECT_NEAR(number_of(*d, weight_share, side), 0.5, 0.03);
    EXPECT_NEAR(number_of(*d, peak_load, side), 1.1, 0.15);
    EXPECT_NEAR(number_of(*d, stance_share, side), 0.64, 0.05);
  }
  EXPECT_LT(number_of(*d, step_time_asymmetry), 0.1);
  EXPECT_EQ(session::find_value(*d, cop_way, Side::left), nullptr) << "the belt carries it on";
  EXPECT_THAT(d->not_measured, testing::Contains(HasSubstr("treadmill")));
}

}  // namespace
}  // namespace reprise::pipeline
