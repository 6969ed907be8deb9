// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cameras/drawn_board.h"

namespace reprise::engine {
namespace {

CameraModel camera() {
  CameraModel c;
  c.width_px = 640;
  c.height_px = 360;
  c.focal_x_px = c.focal_y_px = 520;
  c.center_x_px = 322;
  c.center_y_px = 178;
  return c;
}

DrawnBoard board(const Eigen::Vector3d& middle_m, const Eigen::Vector3d& turns_rad) {
  DrawnBoard out;
  out.pose = board_pose(out.size, out.square_m, middle_m, turns_rad);
  return out;
}

/// Root mean square distance of the corners found from the true ones, pixels.
double error_px(const DrawnBoard& drawn, const CameraModel& lens) {
  const BoardSearch found = find_board(draw(drawn, lens), drawn.size);
  const auto truth = true_corners(drawn, lens);
  if (found.corners_px.size() != truth.size()) return 1e9;
  double squares = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) squares += (found.corners_px[i] - truth[i]).squaredNorm();
  return std::sqrt(squares / static_cast<double>(truth.size()));
}

TEST(FindBoard, NumbersCornersAlikeFromEverySide) {
  for (const double turn : {0.0, 0.5, 1.57, 2.4, 3.1, 4.5, 5.6})
    EXPECT_LT(error_px(board({0.02, 0.01, 0.6}, {0.2, 0.3, turn}), camera()), 0.15) << turn;
}

TEST(FindBoard, SeesATiltedBoard) {
  EXPECT_LT(error_px(board({0, 0, 0.5}, {0, 0.9, 0.2}), camera()), 0.15);
  EXPECT_LT(error_px(board({0, 0, 0.5}, {-0.8, 0.2, 0}), camera()), 0.15);
}

TEST(FindBoard, StandsBlurNoiseUnevenLightAndClutter) {
  DrawnBoard drawn = board({-0.03, 0, 0.45}, {0.3, -0.4, 0.1});
  drawn.blur_px = 2;
  EXPECT_LT(error_px(drawn, camera()), 0.3);
  drawn.blur_px = 0.7;
  drawn.noise = 8;
  EXPECT_LT(error_px(drawn, camera()), 0.3);
  drawn.noise = 3;
  drawn.light_falls_to = 0.3;
  EXPECT_LT(error_px(drawn, camera()), 0.2);
  drawn.light_falls_to = 0.6;
  drawn.clutter = true;
  EXPECT_LT(error_px(drawn, camera()), 0.2);
}

TEST(FindBoard, SeesThroughABendingLensAndFromAfar) {
  CameraModel lens = camera();
  lens.distortion.coefficients = {-0.25, 0.08, 0.002, -0.001, 0};
  EXPECT_LT(error_px(board({0.05, 0.02, 0.42}, {0.1, 0.3, 0}), lens), 0.15);
  EXPECT_LT(error_px(board({0.3, 0.1, 1.4}, {0.1, 0.3, 0.4}), camera()), 0.2);
}

TEST(FindBoard, CompletesACornerUnderAGlint) {
  const DrawnBoard drawn = board({0, 0, 0.5}, {0.1, 0.2, 0});
  GreyImage image = draw(drawn, camera());
  const Eigen::Vector2d spot = true_corners(drawn, camera())[22] + Eigen::Vector2d{3.0, 3.0};
  for (int y = -2; y <= 2; ++y)
    for (int x = -2; x <= 2; ++x)
      image.at(static_cast<int>(spot.x()) + x, static_cast<int>(spot.y()) + y) = 255;
  EXPECT_EQ(find_board(image, drawn.size).corners_px.size(), 54U);
}

TEST(FindBoard, NamesABoardOfAnotherSize) {
  DrawnBoard drawn = board({0, 0, 0.5}, {0.1, 0.2, 0});
  drawn.size = {8, 5};
  const BoardSearch found = find_board(draw(drawn, camera()), {9, 6});
  EXPECT_TRUE(found.corners_px.empty());
  ASSERT_TRUE(found.other);
  EXPECT_EQ(*found.other, (BoardSize{8, 5}));
}

TEST(FindBoard, FindsNothingWhereThereIsNoWholeBoard) {
  DrawnBoard drawn = board({0, 0, 0.5}, {0, 0, 0});
  drawn.pose.translation_m.x() += 0.4;  // half of it beside the picture
  drawn.clutter = true;
  const BoardSearch found = find_board(draw(drawn, camera()), drawn.size);
  EXPECT_TRUE(found.corners_px.empty());
  GreyImage even{64, 48, std::vector<float>(64 * 48, 99)};
  EXPECT_TRUE(find_board(even, drawn.size).corners_px.empty());
}

}  // namespace
}  // namespace reprise::engine
