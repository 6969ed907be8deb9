// SPDX-License-Identifier: Apache-2.0
#include "engine/function_tests/flights.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/simulated_jump.h"

namespace reprise::engine {
namespace {

TEST(Flights, LastAsLongAsTheBodyIsThrown) {
  for (const double height_m : {0.08, 0.25, 0.45}) {
    SimulatedJumps jumps{.height_m = height_m};
    const auto flights = find_flights(simulated_jumps(jumps));
    ASSERT_TRUE(flights) << to_string(flights.error());
    ASSERT_EQ(flights->size(), 3U) << height_m;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR((*flights)[i].take_off.value(), jumps.take_off(i), 0.02) << height_m;
      EXPECT_NEAR((*flights)[i].time().value(), jumps.flight(), 0.0333) << height_m << ": a picture";
      EXPECT_NEAR((*flights)[i].bent_at_landing, 0, 0.03);
    }
  }
}

TEST(Flights, AreFinerAtSixtyPicturesASecond) {
  SimulatedJumps jumps{.height_m = 0.3, .rate_hz = 60, .azimuth = Degrees{90}};
  const auto flights = find_flights(simulated_jumps(jumps));
  ASSERT_TRUE(flights);
  ASSERT_EQ(flights->size(), 3U);
  for (const Flight& flight : *flights) EXPECT_NEAR(flight.time().value(), jumps.flight(), 0.017);
}

TEST(Flights, SayThatKneesWereBentAtLanding) {
  SimulatedJumps jumps{.height_m = 0.3, .landing_knees = Degrees{60}};
  const auto flights = find_flights(simulated_jumps(jumps));
  ASSERT_TRUE(flights);
  ASSERT_EQ(flights->size(), 3U);
  for (const Flight& flight : *flights) EXPECT_GT(flight.bent_at_landing, 0.05);
}

TEST(Flights, SayThatTheLandingLiesLower) {
  const auto flights = find_flights(simulated_jumps({.height_m = 0.3, .step_m = 0.12, .jumps = 2}));
  ASSERT_TRUE(flights);
  ASSERT_EQ(flights->size(), 2U);
  for (const Flight& flight : *flights) EXPECT_NEAR(flight.lower_at_landing, 0.12 / 0.83, 0.05);
  const auto level = find_flights(simulated_jumps({.height_m = 0.3}));
  for (const Flight& flight : *level) EXPECT_NEAR(flight.lower_at_landing, 0, 0.04);
}

TEST(Flights, AreNoneOfKneeBendsAndRisesOnTheToes) {
  SimulatedJumps jumps{.height_m = 0};
  const auto flights = find_flights(simulated_jumps(jumps));
  ASSERT_TRUE(flights);
  EXPECT_TRUE(flights->empty());
}

TEST(Flights, AreNoneOfHoppingFromFootToFoot) {
  const auto flights = find_flights(simulated_jumps({.height_m = 0.2, .second_foot_later = 0.25}));
  ASSERT_TRUE(flights);
  EXPECT_TRUE(flights->empty());
}

TEST(Flights, WantPicturesAndFeet) {
  auto frames = simulated_jumps({.rate_hz = 10});
  EXPECT_EQ(find_flights(frames).error().code, ErrorCode::unsupported);
  frames = simulated_jumps({});
  for (PoseFrame& frame : frames) {
    for (const Landmark l :
         {Landmark::left_heel, Landmark::right_heel, Landmark::left_foot_index, Landmark::right_foot_index})
      frame.pose->visibility[l] = 0.05;
  }
  EXPECT_EQ(find_flights(frames).error().code, ErrorCode::nothing_measured);
  for (PoseFrame& frame : frames) frame.pose->image.reset();
  EXPECT_EQ(find_flights(frames).error().code, ErrorCode::unsupported);
}

TEST(JumpHeight, IsThatOfFreeFall) {
  EXPECT_NEAR(jump_height(Seconds{0.5}).value(), 0.3065, 1e-4);  // 9.80665 * 0.25 / 8
}

}  // namespace
}  // namespace reprise::engine
