// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/film_camera.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "simulation/rendered/take.h"
#include "simulation/rendered/tiny_pack.h"
#include "tests/support/shipped_catalog.h"
#include "tests/support/test_files.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using testing::HasSubstr;

double over_the_floor(const Vector3d& from, const Vector3d& to) {
  const Vector3d way = to - from;
  return std::hypot(way.x(), way.z());
}

TEST(FilmCameraDistance, StandsWhereItIsToldTo) {
  const std::vector<Vector3d> points = {{0, 0, 0}, {0, 1.8, 0}};
  const FilmCamera near = aim({.name = "front", .field_of_view_deg = 60, .distance_m = 2}, points, 640, 640);
  const FilmCamera far = aim({.name = "front", .field_of_view_deg = 60, .distance_m = 4}, points, 640, 640);
  EXPECT_NEAR(over_the_floor(near.lens, {0, 0, 0}), 2, 1e-9);
  EXPECT_NEAR(over_the_floor(far.lens, {0, 0, 0}), 4, 1e-9);
  const auto height = [&](const FilmCamera& camera) {
    return camera.pixel(points[0]).y() - camera.pixel(points[1]).y();
  };
  // Twice as far, half as tall; the camera's tilt changes it by little.
  EXPECT_NEAR(height(near) / height(far), 2, 0.15);
}

class RenderedDistances : public testing::Test {
 protected:
  RenderedDistances() { write_tiny_pack(folder_.path()); }

  [[nodiscard]] Result<Take> take(const TakeOptions& options) const {
    const auto pack = open_pack(folder_.path());
    if (!pack) return tl::unexpected(pack.error());
    const auto exercise = exercises::find(shipped(), "squat");
    if (!exercise) return tl::unexpected(exercise.error());
    return plan_take(*pack, draw_person(3, pack->wardrobe), **exercise, options);
  }

  TemporaryFolder folder_;
};

TEST_F(RenderedDistances, FilmEachViewOnceAtEach) {
  TakeOptions options;
  options.repetitions = 1;
  options.frame_rate = Hertz{2};
  options.side_px = 96;
  options.views = {"front", "side90"};
  options.distances_m = {2, 3.5};
  const auto filmed = take(options);
  ASSERT_TRUE(filmed) << to_string(filmed.error());
  std::vector<std::string> names;
  for (const FilmCamera& camera : filmed->cameras) names.push_back(camera.name);
  EXPECT_THAT(names, testing::ElementsAre("front_2m", "front_3.5m", "side90_2m", "side90_3.5m"));
  // One lens and place a view: only the distance differs.
  EXPECT_EQ(filmed->cameras[0].focal_px, filmed->cameras[1].focal_px);
  EXPECT_EQ(filmed->cameras[0].azimuth_deg, filmed->cameras[1].azimuth_deg);
  EXPECT_NEAR(over_the_floor(filmed->cameras[2].lens, filmed->cameras[3].lens), 1.5, 1e-9);
}

TEST_F(RenderedDistances, AreFromOneToTenMeters) {
  TakeOptions options;
  options.views = {"front"};
  options.distances_m = {0.5};
  const auto near = take(options);
  ASSERT_FALSE(near);
  EXPECT_THAT(near.error().cause, HasSubstr("not from 1 to 10 m"));
}

}  // namespace
}  // namespace reprise::simulation::rendered
