// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/chair_stands.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

double min_jerk(double t, double from, double to) {
  const double s = std::clamp((t - from) / (to - from), 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// A rise: the trunk leans from `lean` on, knees stretch from `knees` to `up`, bend from `down` to `sat`.
struct SimulatedRise {
  double lean, knees, up, down, sat;
  double lowest = 0;    ///< of the hips after it, as a share of the way to the chair that is missing
  double straight = 0;  ///< knee flexion that remains at the top, degrees
};

ChairCurves curves_of(const std::vector<SimulatedRise>& rises, double end_s, double hz = 30) {
  ChairCurves c;
  for (double t = 0; t <= end_s; t += 1 / hz) {
    double standing = 0;
    double lean = 0;
    double bent = 90;
    double left_over = 0;
    for (const SimulatedRise& r : rises) {
      const double up = min_jerk(t, r.knees, r.up) - min_jerk(t, r.down, r.sat);
      standing += up;
      bent -= (90 - r.straight) * up;
      lean += 35 * (min_jerk(t, r.lean, r.knees) - min_jerk(t, r.knees, r.up) + min_jerk(t, r.down, r.sat) -
                    min_jerk(t, r.sat, r.sat + 0.6));
      if (t > r.down) left_over = r.lowest;
    }
    const double hips = 0.55 + 0.45 * std::max(standing, left_over);
    for (Curve* curve : {&c.knee_flexion_rad, &c.trunk_inclination_rad, &c.hip_height})
      curve->times.push_back(Seconds{t});
    c.knee_flexion_rad.values.push_back(Radians{Degrees{bent * (1 - left_over) + 0 * left_over}}.value());
    c.trunk_inclination_rad.values.push_back(Radians{Degrees{5 + lean}}.value());
    c.hip_height.values.push_back(hips);
  }
  return c;
}

TEST(ChairStands, BeginWithTheTrunkAndEndUpright) {
  const std::vector<SimulatedRise> rises = {{1, 1.6, 2.7, 3.4, 4.4}, {5.5, 6, 7.1, 7.6, 8.6}};
  const std::vector<Seconds> tops = {Seconds{3}, Seconds{7.3}};
  const auto stands = measure_chair_stands(curves_of(rises, 10), tops);
  ASSERT_TRUE(stands) << to_string(stands.error());
  ASSERT_EQ(stands->size(), 2U);
  constexpr double kWithin = 0.04;  // s: about a picture
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR((*stands)[i].rise_start.value(), rises[i].lean, kWithin) << i;
    EXPECT_NEAR((*stands)[i].rise_end.value(), rises[i].up, kWithin) << i;
    ASSERT_TRUE((*stands)[i].sit_start && (*stands)[i].sit_end);
    EXPECT_NEAR((*stands)[i].sit_start->value(), rises[i].down, kWithin) << i;
    EXPECT_NEAR((*stands)[i].sit_end->value(), rises[i].sat, kWithin) << i;
    EXPECT_TRUE((*stands)[i].counts());
  }
}

TEST(ChairStands, OfBentKneesIsNotUpright) {
  const std::vector<SimulatedRise> rises = {{1, 1.6, 2.7, 3.4, 4.4, 0, 40}};
  const std::vector<Seconds> tops = {Seconds{3}};
  const auto stands = measure_chair_stands(curves_of(rises, 6), tops);
  ASSERT_TRUE(stands);
  ASSERT_EQ(stands->size(), 1U);
  EXPECT_EQ(stands->front().fault, ChairFault::not_upright);
}

TEST(ChairStands, AfterASitThatDoesNotReachTheChairDoNotCount) {
  const std::vector<SimulatedRise> rises = {{1, 1.6, 2.7, 3.4, 4.4, 0.5}, {5.5, 6, 7.1, 7.6, 8.6}};
  const std::vector<Seconds> tops = {Seconds{3}, Seconds{7.3}};
  const auto stands = measure_chair_stands(curves_of(rises, 10), tops);
  ASSERT_TRUE(stands);
  ASSERT_EQ(stands->size(), 2U);
  EXPECT_TRUE((*stands)[0].counts());
  EXPECT_EQ((*stands)[1].fault, ChairFault::not_seated);
}

TEST(ChairStands, MoreThanHalfwayAtTheEndCounts) {
  std::vector<ChairStand> stands;
  for (int i = 0; i < 4; ++i) stands.push_back({Seconds{10.0 * i}, Seconds{10.0 * i + 1}});
  EXPECT_EQ(stands_within(stands, Seconds{0}, Seconds{30}), 3) << "the fourth begins at the end";
  stands[3].rise_start = Seconds{29.2};
  stands[3].rise_end = Seconds{30.6};
  EXPECT_EQ(stands_within(stands, Seconds{0}, Seconds{30}), 4) << "halfway at 29.9 s";
  stands[3].rise_end = Seconds{31.2};
  EXPECT_EQ(stands_within(stands, Seconds{0}, Seconds{30}), 3);
  stands[1].fault = ChairFault::not_upright;
  EXPECT_EQ(stands_within(stands, Seconds{0}, Seconds{30}), 2);
}

TEST(ChairStands, RefuseCurvesThatDoNotFit) {
  ChairCurves curves;
  curves.hip_height.times = {Seconds{0}};
  EXPECT_EQ(measure_chair_stands(curves, {}).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(measure_chair_stands({}, {})->empty());
}

}  // namespace
}  // namespace reprise::engine
