// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/triangulate.h"

#include <gtest/gtest.h>

#include "engine/cameras/fuse.h"
#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

struct Rig {
  std::vector<CameraModel> cameras;
  std::vector<RigView> views;
};

Rig rig_of(std::initializer_list<double> azimuths_deg) {
  Rig rig;
  for (const double azimuth : azimuths_deg) rig.cameras.push_back(simulated_camera(Degrees{azimuth}));
  for (const CameraModel& camera : rig.cameras) rig.views.push_back({camera.rotation, camera.translation_m});
  return rig;
}

std::vector<SeenRay> rays_of(const Rig& rig, const Eigen::Vector3d& point) {
  std::vector<SeenRay> out;
  for (std::size_t v = 0; v < rig.views.size(); ++v) {
    const Eigen::Vector3d p = rig.views[v].in_camera(point);
    out.push_back({v, p.head<2>() / p.z(), 1});
  }
  return out;
}

const Eigen::Vector3d kPoint{0.4, -0.3, 1.2};

TEST(Triangulate, FindsThePointWhereRaysMeet) {
  const Rig rig = rig_of({0, 90});
  const auto found = triangulate(rig.views, rays_of(rig, kPoint));
  ASSERT_TRUE(found);
  EXPECT_LT((found->point_m - kPoint).norm(), 1e-9);
  EXPECT_LT(found->error_m, 1e-9);
}

TEST(Triangulate, StatesTheDeviationOfSquareCameras) {
  // Two cameras at right angles, and a point on both axes: each direction across is seen by one of them with
  // the believed deviation, the height by both.
  const Rig rig = rig_of({0, 90});
  const Eigen::Vector3d middle{0, 0, 0.9};
  const auto found = triangulate(rig.views, rays_of(rig, middle), {.deviation_m = 0.02});
  ASSERT_TRUE(found);
  EXPECT_NEAR(std::sqrt(found->covariance_m2(2, 2)), 0.02 / std::sqrt(2.0), 1e-4);  // cameras look 2.5° down
  EXPECT_NEAR(std::sqrt(found->covariance_m2(0, 0)), 0.02, 1e-4);
}

TEST(Triangulate, LeavesOutTheCameraThatErrs) {
  const Rig rig = rig_of({0, 60, 120});
  auto rays = rays_of(rig, kPoint);
  rays[1].slope.x() += 0.1;  // 0.45 m at the distance of 4.5 m
  const auto found = triangulate(rig.views, rays);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->used, (std::vector<bool>{true, false, true}));
  EXPECT_LT((found->point_m - kPoint).norm(), 1e-9);
}

TEST(Triangulate, OfTwoCamerasThatDisagreeSaysNothing) {
  const Rig rig = rig_of({0, 90});
  auto rays = rays_of(rig, kPoint);
  rays[1].slope.y() += 0.1;
  EXPECT_FALSE(triangulate(rig.views, rays));
  EXPECT_FALSE(triangulate(rig.views, std::span{rays}.first(1)));
}

TEST(Triangulate, RefusesRaysThatAreNearlyParallel) {
  const Rig rig = rig_of({0, 1});
  EXPECT_FALSE(triangulate(rig.views, rays_of(rig, kPoint)));
}

TEST(Triangulate, CountsAnUnsureCameraLess) {
  const Rig rig = rig_of({0, 90});
  auto rays = rays_of(rig, kPoint);
  rays[0].slope.y() += 0.01;
  const auto even = triangulate(rig.views, rays);
  rays[0].weight = 0.1;
  const auto unsure = triangulate(rig.views, rays);
  ASSERT_TRUE(even && unsure);
  EXPECT_LT((unsure->point_m - kPoint).norm(), 0.3 * (even->point_m - kPoint).norm());
}

TEST(RayGap, IsTheDistanceOfTwoLines) {
  // The first looks along z from the origin; the second, 1 m to its right and 0.2 m above, looks along -x.
  RigView second;
  second.rotation << 0, 0, 1, 0, 1, 0, -1, 0, 0;
  second.translation_m = -second.rotation * Eigen::Vector3d(1, -0.2, 3);
  EXPECT_NEAR(ray_gap_m({}, {0, 0}, second, {0, 0}), 0.2, 1e-12);
}

}  // namespace
}  // namespace reprise::engine
