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

std::vector<std::string> named(const std::vector<std::filesystem::path>& paths) {
  const auto parts = parts_of_names(paths);
  EXPECT_TRUE(parts) << to_string(parts.error());
  return parts.value_or(std::vector<std::string>{});
}

TEST(PartsOfNames, FindTasksInNames) {
  using testing::ElementsAre;
  EXPECT_THAT(named({"x/anna-Eyes Open.csv"}), ElementsAre("eyes_open"));
  EXPECT_THAT(named({"b.single-leg.txt", "plate.txt"}), ElementsAre("single_leg", "plate"));
  EXPECT_THAT(named({"plate.txt"}), ElementsAre(""));
}

TEST(PartsOfNames, KeepDifferentConditionsApart) {
  using testing::ElementsAre;
  EXPECT_THAT(named({"firm_eyes_open.csv", "firm_eyes_closed.csv", "foam_eyes_open.csv"}),
              ElementsAre("firm_eyes_open", "eyes_closed", "foam_eyes_open"));
  for (const std::vector<std::filesystem::path>& paths :
       {std::vector<std::filesystem::path>{"single_leg_eyes_closed.csv"},
        {"left_single_leg.csv", "right_single_leg.csv"}}) {
    const auto unclear = parts_of_names(paths);
    ASSERT_FALSE(unclear);
    EXPECT_THAT(unclear.error().remedy, HasSubstr("--parts"));
  }
  EXPECT_EQ(measure_balance({{"a.csv", "tandem"}, {"b.csv", "tandem"}}, {}).error().code,
            ErrorCode::invalid_argument);
}

TEST(MeasureBalance, NamesALeanToTheRightAndSaysTheFacingAssumed) {
  const TemporaryFolder folder;
  auto fixture = two_plates();
  fixture.plates.pop_back();
  // The plate's x and y are the laboratory's: a lean of 60 mm to -y is one to the right, held for 5 s.
  fixture.analog = [](int s, std::size_t c) {
    const double lean_mm = s > 1000 && s < 1500 ? -60 : 0.2 * std::sin(0.7 * s);
    if (c == 2) return 700;
    return c == 3 ? static_cast<int>(std::lround(700 * lean_mm)) : 0;
  };
  const auto path = folder / "lean.c3d";
  put_file(path, c3d_bytes(fixture));
  const auto d = measure_balance({{path, "limits_of_stability"}}, {});
  ASSERT_TRUE(d) << to_string(d.error());
  std::string leaned;
  for (const session::MeasuredValue& v : d->values) {
    if (v.measure == lean && !v.part.empty()) leaned += v.part + " ";
  }
  EXPECT_EQ(leaned, "right ");
  EXPECT_THAT(d->warnings, testing::Contains(testing::Field(&session::Warning::code, "facing_assumed")));
  const auto table = folder / "lean.csv";
  std::string text = "time_s,cop_ap_m,cop_ml_m\n";
  for (int i = 0; i < 2000; ++i) {
    char row[80];
    std::snprintf(row, sizeof row, "%.2f,%.5f,%.5f\n", i / 100.0, 2e-4 * std::sin(0.7 * i),
                  i > 1000 && i < 1500 ? 0.06 : 0.0);
    text += row;
  }
  put_file(table, text);
  const auto of_table = measure_balance({{table, "limits_of_stability"}}, {});
  ASSERT_TRUE(of_table) << to_string(of_table.error());
  EXPECT_THAT(of_table->warnings,
              testing::Contains(testing::Field(&session::Warning::code, "lean_directions_assumed")));
}

TEST(MeasureBalance, MeasuresTheFootWhosePlateIsNamedWhereAnotherIsLeftOut) {
  const TemporaryFolder folder;
  auto fixture = two_plates();
  fixture.plates[0].type = 7;  // 300 N on the plate that is left out, 400 N on plate 2
  const auto path = folder / "stand.c3d";
  put_file(path, c3d_bytes(fixture));
  SignalFileOptions options;
  options.meanings = {{"Force plate 1", "left_foot"}};
  EXPECT_FALSE(measure_balance({{path, ""}}, options)) << "there is no plate 1";
}

TEST(MeasureBalance, SaysThatAPersonLeftThePlateAndWhereSamplesAreMissing) {
  const TemporaryFolder folder;
  const auto path = folder / "leg.csv";
  std::string text = "time_s,fz_n,mx_nm,my_nm\n";
  for (int i = 0; i < 2500; ++i) {
    char row[80];
    const bool gap = i >= 600 && i < 700;
    std::snprintf(row, sizeof row, gap ? "%.2f,,,\n" : "%.2f,%.1f,%.3f,%.3f\n", i / 100.0,
                  i < 2000 ? 700.0 : 0.0, std::sin(0.02 * i), std::sin(0.03 * i));
    text += row;
  }
  put_file(path, text);
  const auto d = measure_balance({{path, "single_leg"}}, {});
  ASSERT_TRUE(d) << to_string(d.error());
  ASSERT_EQ(d->tables.at(0).rows.size(), 2U);
  EXPECT_EQ(d->tables[0].rows[0].part, "single_leg.samples_missing");
  EXPECT_NEAR(d->tables[0].rows[0].end.value(), 6, 0.02);
  EXPECT_EQ(d->tables[0].rows[1].part, "single_leg.unloaded");
  EXPECT_NEAR(d->tables[0].rows[1].end.value(), 20, 0.02);
}

TEST(GaitOfLoads, HoldsKilogramsAndNoUnknownUnitAgainstALimit) {
  const TemporaryFolder folder;
  const auto with_columns = [&](const char* unit) {
    std::string text = std::string{"time_s,left_force"} + unit + "\n";
    const auto foot = SimulatedLoad{}.foot(true);
    for (std::size_t i = 0; i < foot.force_n.size(); ++i) {
      char row[80];
      std::snprintf(row, sizeof row, "%.2f,%.4f\n", static_cast<double>(i) / 100, *foot.force_n[i] / 9.80665);
      text += row;
    }
    const auto path = folder / "insole.csv";
    put_file(path, text);
    auto options = with_mass(700 / 9.80665);
    options.load.limit_kg = 20;
    return measure_gait(path, options);
  };
  const auto kilograms = with_columns(" (kg)");
  ASSERT_TRUE(kilograms) << to_string(kilograms.error());
  EXPECT_EQ(number_of(*kilograms, contacts_above_limit, Side::left), 8);
  const auto unknown = with_columns("");
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().cause, HasSubstr("against a limit"));
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
