// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/trc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/landmark_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

/// A file of two markers; `counts` are NumFrames and NumMarkers, tab between.
std::string trc(const std::string& rows, const std::string& counts = "2\t2", const std::string& unit = "mm",
                const std::string& names = "A\t\t\tB\t\t") {
  return "PathFileType\t4\t(X/Y/Z)\tx.trc\n"
         "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames"
         "\n"
         "100\t100\t" +
         counts + "\t" + unit + "\t100\t1\t2\nFrame#\tTime\t" + names + "\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n" +
         rows;
}

TEST(Trc, ReadsMillimetresAndMissingMarkers) {
  const auto read = parse_trc(trc("1\t0.00\t1000\t-2.5\t0\t\t\t\n2\t0.01\t\t\t\t1\t2\t3\n"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->names, ElementsAre("A", "B"));
  EXPECT_EQ(read->rate->value(), 100.0);
  ASSERT_EQ(read->times.size(), 2U);
  EXPECT_EQ(read->at(0, 0)->v, Eigen::Vector3d(1, -0.0025, 0));
  EXPECT_FALSE(read->at(0, 1));
  EXPECT_FALSE(read->at(1, 0));
  EXPECT_EQ(read->at(1, 1)->v, Eigen::Vector3d(0.001, 0.002, 0.003));
  EXPECT_TRUE(read->warnings.empty());
}

TEST(Trc, ReadsOtherUnitsSeparatorsAndLineEnds) {
  std::string text = trc("1\t0\t1\t2\t3\t4\t5\t6\n2\t0.1\t1\t2\t3\tNaN\tnan\tNAN\n", "2\t2", "m");
  for (const char separator : {'\t', ','}) {
    std::string variant;
    for (const char c : text)
      variant += c == '\t' ? std::string{separator} : c == '\n' ? "\r\n" : std::string{c};
    const auto read = parse_trc(variant);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->at(0, 1)->v, Eigen::Vector3d(4, 5, 6));
    EXPECT_FALSE(read->at(1, 1));
  }
  EXPECT_EQ(parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n", "1\t2", "cm"))->at(0, 0)->v,
            Eigen::Vector3d(0.01, 0.02, 0.03));
}

TEST(Trc, KeepsTheMarkersInOrderWhenTheirNamesStandTooClose) {
  const auto read = parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n", "1\t2", "m", "\tA\t\tB"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->names, ElementsAre("A", "B"));
  EXPECT_EQ(read->at(0, 1)->v, Eigen::Vector3d(4, 5, 6));
}

TEST(Trc, TellsBothFiguresWhenRowsAreMissing) {
  const auto read = parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n", "1000000000\t2"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->warnings, ElementsAre("The header declares 1000000000 frames, the file holds 1."));
}

TEST(Trc, LeavesOutTheTornRowOfAFileThatWasCutOff) {
  // The 6 at the end may have been 6000.
  const auto read = parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n2\t0.1\t1\t2\t3\t4\t5\t6", "3\t2"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->times.size(), 1U);
  EXPECT_EQ(read->positions_m.size(), 2U);
  EXPECT_THAT(read->warnings, Contains(HasSubstr("cut off")));
  // Whole without its last line end, it is whole.
  EXPECT_EQ(parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6", "1\t2"))->times.size(), 1U);
}

class TrcErrors : public testing::TestWithParam<BadInput> {};

TEST_P(TrcErrors, NameThePlace) {
  expect_refused(parse_trc(GetParam().bytes), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Bad, TrcErrors,
    testing::Values(
        BadInput{"", ErrorCode::corrupt, "PathFileType"},
        BadInput{"time_s,nose_x_m\n", ErrorCode::corrupt, "PathFileType"},
        BadInput{"PathFileType\t4\n", ErrorCode::corrupt, "NumFrames"},
        BadInput{trc("", "x\t2"), ErrorCode::corrupt, "NumFrames is 'x'"},
        BadInput{trc("", "-1\t2"), ErrorCode::corrupt, "NumFrames is '-1'"},
        BadInput{trc("", "1\t0"), ErrorCode::corrupt, "NumMarkers is '0'"},
        BadInput{trc("", "1\t99999999999999999999"), ErrorCode::corrupt, "NumMarkers"},
        BadInput{trc("", "1\t1000000000"), ErrorCode::unsupported, "limit is 1300"},
        BadInput{trc("", "1\t3"), ErrorCode::corrupt, "declares 3 markers, line 4 names 2"},
        BadInput{trc("", "1\t2", "inch"), ErrorCode::unsupported, "'inch'"},
        BadInput{trc(""), ErrorCode::nothing_measured, "no rows; the header declares 2 frames"},
        BadInput{trc("1\t0\t1\t2\t3\t4\t5\t6\t7\n"), ErrorCode::corrupt, "line 7 has 9 cells"},
        BadInput{trc("1\t0\t1\t2\t\t4\t5\t6\n"), ErrorCode::corrupt, "marker 'A' has 2 of 3 coordinates"},
        BadInput{trc("1\t0\t1\t2\tinf\t4\t5\t6\n"), ErrorCode::corrupt, "'inf' is no number"},
        BadInput{trc("1\t0\t1\t2\t1e300\t4\t5\t6\n"), ErrorCode::corrupt, "farther than 10 km"},
        BadInput{trc("1\tx\t1\t2\t3\t4\t5\t6\n"), ErrorCode::corrupt, "the time 'x' is no number"},
        BadInput{trc("1\t0\t1\t2\t3\t4\t5\t6\n2\t0\t1\t2\t3\t4\t5\t6\n"), ErrorCode::corrupt,
                 "does not rise"}));

TEST(Trc, RoundTripsLandmarksThroughTheAxesOfTheFile) {
  const LandmarkRecording original = made_recording();
  const auto markers = markers_from_landmarks(original);
  ASSERT_TRUE(markers);
  // The head is above the hips: y is up in the file and down in the camera.
  const auto& nose = original.frames[0].pose->world_m[engine::Landmark::nose].v;
  EXPECT_EQ(markers->at(0, 0)->v, Eigen::Vector3d(nose.x(), -nose.y(), -nose.z()));
  const auto text = to_trc(*markers, "walk.trc");
  ASSERT_TRUE(text);
  const auto read = parse_trc(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->warnings.empty());
  const auto landmarks = landmarks_from_markers(*read);
  ASSERT_TRUE(landmarks) << to_string(landmarks.error());
  expect_same(*landmarks, original, 5e-9);  // half of the last decimal: 5 nm
  EXPECT_FALSE(landmarks->source.has_visibility);
}

TEST(Trc, WritesTheHeaderThatOpenSimExpects) {
  engine::MarkerRecording markers;
  markers.names = {"A", "B"};
  markers.times = {Seconds{0}, Seconds{0.04}};
  markers.positions_m = {Vec3<engine::Laboratory>{1, 2, 3}, std::nullopt, std::nullopt,
                         Vec3<engine::Laboratory>{-0.5, 0, 1e-9}};
  EXPECT_EQ(
      to_trc(markers, "x\ty.trc").value(),
      "PathFileType\t4\t(X/Y/Z)\tx?y.trc\n"
      "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
      "25\t25\t2\t2\tmm\t25\t1\t2\n"
      "Frame#\tTime\tA\t\t\tB\t\t\n"
      "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n"
      "1\t0.000000\t1000.00000\t2000.00000\t3000.00000\t\t\t\n"
      "2\t0.040000\t\t\t\t-500.00000\t0.00000\t0.00000\n");
}

TEST(Trc, RefusesToWriteWhatTheFileCouldNotSay) {
  engine::MarkerRecording markers;
  EXPECT_EQ(to_trc(markers, "").error().code, ErrorCode::invalid_argument);
  markers.names = {"A\tB"};
  EXPECT_EQ(to_trc(markers, "").error().code, ErrorCode::invalid_argument);
  LandmarkRecording pixels = made_recording();
  pixels.source.world_from_image = true;
  EXPECT_EQ(markers_from_landmarks(pixels).error().code, ErrorCode::invalid_argument);
}

TEST(Trc, DoesNotTakeMotionCaptureMarkersForLandmarks) {
  const auto markers = parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n", "1\t2"));
  const auto landmarks = landmarks_from_markers(*markers);
  ASSERT_FALSE(landmarks);
  EXPECT_EQ(landmarks.error().code, ErrorCode::unsupported);
  const auto mixed =
      landmarks_from_markers(*parse_trc(trc("1\t0\t1\t2\t3\t4\t5\t6\n", "1\t2", "m", "A\t\t\tnose\t\t")));
  ASSERT_TRUE(mixed);
  EXPECT_EQ(mixed->frames[0].pose->world_m[engine::Landmark::nose].v, Eigen::Vector3d(4, -5, -6));
  EXPECT_THAT(mixed->source.warnings, Contains(HasSubstr("left out: A")));
}

struct RealTrc {
  const char* name;
  std::size_t markers, rows, declared;
  double first_x_m;
};

class RealTrcFiles : public testing::TestWithParam<RealTrc> {};

TEST_P(RealTrcFiles, AreRead) {
  const auto path = shared_data(GetParam().name);
  REPRISE_NEEDS_DATA(path);
  const auto read = read_trc(path);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->names.size(), GetParam().markers);
  EXPECT_EQ(read->times.size(), GetParam().rows);
  EXPECT_NEAR(read->at(0, 0)->v.x(), GetParam().first_x_m, 1e-12);
  if (GetParam().rows == GetParam().declared) {
    EXPECT_TRUE(read->warnings.empty());
  } else {
    EXPECT_THAT(read->warnings, Contains("The header declares " + std::to_string(GetParam().declared) +
                                         " frames, the file holds " + std::to_string(GetParam().rows) + "."));
  }
}

TEST_P(RealTrcFiles, RoundTripExactly) {
  const auto path = shared_data(GetParam().name);
  REPRISE_NEEDS_DATA(path);
  const auto read = read_trc(path);
  ASSERT_TRUE(read) << to_string(read.error());
  const auto again = to_trc(*read, "again", {.exact = true}).and_then([](const std::string& text) {
    return parse_trc(text);
  });
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->names, read->names);
  EXPECT_EQ(again->rate, read->rate);
  EXPECT_EQ(again->times, read->times);
  std::size_t other = 0;
  for (std::size_t i = 0; i < read->positions_m.size(); ++i) {
    const auto& a = read->positions_m[i];
    const auto& b = again->positions_m[i];
    if (a.has_value() != b.has_value() || (a && a->v != b->v)) ++other;
  }
  EXPECT_EQ(other, 0U) << "of " << read->positions_m.size();
}

// Counted in the files by hand: rows with wc and tail, numbers in the first row.
INSTANTIATE_TEST_SUITE_P(Data, RealTrcFiles,
                         testing::Values(RealTrc{"mocap/formats/markers.trc", 51, 93, 652, 0.7337041},
                                         RealTrc{"mocap/opencap/walk.trc", 63, 222, 222, -4.12985},
                                         RealTrc{"mocap/opensim_ik/abdbonepin.trc", 11, 1990, 3514, 0.246329},
                                         RealTrc{"mocap/opensim_ik/subject01_synthetic_marker_data.trc", 31,
                                                 73, 73, 0.67076}));

}  // namespace
}  // namespace reprise::sensing
