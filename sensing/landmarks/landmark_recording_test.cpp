// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/landmarks/landmark_csv.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/landmarks/trc.h"
#include "tests/support/landmark_fixture.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

TEST(ReadLandmarks, ChoosesTheFormatByTheEnding) {
  const TemporaryFolder folder;
  const LandmarkRecording original = made_recording();
  put_file(folder / "a.json", to_landmark_json(original));
  put_file(folder / "a.CSV", to_landmark_csv(original));
  put_file(folder / "a.trc", to_trc(markers_from_landmarks(original).value(), "a.trc").value());
  const LandmarkFormat formats[] = {LandmarkFormat::json_landmarks, LandmarkFormat::csv, LandmarkFormat::trc};
  const char* const names[] = {"a.json", "a.CSV", "a.trc"};
  for (int i = 0; i < 3; ++i) {
    const auto read = read_landmarks(folder / names[i], {.picture = PictureSize{1, 2}});
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->source.format, formats[i]);
    EXPECT_EQ(read->source.picture->width_px, i == 0 ? 720 : 1);  // what the file says goes first
    expect_same(*read, original, 5e-9);                           // TRC: half of its last decimal, 5 nm
  }
}

TEST(ReadLandmarks, KeepsTheLabelOfASimulatedMovement) {
  const TemporaryFolder folder;
  LandmarkRecording recording = made_recording();
  for (const bool simulated : {false, true}) {
    recording.source.simulated = simulated;
    put_file(folder / "a.json", to_landmark_json(recording));
    put_file(folder / "a.csv", to_landmark_csv(recording));
    put_file(folder / "a.trc", to_trc(markers_from_landmarks(recording).value(), "a.trc").value());
    for (const char* name : {"a.json", "a.csv", "a.trc"}) {
      const auto read = read_landmarks(folder / name);
      ASSERT_TRUE(read) << to_string(read.error());
      EXPECT_EQ(read->source.simulated, simulated) << name;
    }
  }
}

TEST(ReadLandmarks, SaysWhatIsWrongWithTheFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_landmarks(folder / "no.json").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_landmarks(folder.path()).error().code, ErrorCode::invalid_argument);
  put_file(folder / "a.xlsx", "");
  const auto other = read_landmarks(folder / "a.xlsx");
  EXPECT_EQ(other.error().code, ErrorCode::unsupported);
  EXPECT_THAT(other.error().cause, HasSubstr("'.xlsx'"));
  put_file(folder / "long.csv", std::string(5000, 'x'));
  EXPECT_EQ(read_landmarks(folder / "long.csv", {.max_bytes = 4096}).error().code, ErrorCode::unsupported);
}

TEST(ReadLandmarks, ReadsTheReferenceSquatsWithTheirMeters) {
  const auto path = shared_data("video/squat/pose_squats.full.json");
  REPRISE_NEEDS_DATA(path);
  const auto read = read_landmarks(path, {.rate = Hertz{5}});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->frames.size(), 65U);
  EXPECT_EQ(read->source.format, LandmarkFormat::json_points);
  EXPECT_TRUE(read->source.has_image);
  EXPECT_TRUE(read->source.has_world);
  EXPECT_FALSE(read->source.has_visibility);
  EXPECT_THAT(read->source.warnings, testing::Contains(HasSubstr("pose_squats_3d.full.json")));
  // First numbers of both files.
  EXPECT_DOUBLE_EQ((*read->frames[0].pose->image)[engine::Landmark::nose].x_px, 360.10016441345215);
  EXPECT_DOUBLE_EQ(read->frames[0].pose->world_m[engine::Landmark::nose].v.x(), 0.06238831952214241);
  EXPECT_DOUBLE_EQ(read->frames[64].time.value(), 12.8);
  const auto other = read_landmarks(shared_data("video/squat/pose_1.json"), {.rate = Hertz{30}});
  ASSERT_FALSE(other);  // 17 named points of another network
  EXPECT_EQ(other.error().code, ErrorCode::corrupt);
  EXPECT_THAT(other.error().cause, HasSubstr("expected 33 points"));
}

}  // namespace
}  // namespace reprise::sensing
