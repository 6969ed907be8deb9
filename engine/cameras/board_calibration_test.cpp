// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cameras/moved_board.h"

namespace reprise::engine {
namespace {

using testing::HasSubstr;

double off_deg(const CameraModel& is_first, const CameraModel& is_second, const MovedBoard& truth) {
  const Eigen::Matrix3d is = is_second.rotation * is_first.rotation.transpose();
  const Eigen::Matrix3d should = truth.cameras[1].rotation * truth.cameras[0].rotation.transpose();
  return to_degrees(Radians{Eigen::AngleAxisd(is.transpose() * should).angle()}).value();
}

std::string refusal(const std::vector<BoardTrack>& tracks, std::vector<Seconds> lags = {}) {
  const auto found = calibrate_by_board(tracks, {}, 0.025, lags);
  if (found) return "none";
  EXPECT_FALSE(found.error().remedy.empty());
  return found.error().cause;
}

TEST(CalibrateByBoard, FindsLensesPlacesAndTheLag) {
  const MovedBoard truth;
  const auto found = calibrate_by_board(truth.tracks(), truth.size, truth.square_m);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_NEAR(found->lags[1].value(), -0.73, 0.01);
  EXPECT_LT(found->error_px, 0.5);
  for (const std::size_t v : {0U, 1U}) {
    EXPECT_NEAR(found->cameras[v].focal_px(), truth.cameras[v].focal_px(),
                0.01 * truth.cameras[v].focal_px());
    EXPECT_GE(found->pictures[v], 20U);
  }
  EXPECT_NEAR((found->cameras[1].lens_m() - found->cameras[0].lens_m()).norm(),
              (truth.cameras[1].lens_m() - truth.cameras[0].lens_m()).norm(), 0.01);
  EXPECT_LT(off_deg(found->cameras[0], found->cameras[1], truth), 0.5);
  // The first camera stands level at the origin.
  EXPECT_LT(found->cameras[0].lens_m().norm(), 1e-9);
  EXPECT_NEAR(found->cameras[0].rotation(1, 2), -1, 1e-9);
}

TEST(CalibrateByBoard, RefusesABoardThatIsNeverSeen) {
  const MovedBoard truth;
  auto tracks = truth.tracks();
  tracks[1].boards.clear();
  EXPECT_THAT(refusal(tracks), HasSubstr("camera 2: a board of 9x6 inner corners is in none of"));
  tracks[1].other = BoardSize{8, 5};
  tracks[1].of_other = 9;
  EXPECT_THAT(refusal(tracks), HasSubstr("camera 2: a board of 8x5 inner corners is seen, not 9x6"));
}

TEST(CalibrateByBoard, RefusesABoardThatTwoCamerasNeverSeeAtOnce) {
  const MovedBoard truth;
  EXPECT_THAT(refusal(truth.tracks(), {Seconds{0}, Seconds{100}}),
              HasSubstr("cameras 1 and 2 never see the board at the same time"));
}

TEST(CalibrateByBoard, RefusesAMirroredCamera) {
  const MovedBoard truth;
  auto tracks = truth.tracks();
  for (TimedBoard& s : tracks[1].boards) {
    for (Eigen::Vector2d& p : s.corners_px) p.x() = tracks[1].camera.width_px - p.x();
    // The finder numbers a mirrored board from its other side.
    for (int row = 0; row < 6; ++row)
      std::reverse(s.corners_px.begin() + 9 * row, s.corners_px.begin() + 9 * (row + 1));
  }
  EXPECT_THAT(refusal(tracks), HasSubstr("the board never moves alike before cameras 1 and 2"));
}

TEST(CalibrateByBoard, RefusesABoardThatIsOnlySeenFlatOn) {
  MovedBoard truth;
  truth.tilts = 0.05;
  truth.cameras[1] = truth.cameras[0];
  EXPECT_THAT(refusal(truth.tracks()), HasSubstr("camera 1: the board is only ever seen flat-on"));
}

TEST(CalibrateByBoard, RefusesTooFewPlaces) {
  MovedBoard truth;
  truth.reach = 0.1;
  EXPECT_THAT(refusal(truth.tracks()), HasSubstr("of 9 parts of the picture"));
  truth.reach = 1;
  truth.seconds = 0.2;
  EXPECT_THAT(refusal(truth.tracks()), HasSubstr("at least 8"));
}

TEST(CalibrateByBoard, RefusesABoardThatIsNotFlat) {
  MovedBoard truth;
  truth.noise_px = 6;
  EXPECT_THAT(refusal(truth.tracks()), HasSubstr("pixels from where a flat board would show them"));
}

}  // namespace
}  // namespace reprise::engine
