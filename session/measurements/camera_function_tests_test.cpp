// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/support/filmed_drawn_people.h"
#include "tests/support/simulated_jump.h"
#include "tests/support/simulated_timed_walk.h"

// Tests by camera on drawn people (engine/synthesis): nothing here is a person's.

namespace reprise::session {
namespace {

using engine::GenerateOptions;
using testing::HasSubstr;
using enum SignalMeasure;

// Shares of the catalog's sit to stand at which the body is upright, leaves that, and has sat down.
constexpr double kUp = 0.45, kDown = 0.55, kSat = 0.82;

TEST(ChairByCamera, OneLegIsEnoughFromBeside) {
  const auto movement = drawn("sit_to_stand", from(kSide, 6));
  const auto whole = measured(FunctionTest::sit_to_stand_5, movement.frames);
  ASSERT_TRUE(whole) << to_string(whole.error());
  for (const Side side : {Side::left, Side::right}) {
    const auto d = measured(FunctionTest::sit_to_stand_5, without_leg(movement.frames, side));
    ASSERT_TRUE(d) << to_string(d.error());
    EXPECT_NEAR(number_of_test(*d, test_time), number_of_test(*whole, test_time), 0.1);
  }
}

TEST(ChairByCamera, PhasesOfSimulatedPeopleLieWithinATenthOfASecond) {
  for (const Degrees azimuth : {kFront, Degrees{45}, kSide}) {
    for (const double pace : {0.6, 1.0}) {
      GenerateOptions options = from(azimuth, 6);
      options.duration_scale = pace;
      const auto movement = drawn("sit_to_stand", options);
      const auto d = measured(FunctionTest::sit_to_stand_5, movement.frames);
      ASSERT_TRUE(d) << to_string(d.error());
      const EventTable& table = d->tables.front();
      ASSERT_EQ(table.rows.size(), 6U) << azimuth.value() << " " << pace;
      for (std::size_t i = 0; i < 6; ++i) {
        const auto& truth = movement.repetitions[i];
        const auto at = [&](double share) {
          return truth.start.value() + share * (truth.end - truth.start).value();
        };
        EXPECT_NEAR(table.rows[i].start.value(), at(0), 0.1) << azimuth.value() << " " << pace;
        EXPECT_NEAR(*table.rows[i].values[1], at(kUp) - at(0), 0.14);
        EXPECT_NEAR(table.rows[i].end.value(), at(kSat), 0.1) << azimuth.value() << " " << pace;
        EXPECT_NEAR(*table.rows[i].values[2], at(kSat) - at(kDown), 0.14);
      }
      const double fifth = movement.repetitions[4].start.value() +
                           kUp * (movement.repetitions[4].end - movement.repetitions[4].start).value();
      EXPECT_NEAR(number_of_test(*d, test_time), fifth - movement.repetitions[0].start.value(), 0.14);
      EXPECT_EQ(d->kind, MeasurementKind::sit_to_stand);
    }
  }
}

TEST(ChairByCamera, CountsHalfAMinuteFromTheFirstMovement) {
  GenerateOptions options = from(kSide, 12);
  options.duration_scale = 0.6;  // 3 s, and half a second seated: one every 3.5 s
  const auto movement = drawn("sit_to_stand", options);
  const auto d = measured(FunctionTest::sit_to_stand_30, movement.frames,
                          {.person = {.age_years = 72, .sex = ReferenceSex::female}});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(number_of_test(*d, repetitions), 9) << "the ninth begins at 28 s and is halfway before 30 s";
  const MeasuredValue* count = value_of_test(*d, repetitions);
  ASSERT_TRUE(count->reference);
  EXPECT_EQ(count->reference->low, 10);
  EXPECT_EQ(against_reference(*count), AgainstReference::below);
  EXPECT_FALSE(warns(*d, "too_short"));
  EXPECT_EQ(count->part, "sit_to_stand_30");

  const auto later = measured(FunctionTest::sit_to_stand_30, movement.frames,
                              {.start = movement.repetitions[2].start - Seconds{0.3}});
  ASSERT_TRUE(later);
  EXPECT_EQ(number_of_test(*later, repetitions), 9);
}

TEST(ChairByCamera, OfAShortRecordingIsTheCountSoFar) {
  const auto movement = drawn("sit_to_stand", from(kSide, 3));
  const auto d = measured(FunctionTest::sit_to_stand_30, movement.frames,
                          {.person = {.age_years = 72, .sex = ReferenceSex::female}});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(number_of_test(*d, repetitions), 3);
  EXPECT_TRUE(warns(*d, "too_short"));
  EXPECT_FALSE(value_of_test(*d, repetitions)->reference) << "a part is held against nothing";
  EXPECT_EQ(value_of_test(*d, test_time), nullptr);
}

TEST(ChairByCamera, RisesThatMayBeMissingAreHeldAgainstNothing) {
  GenerateOptions options = from(kSide, 12);
  options.duration_scale = 0.6;
  const auto movement = drawn("sit_to_stand", options);
  const auto& third = movement.repetitions[2];
  const auto frames = hidden(movement.frames, third.start, third.start + Seconds{1.5});
  const auto half = measured(FunctionTest::sit_to_stand_30, frames,
                             {.person = {.age_years = 72, .sex = ReferenceSex::female}});
  ASSERT_TRUE(half) << to_string(half.error());
  EXPECT_TRUE(warns(*half, "not_seen"));
  EXPECT_FALSE(value_of_test(*half, repetitions)->reference);

  const auto five = measured(FunctionTest::sit_to_stand_5, frames);
  ASSERT_TRUE(five) << to_string(five.error());
  const auto& fourth = movement.repetitions[3];
  EXPECT_NEAR(number_of_test(*five, test_time), 4 * 3.5 + kUp * (fourth.end - fourth.start).value(), 0.3)
      << "five rises after the gap";
  const auto& last = movement.repetitions[6];
  const std::vector<engine::PoseFrame> short_one{
      frames.begin(), std::find_if(frames.begin(), frames.end(),
                                   [&](const engine::PoseFrame& frame) { return frame.time > last.start; })};
  const auto none = measured(FunctionTest::sit_to_stand_5, short_one);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::nothing_measured);
}

TEST(ChairByCamera, APauseSeatedEndsATestOfFive) {
  const auto movement = drawn("sit_to_stand", from(kSide, 6));
  auto frames = movement.frames;
  const Seconds pause = movement.repetitions[1].start;
  std::vector<engine::PoseFrame> paused;
  for (const engine::PoseFrame& frame : frames) {
    if (frame.time < pause) paused.push_back(frame);
  }
  const engine::PoseFrame seated = paused.back();
  for (double waited = 0; waited < 5; waited += 1.0 / 30) {
    paused.push_back(seated);
    paused.back().time = seated.time + Seconds{waited + 1.0 / 30};
  }
  for (engine::PoseFrame& frame : frames) {
    if (frame.time < pause) continue;
    frame.time += Seconds{5};
    paused.push_back(frame);
  }
  const auto d = measured(FunctionTest::sit_to_stand_5, paused);
  ASSERT_TRUE(d) << to_string(d.error());
  const auto& fifth = movement.repetitions[5];
  const double up = fifth.start.value() + kUp * (fifth.end - fifth.start).value();
  EXPECT_NEAR(number_of_test(*d, test_time), up - movement.repetitions[1].start.value(), 0.2);
}

TEST(ChairByCamera, WantsFiveAndSaysHowManyThereWere) {
  const auto movement = drawn("sit_to_stand", from(kSide, 3));
  const auto d = measured(FunctionTest::sit_to_stand_5, movement.frames);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(d.error().cause, HasSubstr("3 rises count, not five"));
  EXPECT_THAT(d.error().remedy, HasSubstr("sit_to_stand_30"));
}

TEST(ChairByCamera, SquatsAreNoRisesFromAChair) {
  const auto movement = drawn("squat", from(kSide, 3));
  const auto d = measured(FunctionTest::sit_to_stand_30, movement.frames);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(d.error().remedy, HasSubstr("begin seated"));
}

TEST(StanceByCamera, LastsFromTheFootsLeavingTheFloorToItsReturn) {
  const auto movement = drawn("single_leg_stance", from(kFront, 2));
  const auto d = measured(FunctionTest::single_leg_stance, movement.frames, {.person = {.age_years = 75}});
  ASSERT_TRUE(d) << to_string(d.error());
  const auto& truth = movement.repetitions.front();
  const double time = number_of_test(*d, stance_time, Side::left);
  // The foot is lifted and lowered in 1.5 s each: it leaves the floor shortly after that begins.
  EXPECT_GT(time, (truth.hold_end - truth.extreme).value());
  EXPECT_LT(time, (truth.end - truth.start).value());
  EXPECT_NEAR(time, (truth.end - truth.start).value(), 0.5);
  EXPECT_EQ(value_of_test(*d, stance_time, Side::right), nullptr);
  const MeasuredValue* stood = value_of_test(*d, stance_time, Side::left);
  ASSERT_TRUE(stood->reference);
  EXPECT_EQ(stood->reference->mean, 21);
  EXPECT_EQ(against_reference(*stood), AgainstReference::mean_only);
  EXPECT_NEAR(number_of_test(*d, pelvic_drop, Side::left), 0, Radians{Degrees{6}}.value());
}

TEST(StanceByCamera, CutOffByTheRecordingIsALowerLimit) {
  auto frames = drawn("single_leg_stance", from(kFront, 1)).frames;
  frames.resize(frames.size() * 6 / 10);
  const auto d = measured(FunctionTest::single_leg_stance, frames, {.person = {.age_years = 75}});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(warns(*d, "cut_off"));
  EXPECT_FALSE(value_of_test(*d, stance_time, Side::left)->reference);
}

TEST(StanceByCamera, EndsWhereTheFootTouchesTheFloor) {
  const auto movement = drawn("single_leg_stance", from(kFront, 1));
  const auto& truth = movement.repetitions.front();
  const Seconds middle = 0.5 * (truth.extreme + truth.hold_end);
  auto frames = movement.frames;
  for (engine::PoseFrame& frame : frames) {
    if (frame.time >= middle && frame.time <= middle + Seconds{0.5}) frame.pose = frames.front().pose;
  }
  const auto d = measured(FunctionTest::single_leg_stance, frames);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_LT(number_of_test(*d, stance_time, Side::left), (truth.hold_end - truth.extreme).value());
}

TEST(StanceByCamera, NotSeenForATimeIsHeldAgainstNothing) {
  const auto movement = drawn("single_leg_stance", from(kFront, 1));
  const auto& truth = movement.repetitions.front();
  const Seconds middle = 0.5 * (truth.extreme + truth.hold_end);
  const auto d =
      measured(FunctionTest::single_leg_stance, hidden(movement.frames, middle, middle + Seconds{1}),
               {.person = {.age_years = 75}});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_TRUE(warns(*d, "not_seen"));
  EXPECT_FALSE(value_of_test(*d, stance_time, Side::left)->reference);
}

TEST(StanceByCamera, StandingOnBothIsNone) {
  const auto movement = drawn("squat", from(kFront, 1));
  const auto d = measured(FunctionTest::single_leg_stance, movement.frames);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
}

/// How far the hand went in space, m, from the figures as drawn.
double true_reach(const engine::GeneratedMovement& movement, const engine::BodyShape& shape) {
  double first = 0;
  double most = 0;
  for (std::size_t i = 0; i < movement.postures.size(); ++i) {
    const auto figure = engine::draw_body(shape, movement.postures[i], movement.stances[i]);
    const double hand = figure.landmarks[engine::Landmark::right_index].v.x();
    if (i == 0) first = hand;
    most = std::max(most, hand - first);
  }
  return most;
}

TEST(ReachByCamera, IsTheHandsWayByThePersonsHeight) {
  for (const Degrees azimuth : {Degrees{90}, Degrees{-90}}) {
    const auto movement = drawn("forward_reach", from(azimuth, 3));
    const double truth = true_reach(movement, {});
    const auto d = measured(FunctionTest::functional_reach, movement.frames,
                            {.body_height = Meters{1.7}, .person = {.age_years = 70}});
    ASSERT_TRUE(d) << to_string(d.error());
    const MeasuredValue* reach = value_of_test(*d, reach_distance);
    ASSERT_NE(reach, nullptr);
    EXPECT_NEAR(reach->value, truth, *reach->uncertainty) << azimuth.value();
    EXPECT_EQ(number_of_test(*d, repetitions), 3);
    EXPECT_EQ(reach->reference->low, 0.152);
  }
}

TEST(ReachByCamera, WithoutAHeightOrFromAnAngleIsNoDistance) {
  const auto side = measured(FunctionTest::functional_reach, drawn("forward_reach", from(kSide, 2)).frames);
  ASSERT_TRUE(side) << to_string(side.error());
  EXPECT_EQ(value_of_test(*side, reach_distance), nullptr);
  EXPECT_THAT(side->not_measured, testing::Contains(HasSubstr("--height")));
  const auto oblique =
      measured(FunctionTest::functional_reach, drawn("forward_reach", from(Degrees{45}, 2)).frames,
               {.body_height = Meters{1.7}});
  ASSERT_TRUE(oblique) << to_string(oblique.error());
  EXPECT_EQ(value_of_test(*oblique, reach_distance), nullptr);
  EXPECT_THAT(oblique->not_measured, testing::Contains(HasSubstr("from the side")));
}

TEST(ReachByCamera, WithoutAnArmInSightOrAheadDoesNotCount) {
  const auto movement = drawn("forward_reach", from(kSide, 1));
  auto unseen = movement.frames;
  auto hanging = movement.frames;
  for (std::size_t i = 0; i < unseen.size(); ++i) {
    for (const auto hand : {engine::Landmark::left_index, engine::Landmark::right_index})
      unseen[i].pose->visibility[hand] = 0.4;
    auto& image = *hanging[i].pose->image;
    image[engine::Landmark::left_elbow] = image[engine::Landmark::left_hip];
    image[engine::Landmark::right_elbow] = image[engine::Landmark::right_hip];
  }
  for (const auto& frames : {unseen, hanging}) {
    const auto d = measured(FunctionTest::functional_reach, frames, {.body_height = Meters{1.7}});
    ASSERT_FALSE(d);
    EXPECT_THAT(d.error().cause, HasSubstr("no arm was seen"));
  }
}

TEST(ReachByCamera, WithAStepDoesNotCount) {
  auto movement = drawn("forward_reach", from(kSide, 1));
  const auto& truth = movement.repetitions.front();
  for (engine::PoseFrame& frame : movement.frames) {
    const double moved = std::clamp((frame.time - truth.start) / (truth.extreme - truth.start), 0.0, 1.0);
    for (engine::ImagePoint& point : *frame.pose->image) point.x_px += 60 * moved;
  }
  const auto d = measured(FunctionTest::functional_reach, movement.frames, {.body_height = Meters{1.7}});
  ASSERT_FALSE(d);
  EXPECT_THAT(d.error().cause, HasSubstr("the feet moved"));
}

TEST(JumpByCamera, StatesHeightAndWhatAPictureIsWorth) {
  const engine::SimulatedJumps jumps{.height_m = 0.3};
  const auto frames = engine::simulated_jumps(jumps);
  const auto d = measured(FunctionTest::jump, frames);
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(number_of_test(*d, repetitions), 3);
  const MeasuredValue* height = value_of_test(*d, jump_height);
  ASSERT_TRUE(height != nullptr && height->uncertainty);
  EXPECT_NEAR(height->value, 0.3, *height->uncertainty);
  // g t / 4 by a thirtieth of a second joined with 15 ms, and the square of that.
  const double flight_error_s = std::hypot(1.0 / 30, 0.015);
  EXPECT_NEAR(*height->uncertainty, 9.81 / 8 * flight_error_s * (2 * jumps.flight() + flight_error_s), 0.004);
  EXPECT_TRUE(warns(*d, "coarse_flight"));
  EXPECT_FALSE(warns(*d, "bent_landing"));

  const auto bent =
      measured(FunctionTest::jump, engine::simulated_jumps({.height_m = 0.3, .landing_knees = Degrees{70}}));
  ASSERT_TRUE(bent);
  EXPECT_TRUE(warns(*bent, "bent_landing"));
  ASSERT_NE(value_of_test(*bent, jump_height), nullptr);
  EXPECT_FALSE(value_of_test(*bent, jump_height)->primary);
  EXPECT_FALSE(value_of_test(*bent, jump_height)->uncertainty);
}

TEST(TimedWalkByCameraTest, PhasesOfASimulatedPersonLieWithinATenthOfASecond) {
  const engine::SimulatedTimedWalk truth{.azimuth = Degrees{30}};
  const auto d = measured(FunctionTest::timed_up_and_go, engine::simulated_timed_walk(truth),
                          {.person = {.age_years = 70}});
  ASSERT_TRUE(d) << to_string(d.error());
  EXPECT_EQ(d->kind, MeasurementKind::timed_up_and_go);
  constexpr double kTenth = 0.1;
  EXPECT_NEAR(number_of_test(*d, test_time), truth.end - truth.start, kTenth);
  const auto& phases = d->tables.front().rows;
  ASSERT_EQ(phases.size(), 6U);
  EXPECT_NEAR(phases[0].start.value(), truth.start, kTenth);
  EXPECT_NEAR(phases[0].end.value(), truth.up, kTenth);
  EXPECT_NEAR(phases[2].start.value(), truth.turn_start, kTenth);
  EXPECT_NEAR(phases[2].end.value(), truth.turn_end, kTenth);
  EXPECT_NEAR(phases[4].start.value(), truth.to_sit_start, kTenth);
  EXPECT_NEAR(phases[5].end.value(), truth.end, kTenth);
  EXPECT_FALSE(value_of_test(*d, test_time)->reference) << "the cut-off counts from \"Go\"";
  const Seconds go{truth.start - 0.5};
  const auto from_go = measured(FunctionTest::timed_up_and_go, engine::simulated_timed_walk(truth),
                                {.start = go, .person = {.age_years = 70}});
  ASSERT_TRUE(from_go) << to_string(from_go.error());
  EXPECT_NEAR(number_of_test(*from_go, test_time), truth.end - go.value(), kTenth);
  EXPECT_EQ(against_reference(*value_of_test(*from_go, test_time)), AgainstReference::above) << "12.8 s";
  EXPECT_FALSE(measured(FunctionTest::timed_up_and_go, engine::simulated_timed_walk(truth),
                        {.start = Seconds{truth.start + 1}}));
  const auto squats = measured(FunctionTest::timed_up_and_go, drawn("squat", from(kSide, 2)).frames);
  ASSERT_FALSE(squats);
  EXPECT_EQ(squats.error().code, ErrorCode::nothing_measured);
}

TEST(TimedWalkByCameraTest, OneLegIsEnough) {
  const engine::SimulatedTimedWalk truth{.azimuth = Degrees{30}};
  const auto frames = engine::simulated_timed_walk(truth);
  for (const Side side : {Side::left, Side::right}) {
    const auto d = measured(FunctionTest::timed_up_and_go, without_leg(frames, side));
    ASSERT_TRUE(d) << to_string(d.error());
    EXPECT_NEAR(number_of_test(*d, test_time), truth.end - truth.start, 0.14);
  }
}

TEST(JumpByCamera, IsNoneOfASquat) {
  const auto d = measured(FunctionTest::jump, drawn("squat", from(kSide, 3)).frames);
  ASSERT_FALSE(d);
  EXPECT_EQ(d.error().code, ErrorCode::nothing_measured);
  EXPECT_THAT(d.error().cause, HasSubstr("no jump"));
}

TEST(FunctionTests, SayWhatTheyAreMeasuredBy) {
  for (std::size_t i = 0; i < kFunctionTestCount; ++i) {
    const auto test = static_cast<FunctionTest>(i);
    EXPECT_EQ(function_test_from_name(to_string(test)), test);
    EXPECT_TRUE(is_measured_by(test, FunctionMethod::sensor) || is_measured_by(test, FunctionMethod::camera));
    if (const auto id = exercise_of(test); !id.empty()) {
      EXPECT_TRUE(exercises::find(shipped(), std::string{id})) << id;
    }
  }
  const auto by_camera = measured(FunctionTest::walk_6_min, {});
  ASSERT_FALSE(by_camera);
  EXPECT_EQ(by_camera.error().code, ErrorCode::unsupported);
  const auto by_sensor = measure_function_test({}, engine::InertialSamples{}, {.test = FunctionTest::jump});
  ASSERT_FALSE(by_sensor);
  EXPECT_EQ(by_sensor.error().code, ErrorCode::unsupported);
}

TEST(References, AreThoseOfAgeAndSex) {
  EXPECT_EQ(reference_of(FunctionTest::sit_to_stand_30, {72, ReferenceSex::male})->low, 12);
  EXPECT_EQ(reference_of(FunctionTest::sit_to_stand_30, {87, std::nullopt})->low, 8) << "the same for both";
  EXPECT_FALSE(reference_of(FunctionTest::sit_to_stand_30, {72, std::nullopt}));
  EXPECT_FALSE(reference_of(FunctionTest::sit_to_stand_30, {50, ReferenceSex::male}));
  EXPECT_FALSE(reference_of(FunctionTest::sit_to_stand_30, {}));
  const auto five = reference_of(FunctionTest::sit_to_stand_5, {65, std::nullopt});
  ASSERT_TRUE(five);
  EXPECT_EQ(five->high, 11.4);
  EXPECT_FALSE(five->low);
  EXPECT_EQ(five->population, "people of 60 to 69 years");
  EXPECT_EQ(reference_of(FunctionTest::timed_up_and_go, {80, {}})->population,
            "cut-off of fall risk, people of 65 years or more");
}

}  // namespace
}  // namespace reprise::session
