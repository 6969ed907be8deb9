// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmark_smoothing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kRadius = 100;
constexpr double kSmoothTolerance = 1e-9;

// All landmarks at one place; the body's size is given by the circle.
LandmarkReading at(double x_px, double visibility = 1, double radius_px = kRadius) {
  LandmarkReading reading;
  auto& image = reading.pose.image.emplace();
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    image[i] = {x_px, 2 * x_px, -x_px};
    reading.pose.world_m[i] = Vec3<Camera>{x_px / 100, 0, 1};
    reading.pose.visibility[i] = visibility;
  }
  reading.center = {x_px, 0, 0};
  reading.circle = {x_px, -radius_px, 0};
  return reading;
}

double nose_x(const LandmarkReading& reading) {
  return (*reading.pose.image)[Landmark::nose].x_px;
}

// The second value of a One Euro filter that starts at `from`, written out (Casiez et al. 2012, with the
// speed divided by the body's size).
double second_value(double from, double to, double dt, double min_cutoff, double beta, double scale) {
  const auto alpha = [&](double cutoff) { return 1 / (1 + 1 / (2 * kPi * cutoff * dt)); };
  const double speed = alpha(1.0) * (to - from) * scale / dt;
  const double weight = alpha(min_cutoff + beta * std::abs(speed));
  return weight * to + (1 - weight) * from;
}

TEST(LandmarkSmoother, PassesTheFirstReading) {
  LandmarkSmoother smoother;
  EXPECT_EQ(nose_x(smoother.smooth(at(50), Seconds{0})), 50);
}

TEST(LandmarkSmoother, FollowsTheOneEuroEquations) {
  const double dt = 1 / 30.0;
  const double per_body = 1 / (2 * kRadius);
  LandmarkSmoother smoother;
  (void)smoother.smooth(at(50), Seconds{3});
  const auto second = smoother.smooth(at(53), Seconds{3 + dt});
  EXPECT_NEAR(nose_x(second), second_value(50, 53, dt, 0.05, 80, per_body), kSmoothTolerance);
  EXPECT_NEAR((*second.pose.image)[Landmark::nose].y_px, second_value(100, 106, dt, 0.05, 80, per_body),
              kSmoothTolerance);
  EXPECT_NEAR((*second.pose.image)[Landmark::nose].z_px, second_value(-50, -53, dt, 0.05, 80, per_body),
              kSmoothTolerance);
  EXPECT_NEAR(second.center.x_px, second_value(50, 53, dt, 0.01, 10, per_body), kSmoothTolerance);
  EXPECT_NEAR(second.circle.x_px, second_value(50, 53, dt, 0.01, 10, per_body), kSmoothTolerance);
  EXPECT_NEAR(second.pose.world_m[Landmark::nose].v.x(), second_value(0.5, 0.53, dt, 0.1, 40, 1),
              kSmoothTolerance);
}

TEST(LandmarkSmoother, UsesTheTimesBetweenUnevenPictures) {
  for (const double dt : {0.01, 0.04, 0.5}) {
    LandmarkSmoother smoother;
    (void)smoother.smooth(at(50), Seconds{10});
    EXPECT_NEAR(nose_x(smoother.smooth(at(60), Seconds{10 + dt})),
                second_value(50, 60, dt, 0.05, 80, 1 / (2 * kRadius)), kSmoothTolerance);
  }
}

TEST(LandmarkSmoother, TreatsNearAndFarPeopleAlike) {
  LandmarkSmoother near;
  LandmarkSmoother far;
  double near_x = 0;
  double far_x = 0;
  for (int i = 0; i < 20; ++i) {
    const double x = 100 + 30 * std::sin(0.4 * i);
    const Seconds time{i / 30.0};
    near_x = nose_x(near.smooth(at(4 * x, 1, 4 * kRadius), time));
    far_x = nose_x(far.smooth(at(x), time));
    EXPECT_NEAR(near_x, 4 * far_x, 1e-7);
  }
}

TEST(LandmarkSmoother, CalmsJitterAndFollowsFastMovement) {
  LandmarkSmoother smoother;
  for (int i = 0; i < 60; ++i) (void)smoother.smooth(at(100 + (i % 2)), Seconds{i / 30.0});
  const double still = nose_x(smoother.smooth(at(101), Seconds{2.0}));
  EXPECT_NEAR(still, 100.5, 0.25);  // half of the jitter's 1 px is its mean
  const double fast = nose_x(smoother.smooth(at(200), Seconds{2.0 + 1 / 30.0}));
  EXPECT_GT(fast, 180);  // half a body size in one picture
}

TEST(LandmarkSmoother, AveragesVisibility) {
  LandmarkSmoother smoother;
  (void)smoother.smooth(at(0, 1.0), Seconds{0});
  const auto second = smoother.smooth(at(0, 0.0), Seconds{0.1});
  EXPECT_NEAR(second.pose.visibility[Landmark::nose], 0.9, kSmoothTolerance);
  const auto third = smoother.smooth(at(0, 0.0), Seconds{0.2});
  EXPECT_NEAR(third.pose.visibility[Landmark::nose], 0.81, kSmoothTolerance);
}

TEST(LandmarkSmoother, ForgetsOnReset) {
  LandmarkSmoother smoother;
  (void)smoother.smooth(at(0), Seconds{0});
  smoother.reset();
  EXPECT_EQ(nose_x(smoother.smooth(at(500), Seconds{0.1})), 500);
}

TEST(LandmarkSmoother, PassesABodyWithoutSize) {
  LandmarkSmoother smoother;
  (void)smoother.smooth(at(0), Seconds{0});
  EXPECT_EQ(nose_x(smoother.smooth(at(500, 1, 0), Seconds{0.1})), 500);
}

}  // namespace
}  // namespace reprise::engine
