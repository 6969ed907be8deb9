// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_adjust.h"

#include <gtest/gtest.h>

#include "engine/cameras/drawn_board.h"

namespace reprise::engine {
namespace {

CameraModel lens(double focal_px) {
  CameraModel c;
  c.width_px = 1280;
  c.height_px = 720;
  c.focal_x_px = c.focal_y_px = focal_px;
  c.center_x_px = 640;
  c.center_y_px = 360;
  return c;
}

/// Simulated: a board in twelve poses before two cameras, corners with a noise of 0.1 px; the first guess is
/// 8 % off in focal lengths, 2 degrees and 3 cm in the second camera's place, and knows no distortion.
struct BoardRig {
  BoardProblem truth;
  BoardProblem guess;

  BoardRig() {
    truth.cameras = {lens(1000), lens(1100)};
    truth.cameras[0].distortion.coefficients = {-0.12, 0.03, 0.001, -0.001, 0};
    truth.cameras[1].rotation = Eigen::AngleAxisd(0.8, Eigen::Vector3d::UnitY()).toRotationMatrix();
    truth.cameras[1].translation_m = {-0.6, 0.02, 0.25};
    const detail::CounterRandom random(4);
    std::uint64_t n = 0;
    for (std::size_t b = 0; b < 12; ++b) {
      const auto any = [&](double most) { return most * (2 * random.uniform(n++) - 1); };
      truth.boards.push_back(board_pose(truth.size, truth.square_m, {any(0.1), any(0.1), 0.8 + any(0.2)},
                                        {any(0.5), -0.4 + any(0.5), any(1.5)}));
      for (const std::size_t v : {0U, 1U}) {
        DrawnBoard board;
        board.pose = truth.boards.back();
        SeenBoard seen{v, b, true_corners(board, truth.cameras[v])};
        for (Eigen::Vector2d& corner : seen.corners_px) {
          corner.x() += 0.1 * random.normal(n++);
          corner.y() += 0.1 * random.normal(n++);
        }
        truth.seen_boards.push_back(seen);
      }
    }
    guess = truth;
    for (CameraModel& camera : guess.cameras) {
      camera.focal_x_px *= 1.08;
      camera.focal_y_px *= 1.08;
      camera.distortion = {};
    }
    guess.cameras[1].rotation =
        Eigen::AngleAxisd(0.035, Eigen::Vector3d::UnitX()) * guess.cameras[1].rotation;
    guess.cameras[1].translation_m.z() += 0.03;
  }
};

TEST(AdjustBoards, FindsLensesAndPlacesFromARoughGuess) {
  BoardRig rig;
  const auto found = adjust(rig.guess);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->error_px, 0.1 * std::sqrt(2.0), 0.02);
  for (const std::size_t v : {0U, 1U}) {
    const CameraModel& is = rig.guess.cameras[v];
    const CameraModel& should = rig.truth.cameras[v];
    EXPECT_NEAR(is.focal_px(), should.focal_px(), 4 * found->focal_deviation_px[v]);
    EXPECT_LT(found->focal_deviation_px[v], 0.005 * should.focal_px());
  }
  EXPECT_NEAR(rig.guess.cameras[0].distortion.coefficients[0], -0.12, 0.02);
  EXPECT_LT((rig.guess.cameras[1].lens_m() - rig.truth.cameras[1].lens_m()).norm(), 0.004);
  const Eigen::AngleAxisd off(rig.guess.cameras[1].rotation.transpose() * rig.truth.cameras[1].rotation);
  EXPECT_LT(std::abs(off.angle()), 0.005);
}

TEST(AdjustBoards, RefusesAProblemWithoutSeenBoards) {
  BoardProblem none;
  none.cameras = {lens(1000)};
  EXPECT_FALSE(adjust(none));
}

}  // namespace
}  // namespace reprise::engine
