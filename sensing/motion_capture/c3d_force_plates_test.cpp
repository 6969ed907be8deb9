// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d_force_plates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/motion_capture/c3d.h"
#include "tests/support/c3d_fixture.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;
using testing::Contains;
using testing::HasSubstr;

// A plate of 400 mm by 600 mm whose center lies at (1000, 2000, 0) mm; its y is the laboratory's, its x and z
// are turned: x backward, z down, as plates are mounted.
const std::vector<double> kTurnedCorners = {800, 2300, 0, 1200, 2300, 0, 1200, 1700, 0, 800, 1700, 0};

C3dFixture of_plate(C3dFixturePlate plate, std::vector<int> sample, std::vector<std::string> units) {
  C3dFixture fixture;
  fixture.gen_scale = 1;
  fixture.channel_scale = 1;
  fixture.channel_offset = 0;
  fixture.channels.clear();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    fixture.channels.push_back("C" + std::to_string(i + 1));
    plate.channels.push_back(static_cast<int>(i) + 1);
  }
  fixture.channel_units = std::move(units);
  fixture.analog = [sample](int, std::size_t c) { return sample[c]; };
  if (plate.corners.empty()) plate.corners = kTurnedCorners;
  fixture.plates = {std::move(plate)};
  return fixture;
}

C3dPlateLoad load_in(const C3dFixture& fixture) {
  const auto read = parse_c3d(c3d_bytes(fixture));
  EXPECT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->plates.size(), 1U);
  const auto load =
      load_on(read->plates.at(0), std::span{read->analog.values}.subspan(0, read->analog.names.size()));
  EXPECT_TRUE(load);
  return load.value_or(C3dPlateLoad{});
}

const std::vector<std::string> kForcesAndMoments = {"N", "N", "N", "Nmm", "Nmm", "Nmm"};

TEST(C3dForcePlates, TakesForcesAndMomentsOfTypeTwoToTheSurface) {
  const auto load = load_in(of_plate({.type = 2, .origin = {0, 0, -20}}, {40, 0, 800, -8, -40, 4},
                                     {"N", "N", "N", "Nm", "Nm", "Nm"}));
  // About the surface: M + F x origin = (-8, -40, 4) + (0, 0.02 * 40, 0) = (-8, -39.2, 4) Nm; x = 39.2 / 800,
  // y = -8 / 800. The plate's x is the laboratory's backward, so the center lies at 1 - 0.049.
  ASSERT_TRUE(load.center_m);
  EXPECT_NEAR((*load.center_m - Vector3d(1 - 39.2 / 800, 2 - 0.01, 0)).norm(), 0, 1e-9);
  EXPECT_NEAR((load.force_n - Vector3d(-40, 0, -800)).norm(), 0, 1e-9);
  EXPECT_NEAR(load.normal_n, 800, 1e-9);
}

TEST(C3dForcePlates, ReadsMomentsInTheUnitOfTheirChannel) {
  const auto in_mm = load_in(
      of_plate({.type = 2, .origin = {0, 0, -20}}, {40, 0, 800, -8000, -32000, 4000}, kForcesAndMoments));
  const auto unknown = load_in(of_plate({.type = 2, .origin = {0, 0, -20}}, {40, 0, 800, -8000, -32000, 4000},
                                        {"", "", "", "", "", ""}));  // then in the unit of the points
  ASSERT_TRUE(in_mm.center_m && unknown.center_m);
  EXPECT_NEAR((*in_mm.center_m - Vector3d(1 - 31.2 / 800, 1.99, 0)).norm(), 0, 1e-9);
  EXPECT_NEAR((*in_mm.center_m - *unknown.center_m).norm(), 0, 1e-12);
}

TEST(C3dForcePlates, TakesTheCenterOfTypeOneAsItIs) {
  const auto load = load_in(of_plate({.type = 1, .origin = {0, 0, 0}}, {40, 0, 800, 50, -100, 0},
                                     {"N", "N", "N", "mm", "mm", "Nmm"}));
  ASSERT_TRUE(load.center_m);
  EXPECT_NEAR((*load.center_m - Vector3d(0.95, 1.9, 0)).norm(), 0, 1e-9);
}

TEST(C3dForcePlates, AddsTheEightForcesOfTypeThree) {
  // Sensors at (+-120, +-200) mm. All weight on sensor 1 (+x, +y), so that is where the center lies.
  const std::vector<std::string> newton(8, "N");
  const auto corner =
      load_in(of_plate({.type = 3, .origin = {120, 200, -50}}, {0, 0, 0, 0, 800, 0, 0, 0}, newton));
  ASSERT_TRUE(corner.center_m);
  EXPECT_NEAR((*corner.center_m - Vector3d(1 - 0.12, 2.2, 0)).norm(), 0, 1e-9);
  EXPECT_NEAR(corner.normal_n, 800, 1e-9);
  // 100 N along y, 50 mm above the sensors, move the center by 100 * 0.05 / 800 m; along x likewise.
  const auto sheared =
      load_in(of_plate({.type = 3, .origin = {120, 200, -50}}, {60, 40, 50, 50, 200, 200, 200, 200}, newton));
  ASSERT_TRUE(sheared.center_m);
  EXPECT_NEAR((*sheared.center_m - Vector3d(1 + 0.00625, 2 - 0.00625, 0)).norm(), 0, 1e-9);
  EXPECT_NEAR((sheared.force_n - Vector3d(-100, 100, -800)).norm(), 0, 1e-9);
}

TEST(C3dForcePlates, AppliesTheCalibrationMatrixOfTypeFourByColumns) {
  std::vector<double> matrix(36, 0);
  for (std::size_t i = 0; i < 6; ++i) matrix[7 * i] = i < 3 ? 100 : 1000;  // N and Nmm a volt
  matrix[6 * 3 + 2] = 50;  // row Fz, column Mx: crosstalk of 50 N a volt of the fourth channel
  const auto load = load_in(of_plate({.type = 4, .origin = {0, 0, 0}, .calibration = matrix},
                                     {0, 0, 7, 2, 4, 0}, {"V", "V", "V", "V", "V", "V"}));
  EXPECT_NEAR(load.normal_n, 700 + 100, 1e-9);
  ASSERT_TRUE(load.center_m);
  EXPECT_NEAR((*load.center_m - Vector3d(1 + 4.0 / 800, 2 + 2.0 / 800, 0)).norm(), 0, 1e-9);
}

TEST(C3dForcePlates, TurnsAnOriginAboveTheSurface) {
  const auto fixture =
      of_plate({.type = 2, .origin = {0, 0, 20}}, {40, 0, 800, -8000, -32000, 4000}, kForcesAndMoments);
  EXPECT_NEAR(load_in(fixture).center_m->x(), 1 - 31.2 / 800, 1e-9);
  EXPECT_THAT(parse_c3d(c3d_bytes(fixture))->markers.warnings, Contains(HasSubstr("above its surface")));
}

TEST(C3dForcePlates, SaysThatAnOffsetOfEmptyPlatesStays) {
  auto fixture = of_plate({.type = 2, .origin = {0, 0, 0}}, {0, 0, 800, 0, 0, 0}, kForcesAndMoments);
  fixture.plate_zero = {1, 0};  // none
  EXPECT_THAT(parse_c3d(c3d_bytes(fixture))->markers.warnings,
              testing::Each(testing::Not(HasSubstr("ZERO"))));
  fixture.plate_zero = {1, 10};
  EXPECT_THAT(parse_c3d(c3d_bytes(fixture))->markers.warnings, Contains(HasSubstr("ZERO")));
}

TEST(C3dForcePlates, HasNoCenterWithoutLoad) {
  const auto load =
      load_in(of_plate({.type = 2, .origin = {0, 0, -20}}, {0, 0, 19, 500, 500, 0}, kForcesAndMoments));
  EXPECT_FALSE(load.center_m);
}

TEST(C3dForcePlates, LeavesOutWhatIsNotDescribedWhole) {
  const auto warned = [](const C3dFixture& fixture, const char* why) {
    const auto read = parse_c3d(c3d_bytes(fixture));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_TRUE(read->plates.empty());
    EXPECT_THAT(read->markers.warnings, Contains(HasSubstr(why)));
  };
  const std::vector<int> six = {0, 0, 800, 0, 0, 0};
  warned(of_plate({.type = 7, .origin = {0, 0, -20}}, six, kForcesAndMoments), "its type is 7, of 1 to 4");
  warned(of_plate({.type = 4, .origin = {0, 0, -20}}, six, kForcesAndMoments), "calibration matrix");
  warned(of_plate({.type = 2}, six, kForcesAndMoments), "origin is missing");
  warned(of_plate({.type = 2, .corners = std::vector<double>(12, 1), .origin = {0, 0, -20}}, six,
                  kForcesAndMoments),
         "do not span");
  auto beyond = of_plate({.type = 2, .origin = {0, 0, -20}}, six, kForcesAndMoments);
  beyond.plates[0].channels[5] = 7;
  warned(beyond, "channels are not all in the file");
  auto twice = of_plate({.type = 2, .origin = {0, 0, -20}}, six, kForcesAndMoments);
  twice.plates[0].channels[5] = 5;
  warned(twice, "used twice");
}

TEST(C3dForcePlates, ReadsUnitsOfAllChannelsAndLeavesOutUnknownOnes) {
  const C3dFixturePlate plate{.type = 2, .origin = {0, 0, 0}};
  // Fz in kN beside Fx in N, moments in Nm and N.cm; blanks and case do not matter.
  const auto load = load_in(of_plate(plate, {0, 0, 1, 8, -800, 0}, {"N", "N", " KN", "Nm", "N.cm", "Nmm"}));
  EXPECT_NEAR(load.normal_n, 1000, 1e-9);
  ASSERT_TRUE(load.center_m);
  EXPECT_NEAR((*load.center_m - Vector3d(1 - 0.008, 2 + 0.008, 0)).norm(), 0, 1e-9);
  for (const std::vector<std::string>& units :
       {std::vector<std::string>{"N", "N", "lbf", "Nmm", "Nmm", "Nmm"}, {"N", "N", "N", "Nmm", "N", "Nmm"}}) {
    const auto read = parse_c3d(c3d_bytes(of_plate(plate, {0, 0, 800, 0, 0, 0}, units)));
    EXPECT_TRUE(read->plates.empty());
    EXPECT_THAT(read->markers.warnings, Contains(HasSubstr("left out: the unit of its channel")));
  }
  const auto silent =
      parse_c3d(c3d_bytes(of_plate(plate, {0, 0, 800, 0, 0, 0}, {"N", "N", "", "Nmm", "Nmm", "Nmm"})));
  ASSERT_EQ(silent->plates.size(), 1U);
  EXPECT_THAT(silent->markers.warnings, Contains(HasSubstr("does not say all units of force plate 1")));
}

TEST(C3dForcePlates, KeepsTheNumberOfTheFileAndUsesEachChannelOnce) {
  auto fixture = of_plate({.type = 7, .origin = {0, 0, 0}}, {0, 0, 800, 0, 0, 0}, kForcesAndMoments);
  fixture.plates.resize(3, fixture.plates[0]);
  fixture.plates[1].type = fixture.plates[2].type = 2;
  const auto read = parse_c3d(c3d_bytes(fixture));
  ASSERT_EQ(read->plates.size(), 1U);
  EXPECT_EQ(read->plates[0].number, 2U);
  EXPECT_THAT(read->markers.warnings, Contains(HasSubstr("Force plate 1 was left out: its type")));
  EXPECT_THAT(read->markers.warnings, Contains(HasSubstr("Force plate 3 was left out: a channel")));
}

}  // namespace
}  // namespace reprise::sensing
