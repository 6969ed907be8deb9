// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/c3d_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Kind {
  C3dProcessor processor;
  bool floats;
};
class C3dKinds : public testing::TestWithParam<Kind> {};

TEST_P(C3dKinds, HoldTheSameNumbers) {
  const auto read = parse_c3d(c3d_bytes({.processor = GetParam().processor, .floats = GetParam().floats}));
  ASSERT_TRUE(read) << to_string(read.error());
  const engine::MarkerRecording& markers = read->markers;
  EXPECT_THAT(markers.warnings, IsEmpty());
  EXPECT_THAT(markers.names, ElementsAre("A", "B"));
  EXPECT_EQ(markers.rate->value(), 100);
  ASSERT_EQ(markers.times.size(), 3U);
  EXPECT_DOUBLE_EQ(markers.times[2].value(), 0.02);
  EXPECT_EQ(markers.at(0, 0)->v, Eigen::Vector3d(0.1005, -0.02, 0.0075));
  EXPECT_EQ(markers.at(2, 1)->v, Eigen::Vector3d(0.3015, -0.04, 0.0075));
  EXPECT_FALSE(markers.at(1, 1));
  EXPECT_TRUE(markers.at(1, 0));
  EXPECT_THAT(read->analog.names, ElementsAre("EMG"));
  EXPECT_THAT(read->analog.units, ElementsAre("V"));
  EXPECT_EQ(read->analog.rate->value(), 200);
  ASSERT_EQ(read->analog.samples(), 6U);
  EXPECT_EQ(read->analog.values[0], (110 - 10) * 0.5);  // (stored - offset) * channel's scale * general scale
  EXPECT_EQ(read->analog.values[5], (110 - 250 - 10) * 0.5);
}

INSTANTIATE_TEST_SUITE_P(AllThree, C3dKinds,
                         testing::Values(Kind{C3dProcessor::intel, true}, Kind{C3dProcessor::intel, false},
                                         Kind{C3dProcessor::dec, true}, Kind{C3dProcessor::dec, false},
                                         Kind{C3dProcessor::mips, true}, Kind{C3dProcessor::mips, false}));

TEST(C3d, ReadsVaxFloats) {
  // DEC, VAX architecture manual: F_floating 1.0 is 0x4080, -1.5 is 0xC0C0, the first word first.
  EXPECT_EQ((C3dBytes{std::string_view{"\x80\x40\x00\x00", 4}, C3dProcessor::dec}.real(0)), 1.0);
  EXPECT_EQ((C3dBytes{std::string_view{"\xC0\xC0\x00\x00", 4}, C3dProcessor::dec}.real(0)), -1.5);
  EXPECT_EQ((C3dBytes{std::string_view{"\x00\x00\x00\x00", 4}, C3dProcessor::dec}.real(0)), 0.0);
}

TEST(C3d, ConvertsTheUnitAndSaysWhenItIsAssumed) {
  EXPECT_EQ(parse_c3d(c3d_bytes({.unit = "m"}))->markers.at(0, 0)->v.y(), -20);
  EXPECT_EQ(parse_c3d(c3d_bytes({.unit = "cm"}))->markers.at(0, 0)->v.y(), -0.2);
  const auto none = parse_c3d(c3d_bytes({.unit = ""}));
  EXPECT_EQ(none->markers.at(0, 0)->v.y(), -0.02);
  EXPECT_THAT(none->markers.warnings, Contains(HasSubstr("millimeters are assumed")));
  EXPECT_EQ(parse_c3d(c3d_bytes({.unit = "inch"})).error().code, ErrorCode::unsupported);
}

TEST(C3d, BelievesTheParametersWhereTheHeaderLies) {
  const auto points = parse_c3d(c3d_bytes({.header_points = 5}));
  ASSERT_TRUE(points) << to_string(points.error());
  EXPECT_EQ(points->markers.names.size(), 2U);
  EXPECT_THAT(points->markers.warnings,
              Contains("The header says 5 where POINT:USED says 2; the latter is used."));
  const auto frames = parse_c3d(c3d_bytes({.header_frames = 900}));
  EXPECT_EQ(frames->markers.times.size(), 3U);
  EXPECT_THAT(frames->markers.warnings, Contains(HasSubstr("the header says 900")));
  const auto start = parse_c3d(c3d_bytes({.header_data_start = 77}));
  EXPECT_EQ(start->markers.at(0, 0)->v.y(), -0.02);
  EXPECT_THAT(start->markers.warnings, Contains(HasSubstr("POINT:DATA_START")));
}

TEST(C3d, BelievesTheHeaderWhereTheParametersCannotBe) {
  const auto start = parse_c3d(c3d_bytes({.parameter_data_start = 0}));
  ASSERT_TRUE(start) << to_string(start.error());
  EXPECT_EQ(start->markers.at(0, 0)->v.y(), -0.02);
  EXPECT_THAT(start->markers.warnings, Contains(HasSubstr("POINT:DATA_START is 0, which cannot be")));
  const auto silent = parse_c3d(c3d_bytes({.without_parameters_of_points = true}));
  ASSERT_TRUE(silent) << to_string(silent.error());
  EXPECT_EQ(silent->markers.names.size(), 2U);
}

TEST(C3d, GivesTheWholeFramesOfAFileThatEndsEarly) {
  C3dFixture fixture{.frames = 50};
  std::string bytes = c3d_bytes(fixture);
  bytes.resize(bytes.size() - 512);
  const auto read = parse_c3d(bytes);
  ASSERT_TRUE(read) << to_string(read.error());
  // 50 frames of 40 bytes fill 3 blocks and 464 bytes; a block less holds 38 whole frames.
  EXPECT_EQ(read->markers.times.size(), 38U);
  EXPECT_THAT(read->markers.warnings,
              Contains("The file declares 50 frames and holds 38; it seems to be cut off."));
}

TEST(C3d, CountsMoreFramesThanSixteenBitsHold) {
  // One marker with its x counting frames: 70,000 frames at 240 a second are 4 minutes 52.
  const auto read =
      parse_c3d(c3d_bytes({.floats = false,
                           .labels = {"A"},
                           .channels = {},
                           .samples_per_frame = 1,
                           .frames = 70'000,
                           .rate_hz = 240,
                           .point =
                               [](int f, std::size_t) {
                                 return std::optional{std::array<double, 3>{(f % 1000) * 0.5, 0, 0}};
                               },
                           .header_frames = 65535,
                           .parameter_frames = 65535,
                           .actual_frames = 70'000}));
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->markers.times.size(), 70'000U);
  EXPECT_EQ(read->markers.at(69'999, 0)->v.x(), 999 * 0.5 / 1000);
  EXPECT_NEAR(read->markers.times.back().value(), 69'999 / 240.0, 1e-9);
  EXPECT_THAT(read->markers.warnings, IsEmpty());
}

TEST(C3d, GoesOnInFurtherLabelParameters) {
  C3dFixture fixture{.labels = {}, .labels_in_first = 200};
  for (int i = 0; i < 500; ++i) fixture.labels.push_back("M" + std::to_string(i));
  const auto read = parse_c3d(c3d_bytes(fixture));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->markers.names, fixture.labels);  // LABELS, LABELS2 and LABELS3
}

TEST(C3d, ReadsSlowAndFastRecordings) {
  for (const double rate : {1.0, 240.0}) {
    const auto read = parse_c3d(c3d_bytes({.rate_hz = rate}));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->markers.rate->value(), rate);
    EXPECT_DOUBLE_EQ(read->markers.times[1].value(), 1 / rate);
  }
}

TEST(C3d, SurvivesAParameterSectionThatLies) {
  const std::string whole = c3d_bytes({});
  // Every byte of the section, set to three wrong values in turn: an error or a recording, never more.
  int refused = 0;
  for (std::size_t at = 512; at < 1024; ++at) {
    for (const char wrong : {'\x00', '\x7F', '\xFF'}) {
      std::string bytes = whole;
      bytes[at] = wrong;
      const auto read = parse_c3d(bytes);
      if (!read) {
        ++refused;
        EXPECT_FALSE(read.error().remedy.empty());
      } else {
        EXPECT_EQ(read->markers.positions_m.size(), read->markers.names.size() * read->markers.times.size());
      }
    }
  }
  EXPECT_GT(refused, 0);
}

class C3dErrors : public testing::TestWithParam<BadInput> {};

std::string changed(std::string bytes, std::size_t at, char value) {
  bytes[at] = value;
  return bytes;
}

TEST_P(C3dErrors, SayWhatIsWrong) {
  expect_refused(parse_c3d(GetParam().bytes), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Bad, C3dErrors,
    testing::Values(BadInput{"", ErrorCode::corrupt, "does not begin like"},
                    BadInput{std::string(4096, 'x'), ErrorCode::corrupt, "does not begin like"},
                    BadInput{changed(c3d_bytes({}), 0, '\x63'), ErrorCode::corrupt, "block 99"},
                    BadInput{changed(c3d_bytes({}), 515, '\x57'), ErrorCode::corrupt, "processor type is 87"},
                    BadInput{c3d_bytes({.rate_hz = 0}), ErrorCode::corrupt, "frame rate"},
                    BadInput{c3d_bytes({.header_data_start = 0, .parameter_data_start = 0}),
                             ErrorCode::corrupt, "would start at block 0"},
                    BadInput{c3d_bytes({.labels = {}, .channels = {}}), ErrorCode::nothing_measured,
                             "neither points"},
                    BadInput{c3d_bytes({.frames = 0}), ErrorCode::nothing_measured, "no frames"},
                    BadInput{c3d_bytes({.unit = "m",
                                        .point =
                                            [](int, std::size_t) {
                                              return std::optional{std::array<double, 3>{2e4, 0, 0}};
                                            }}),
                             ErrorCode::corrupt, "farther than 10 km"}));

struct RealC3d {
  const char* name;
  std::size_t markers, frames, channels;
  double rate_hz;
  std::size_t marker;  ///< the first that is seen in frame 0, and where
  Eigen::Vector3d first_m;
};
class RealC3dFiles : public testing::TestWithParam<RealC3d> {};

TEST_P(RealC3dFiles, AreRead) {
  const auto path = shared_data(std::string{"mocap/formats/"} + GetParam().name);
  REPRISE_NEEDS_DATA(path);
  const auto read = read_c3d(path);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->markers.names.size(), GetParam().markers);
  EXPECT_EQ(read->markers.times.size(), GetParam().frames);
  EXPECT_EQ(read->analog.names.size(), GetParam().channels);
  EXPECT_NEAR(read->markers.rate->value(), GetParam().rate_hz, 1e-5);
  for (std::size_t m = 0; m < GetParam().marker; ++m) EXPECT_FALSE(read->markers.at(0, m));
  ASSERT_TRUE(read->markers.at(0, GetParam().marker));
  EXPECT_NEAR((read->markers.at(0, GetParam().marker)->v - GetParam().first_m).norm(), 0, 1e-7);
}

// Read from the bytes by a script of a few lines; the third file is in DEC format and holds integers.
constexpr double kOptiTrackScaleM = 0.14490029215812683 / 1000;
INSTANTIATE_TEST_SUITE_P(
    Data, RealC3dFiles,
    testing::Values(
        RealC3d{"markers_analogs.c3d", 51, 580, 38, 100, 0, {0.04416278839, -0.27686193848, 0.67569683838}},
        RealC3d{
            "sample_static.c3d", 41, 700, 0, 69.9000015, 6, {-0.93377846479, 0.84767144918, -0.29116156697}},
        RealC3d{"walkingOptiTrack.c3d",
                12,
                3361,
                0,
                160,
                0,
                {129 * kOptiTrackScaleM, 739 * kOptiTrackScaleM, 196 * kOptiTrackScaleM}}));

}  // namespace
}  // namespace reprise::sensing
