// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/c3d_signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sensing/signals/read_signals.h"
#include "sensing/signals/typed_signals.h"
#include "tests/support/c3d_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

/// A type 2 plate, z down, that is stepped on in samples 4 to 15 of 20; the file gives the reaction.
C3dFixture stepped_on() {
  C3dFixture fixture;
  fixture.gen_scale = 1;
  fixture.channel_scale = 1;
  fixture.channel_offset = 0;
  fixture.channels = {"EMG left thigh", "Fx1", "Fy1", "Fz1", "Mx1", "My1", "Mz1"};
  fixture.channel_units = {"V", "N", "N", "N", "Nmm", "Nmm", "Nmm"};
  fixture.frames = 10;
  fixture.analog = [](int s, std::size_t c) {
    if (c == 0) return s;
    if (s < 4 || s >= 16) return c == 3 ? 1 : 0;  // noise, of the other sign
    return std::array{0, 0, 0, -700, 700 * s, 0, 0}[c];
  };
  fixture.plates = {
      {2, {2, 3, 4, 5, 6, 7}, {0, 300, 0, 400, 300, 0, 400, -300, 0, 0, -300, 0}, {0, 0, 0}, {}}};
  return fixture;
}

TEST(C3dSignals, GivesThePlateInTheLaboratoryAndOtherChannelsAsTheyAre) {
  const auto recording = signals_from_c3d(*parse_c3d(c3d_bytes(stepped_on())));
  ASSERT_TRUE(recording) << to_string(recording.error());
  ASSERT_EQ(recording->groups.size(), 2U);
  const SignalGroup& plate = recording->groups[0];
  EXPECT_EQ(plate.name, "Force plate 1");
  EXPECT_EQ(plate.rate.value(), 200);
  // z down, so the reaction of -700 N points up.
  EXPECT_NEAR(plate.channels[0].values[10], 700, 1e-9);
  // y = Mx / Fz = 700 s / -700 mm, in the laboratory along y, too: to the right of one who faces +x.
  EXPECT_NEAR(plate.channels[2].values[10], 0.010, 1e-9);
  EXPECT_NEAR(plate.channels[1].values[10], 0.2, 1e-9);
  ASSERT_EQ(plate.channels[1].missing.size(), 2U);
  EXPECT_EQ(plate.channels[1].missing[0].end, 4U);
  EXPECT_EQ(plate.channels[1].missing[1].begin, 16U);
  ASSERT_EQ(recording->groups[1].channels.size(), 1U);
  EXPECT_EQ(recording->groups[1].channels[0].name, "EMG left thigh");
  EXPECT_EQ(recording->groups[1].channels[0].unit, "V");
}

TEST(C3dSignals, HasTheRightOfOneWhoFacesForwardPositiveHoweverTheLaboratoryIsTurned) {
  // The plate of `stepped_on` in laboratories with z, y and x up: each turned axis by axis, right-handed.
  struct Laboratory {
    std::array<std::size_t, 3> to;  // where x, y and z go
    const char* facing;
  };
  for (const Laboratory& lab :
       {Laboratory{{0, 1, 2}, "+x, with the right at -y"}, Laboratory{{2, 0, 1}, "+x, with the right at +z"},
        Laboratory{{1, 2, 0}, "+y, with the right at -z"}}) {
    auto fixture = stepped_on();
    const auto corners = fixture.plates[0].corners;
    for (std::size_t c = 0; c < corners.size(); c += 3) {
      for (std::size_t i = 0; i < 3; ++i) fixture.plates[0].corners[c + lab.to[i]] = corners[c + i];
    }
    const auto recording = signals_from_c3d(*parse_c3d(c3d_bytes(fixture)));
    const bool y_up = lab.to[2] == 1;
    // At x 0.2 m, y -0.01 m of the first; with y up old y is forward and old x to the right.
    EXPECT_NEAR(recording->groups[0].channels[1].values[10], y_up ? -0.010 : 0.2, 1e-9);
    EXPECT_NEAR(recording->groups[0].channels[2].values[10], y_up ? 0.2 : 0.010, 1e-9);
    EXPECT_EQ(recording->findings.front().code, "facing_assumed");
    EXPECT_THAT(recording->findings.front().text, HasSubstr(lab.facing));
  }
}

TEST(C3dSignals, NamesAPlateByItsNumberInTheFile) {
  auto fixture = stepped_on();
  fixture.plates.push_back(fixture.plates[0]);
  fixture.plates[0].type = 6;
  const auto recording = signals_from_c3d(*parse_c3d(c3d_bytes(fixture)));
  ASSERT_TRUE(recording) << to_string(recording.error());
  EXPECT_EQ(recording->groups[0].name, "Force plate 2");
  EXPECT_EQ(recording->groups[0].channels[0].name, "force_vertical_2");
}

TEST(C3dSignals, BecomesAForcePlateOfOneStandingPerson) {
  const auto recording = signals_from_c3d(*parse_c3d(c3d_bytes(stepped_on())));
  const auto plate = force_plate(*recording);
  ASSERT_TRUE(plate) << to_string(plate.error());
  ASSERT_EQ(plate->runs.size(), 1U);
  EXPECT_EQ(plate->runs[0].cop_ml_m.size(), 12U);
  EXPECT_NEAR(plate->runs[0].start.value(), 4 / 200.0, 1e-12);
  EXPECT_NEAR(*plate->vertical_force_n.at(4), 700, 1e-9);
}

TEST(C3dSignals, RefusesMarkersAlone) {
  const auto none = signals_from_c3d(*parse_c3d(c3d_bytes({.channels = {}, .samples_per_frame = 1})));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(none.error().remedy, HasSubstr("reprise angles"));
}

TEST(C3dSignals, ReadsElectromyographyOfARealFile) {
  const auto path = shared_data("mocap/formats/markers_analogs.c3d");
  REPRISE_NEEDS_DATA(path);
  const auto recording = read_signals(path);
  ASSERT_TRUE(recording) << to_string(recording.error());
  EXPECT_EQ(recording->format, "C3D");
  ASSERT_EQ(recording->groups.size(), 1U);  // FORCE_PLATFORM:USED is 0
  EXPECT_EQ(recording->groups[0].rate.value(), 2000);
  EXPECT_EQ(recording->groups[0].size(), 580U * 20);
  EXPECT_EQ(recording->groups[0].channels.size(), 38U);
  const auto meanings = channel_meanings(*recording);
  ASSERT_TRUE(meanings);
  EXPECT_EQ((*meanings)[0][6].quantity, SignalQuantity::emg);  // Delt_ant.EMG1
}

}  // namespace
}  // namespace reprise::sensing
