// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/ground_forces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

SignalRecording recording_of(std::vector<SignalChannel> channels) {
  SignalRecording recording;
  recording.groups.push_back({"", Hertz{100}, Seconds{0}, std::move(channels)});
  return recording;
}

TEST(GroundForces, FindsInsolesBySide) {
  const auto forces = ground_forces(recording_of({{"left_force", "N", "", "", {300, 310, 0}, {{2, 3}}},
                                                  {"left_cop_x", "mm", "", "", {1, 2, 3}},
                                                  {"left_cop_y", "mm", "", "", {4, 5, 6}},
                                                  {"right_force", "kN", "", "", {0.4, 0.5, 0.6}}}));
  ASSERT_TRUE(forces) << to_string(forces.error());
  ASSERT_EQ(forces->forces.size(), 2U);
  const GroundForce& left = forces->forces[0];
  EXPECT_EQ(left.place, "left");
  EXPECT_EQ(*left.force_n[1], 310);
  EXPECT_FALSE(left.force_n[2]);
  EXPECT_NEAR(left.centers[1]->ap_m, 0.002, 1e-12);
  EXPECT_NEAR(left.centers[1]->ml_m, 0.005, 1e-12);
  EXPECT_EQ(forces->forces[1].place, "right");
  EXPECT_EQ(*forces->forces[1].force_n[2], 600);
  EXPECT_TRUE(forces->forces[1].centers.empty());
}

TEST(GroundForces, AddsCellsOfAnInsoleWhoseSizeIsSaid) {
  const auto recording = recording_of({{"left_insole_pressure_1", "kPa", "", "", {100, 50}},
                                       {"left_insole_pressure_2", "kPa", "", "", {20, 0}},
                                       {"right_insole_pressure_1", "kPa", "", "", {10, 10}}});
  const auto none = ground_forces(recording);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().remedy, HasSubstr("--cell-area"));
  GroundForceOptions options;
  options.cell_area_m2 = 5e-4;
  const auto forces = ground_forces(recording, options);
  ASSERT_TRUE(forces) << to_string(forces.error());
  ASSERT_EQ(forces->forces.size(), 2U);
  EXPECT_EQ(forces->forces[0].place, "left_foot");
  EXPECT_NEAR(*forces->forces[0].force_n[0], 60, 1e-9);  // 120 kPa on 5 cm2
}

TEST(GroundForces, TurnsAForceThatPointsDownAndAsksForUnknownUnits) {
  const auto forces = ground_forces(recording_of({{"Fz", "", "", "", {-700, -710, 2, 2, 2, 2, 2}}}));
  ASSERT_TRUE(forces) << to_string(forces.error());
  EXPECT_EQ(*forces->forces[0].force_n[0], 700);
  std::string codes;
  for (const SignalFinding& f : forces->findings) codes += f.code + " ";
  EXPECT_EQ(codes, "force_turned unit_guessed ");
}

TEST(GroundForces, StartsEachWithTheRecording) {
  auto recording = recording_of({{"left_force", "N", "", "", {300, 300, 300}}});
  recording.groups.push_back({"", Hertz{100}, Seconds{0.02}, {{"right_force", "N", "", "", {400}}}});
  const auto forces = ground_forces(recording);
  ASSERT_EQ(forces->forces.size(), 2U);
  EXPECT_FALSE(forces->forces[1].force_n[1]);
  EXPECT_EQ(*forces->forces[1].force_n[2], 400);
}

TEST(GroundForces, RefusesAUnitThatIsNoForce) {
  for (const char* unit : {"lbf", "m", "%"}) {
    const auto refused = ground_forces(recording_of({{"left_force", unit, "", "", {300, 310}}}));
    ASSERT_FALSE(refused) << unit;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_THAT(refused.error().cause, HasSubstr(unit));
  }
  const auto scale = ground_forces(recording_of({{"left_force", "kgf", "", "", {70}}}));
  EXPECT_NEAR(*scale->forces[0].force_n[0], 686.5, 0.1);
  EXPECT_TRUE(scale->forces[0].unit_said);
  EXPECT_FALSE(ground_forces(recording_of({{"left_force", "", "", "", {70}}}))->forces[0].unit_said);
}

TEST(GroundForces, GathersTheSameForceOverALongGap) {
  auto recording = recording_of({{"left_force", "N", "", "", {300, 310}}});
  recording.groups.push_back({"", Hertz{100}, Seconds{0.05}, {{"left_force", "N", "", "", {400, 410}}}});
  const auto forces = ground_forces(recording);
  ASSERT_TRUE(forces) << to_string(forces.error());
  ASSERT_EQ(forces->forces.size(), 1U);
  ASSERT_EQ(forces->forces[0].force_n.size(), 7U);
  EXPECT_FALSE(forces->forces[0].force_n[4]);
  EXPECT_EQ(*forces->forces[0].force_n[6], 410);
  recording.groups[1].start = Seconds{1e9};
  EXPECT_EQ(ground_forces(recording).error().code, ErrorCode::unsupported);
}

TEST(GroundForces, NamesTheChannelsWhereThereIsNone) {
  const auto none = ground_forces(recording_of({{"acc_x", "g", "", "", {1}}}));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(none.error().cause, HasSubstr("acc_x"));
}

}  // namespace
}  // namespace reprise::sensing
