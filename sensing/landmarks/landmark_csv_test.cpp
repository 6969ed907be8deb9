// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/landmark_fixture.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

TEST(LandmarkCsv, RoundTripsEveryDouble) {
  const LandmarkRecording original = made_recording();
  const auto read = parse_landmark_csv(to_landmark_csv(original));
  ASSERT_TRUE(read) << to_string(read.error());
  expect_same(*read, original);
  EXPECT_TRUE(read->source.has_image);
  EXPECT_TRUE(read->source.has_world);
  EXPECT_TRUE(read->source.has_visibility);
}

TEST(LandmarkCsv, TakesColumnsInAnyOrderAndAnyCommonForm) {
  const auto read = parse_landmark_csv(
      "\xEF\xBB\xBFnose_z_m;\"time_s\";nose_y_m;nose_x_m;frame\r\n0.3;0;+0.2; 0.1 "
      ";1\r\n;0.5;;;2\r\n\r\n0.6;1;0.5;0.4;3\r\n");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->frames.size(), 3U);
  EXPECT_EQ(read->frames[0].pose->world_m[engine::Landmark::nose].v, Eigen::Vector3d(0.1, 0.2, 0.3));
  EXPECT_FALSE(read->frames[1].pose);
  EXPECT_DOUBLE_EQ(read->source.rate->value(), 2.0);
  EXPECT_THAT(read->source.warnings, testing::Contains(HasSubstr("left out: frame")));
  EXPECT_TRUE(read->source.never_measured[engine::Landmark::left_knee]);
  EXPECT_EQ(read->frames[0].pose->visibility[engine::Landmark::left_knee], 0.0);
  EXPECT_EQ(read->frames[0].pose->visibility[engine::Landmark::nose], 1.0);
}

TEST(LandmarkCsv, FillsAMissingPointInTimeAndMarksItUnseen) {
  const auto read = parse_landmark_csv(
      "time_s,nose_x_m,nose_y_m,nose_z_m,nose_visibility,left_eye_x_m,left_eye_y_m,left_eye_z_m\n"
      "0,0,0,0,0.9,1,1,1\n0.25,,,,,1,1,1\n1,4,8,0,0.7,1,1,1\n");
  ASSERT_TRUE(read) << to_string(read.error());
  const engine::Pose& filled = *read->frames[1].pose;
  EXPECT_EQ(filled.world_m[engine::Landmark::nose].v, Eigen::Vector3d(1, 2, 0));  // a quarter of the way
  EXPECT_EQ(filled.visibility[engine::Landmark::nose], 0.0);
  EXPECT_EQ(read->frames[2].pose->visibility[engine::Landmark::nose], 0.7);
  EXPECT_THAT(read->source.warnings, testing::Contains(HasSubstr("1 missing positions were filled")));
}

TEST(LandmarkCsv, DoesNotWriteFilledPointsAsMeasured) {
  const auto read = parse_landmark_csv(
      "time_s,nose_x_m,nose_y_m,nose_z_m,left_eye_x_m,left_eye_y_m,left_eye_z_m\n"
      "0,0,0,0,1,1,1\n1,,,,1,1,1\n");
  ASSERT_TRUE(read);
  EXPECT_EQ(to_landmark_csv(*read),
            "time_s,nose_x_m,nose_y_m,nose_z_m,left_eye_x_m,left_eye_y_m,left_eye_z_m\n0,0,0,0,1,1,1\n1,,,,1,"
            "1,1\n");
}

class LandmarkCsvErrors : public testing::TestWithParam<BadInput> {};

TEST_P(LandmarkCsvErrors, NameThePlace) {
  expect_refused(parse_landmark_csv(GetParam().bytes), GetParam());
}

#define NOSE "time_s,nose_x_m,nose_y_m,nose_z_m\n"
INSTANTIATE_TEST_SUITE_P(
    Bad, LandmarkCsvErrors,
    testing::Values(
        BadInput{"", ErrorCode::corrupt, "empty"},
        BadInput{"t,nose_x_m,nose_y_m,nose_z_m\n", ErrorCode::corrupt, "time_s"},
        BadInput{"time_s,a,b\n", ErrorCode::corrupt, "no column holds a landmark"},
        BadInput{"time_s,nose_x_m,nose_y_m\n", ErrorCode::corrupt, "2 of its 3 columns in meters"},
        BadInput{"time_s,left_kne_x_m\n", ErrorCode::corrupt, "'left_kne' is no landmark"},
        BadInput{"time_s,time_s\n", ErrorCode::corrupt, "occurs twice"},
        BadInput{NOSE, ErrorCode::nothing_measured, "no frames"},
        BadInput{NOSE "0,,,\n", ErrorCode::nothing_measured, "none of the 1 frames"},
        BadInput{NOSE "0,1,2,3\n0,1,2,3\n", ErrorCode::corrupt, "line 3: the time does not rise"},
        BadInput{NOSE "0,1,2,3\n-1,1,2,3\n", ErrorCode::corrupt, "does not rise"},
        BadInput{NOSE "0,1,nan,3\n", ErrorCode::corrupt, "position in meters of nose is not a number"},
        BadInput{NOSE "0,1,inf,3\n", ErrorCode::corrupt, "is infinite"},
        BadInput{NOSE "nan,1,2,3\n", ErrorCode::corrupt, "time is not a number"},
        BadInput{NOSE "0,1,1e999,3\n", ErrorCode::corrupt, "'1e999' is no number"},
        BadInput{NOSE "0,1,20000,3\n", ErrorCode::corrupt, "is 20000"},
        BadInput{NOSE "0,1,,3\n", ErrorCode::corrupt, "2 of 3 coordinates"},
        BadInput{NOSE "0,1\n", ErrorCode::corrupt, "line 2 has 2 cells, the header 4"},
        BadInput{NOSE ",1,2,3\n", ErrorCode::corrupt, "time is missing"},
        BadInput{NOSE "0,1,x,3\n", ErrorCode::corrupt, "column 'nose_y_m': 'x' is no number"},
        BadInput{"time_s;nose_x_m;nose_y_m;nose_z_m\n0;1,5;2;3\n", ErrorCode::corrupt, "'1,5' is no number"},
        BadInput{NOSE "0,1,2,3\n1000000,1,2,3\n", ErrorCode::unsupported, "limit is 86400"},
        BadInput{"time_s,nose_x_m,nose_y_m,nose_z_m,nose_visibility\n0,1,2,3,1.5\n", ErrorCode::corrupt,
                 "visibility (0 to 1) of nose is 1.5"},
        BadInput{"time_s,nose_x_px,nose_y_px,nose_z_px\n0,1,2,3\n", ErrorCode::nothing_measured,
                 "only pixels"}));

TEST(LandmarkCsv, StopsAtTheLimitOfFrames) {
  std::string text = NOSE;
  for (std::size_t i = 0; i <= kMaxLandmarkFrames; ++i) text += std::to_string(i) + "e-3,,,\n";
  const auto read = parse_landmark_csv(text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
  EXPECT_THAT(read.error().cause, HasSubstr("200000"));
}

}  // namespace
}  // namespace reprise::sensing
