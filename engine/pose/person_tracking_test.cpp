// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/person_tracking.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kFollowTolerance = 1e-9;

Detection face_at(double x, double y, double radius, double score) {
  Detection detection;
  detection.score = score;
  detection.key_points[0] = {x, y};
  detection.key_points[1] = {x, y - radius};
  return detection;
}

Detection2d person_at(double x, double y, double radius_px) {
  Detection2d detection;
  detection.center_px = {x, y};
  detection.radius_px = radius_px;
  return detection;
}

TEST(PeopleIn, RemovesTheLetterbox) {
  const auto people = people_in(std::vector{face_at(0.5, 0.5, 0.25, 0.9)}, whole_picture(1280, 720));
  ASSERT_EQ(people.size(), 1U);
  EXPECT_NEAR((people[0].center_px - Eigen::Vector2d(640, 360)).norm(), 0, kFollowTolerance);
  EXPECT_NEAR(people[0].radius_px, 320, kFollowTolerance);
  EXPECT_NEAR(people[0].region.side_px, 800, kFollowTolerance);
}

TEST(PeopleIn, CountsOneBodyWithTwoBoxesOnce) {
  const auto people = people_in(
      std::vector{face_at(0.5, 0.5, 0.2, 0.9), face_at(0.52, 0.5, 0.21, 0.8), face_at(0.8, 0.5, 0.2, 0.7)},
      whole_picture(100, 100));
  ASSERT_EQ(people.size(), 2U);
  EXPECT_DOUBLE_EQ(people[0].score, 0.9);
  EXPECT_DOUBLE_EQ(people[1].score, 0.7);
}

TEST(AssociationCost, IsOneAtTheEdgeOfThePossible) {
  const PersonTrack track{{100, 100}, 50, {0, 0}, Seconds{2}};
  const ContinuityOptions options{
      .reach = 0.4, .reach_per_s = 1.5, .size_ratio = 1.5, .size_ratio_per_s = 0.5};
  // After 0.4 s: 50 * (0.4 + 1.5 * 0.4) = 50 px; a ratio of 1.5 + 0.5 * 0.4 = 1.7.
  EXPECT_NEAR(association_cost(track, {150, 100}, 50, Seconds{2.4}, options), 1, kFollowTolerance);
  EXPECT_NEAR(association_cost(track, {100, 75}, 50, Seconds{2.4}, options), 0.5, kFollowTolerance);
  EXPECT_NEAR(association_cost(track, {100, 100}, 50 * 1.7, Seconds{2.4}, options), 1, kFollowTolerance);
  EXPECT_NEAR(association_cost(track, {100, 100}, 50 / 1.7, Seconds{2.4}, options), 1, kFollowTolerance);
  EXPECT_GT(association_cost(track, {100, 100}, 0, Seconds{2.4}, options), 1);
}

TEST(ExpectedCenter, CoastsForALimitedTime) {
  const PersonTrack track{{100, 100}, 50, {20, -10}, Seconds{1}};
  const ContinuityOptions options{.coasting = Seconds{0.5}};
  EXPECT_NEAR((expected_center_px(track, Seconds{1.25}, options) - Eigen::Vector2d(105, 97.5)).norm(), 0,
              kFollowTolerance);
  EXPECT_NEAR((expected_center_px(track, Seconds{9}, options) - Eigen::Vector2d(110, 95)).norm(), 0,
              kFollowTolerance);
}

TEST(Updated, LearnsTheVelocity) {
  const ContinuityOptions options{.velocity_memory = Seconds{0.2}};
  PersonTrack track{{0, 0}, 50, {0, 0}, Seconds{0}};
  track = updated(track, {4, 0}, 50, Seconds{0.1}, options);
  EXPECT_NEAR(track.velocity_px_per_s.x(), 40 * (1 - std::exp(-0.5)), kFollowTolerance);
  for (int i = 2; i < 40; ++i) track = updated(track, {4.0 * i, 0}, 50, Seconds{0.1 * i}, options);
  EXPECT_NEAR(track.velocity_px_per_s.x(), 40, 1e-6);  // settled: 38 steps of half a time constant
  track = updated(track, {0, 0}, 50, Seconds{5}, options, true);
  EXPECT_NEAR(track.velocity_px_per_s.x(), 40, 1e-6);
}

TEST(MatchPeople, KeepsWalkersApartAfterTheyCrossed) {
  // Left to right and right to left, seen before and after they met at x = 100.
  const std::vector<PersonTrack> tracks = {{{90, 100}, 50, {100, 0}, Seconds{0}},
                                           {{110, 100}, 50, {-100, 0}, Seconds{0}}};
  const std::vector<Detection2d> seen = {person_at(72, 100, 50), person_at(128, 100, 50)};
  const auto match = match_people(tracks, seen, Seconds{0.4}, {});
  EXPECT_EQ(match[0], 1U);
  EXPECT_EQ(match[1], 0U);
}

TEST(MatchPeople, LeavesStrangersAndTheHiddenUnmatched) {
  const std::vector<PersonTrack> tracks = {{{90, 100}, 50, {0, 0}, Seconds{0}},
                                           {{300, 100}, 50, {0, 0}, Seconds{0}}};
  const auto match =
      match_people(tracks, std::vector{person_at(600, 100, 50), person_at(92, 100, 50)}, Seconds{0.1}, {});
  EXPECT_EQ(match[0], 1U);
  EXPECT_EQ(match[1], std::nullopt);
}

}  // namespace
}  // namespace reprise::engine
