// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/gestures.h"

#include <gtest/gtest.h>

#include <vector>

#include "engine/synthesis/generate.h"
#include "tests/support/gesturing.h"

namespace reprise::engine {
namespace {

using test::arms_in;

/// Half a second of moving, `up_for` in the posture, half a second back.
std::vector<PoseFrame> film(Gesture gesture, Side side, GenerateOptions options = {},
                            Seconds up_for = Seconds{2}) {
  MovementDefinition m;
  const std::vector<DofValue> arms = arms_in(gesture, side);
  m.duration = up_for + Seconds{1};
  const double moving = Seconds{0.5} / m.duration;
  m.keyframes = {{0, {}}, {moving, arms}, {1 - moving, arms}, {1, {}}};
  options.repetitions = 1;
  options.before = Seconds{0.5};
  return generate(m, options).value().frames;
}

/// Seconds during which it is given.
double given_s(Gesture gesture, const std::vector<PoseFrame>& frames) {
  GestureWatch watch{gesture};
  double sum = 0;
  for (const PoseFrame& frame : frames) {
    watch.step(frame);
    if (watch.given()) sum += 1.0 / 30;
  }
  return sum;
}

TEST(Gestures, EachIsGivenAfterASecondFromAllSides) {
  for (const Gesture gesture : kGestures) {
    for (const double azimuth : {0.0, 45.0, 90.0, 180.0, -90.0}) {
      for (const Side side : {Side::left, Side::right}) {
        GenerateOptions options;
        options.camera.azimuth = Degrees{azimuth};
        options.noise = Meters{0.01};
        const double given = given_s(gesture, film(gesture, side, options));
        EXPECT_GT(given, 0.9) << name(gesture) << " " << azimuth;
        EXPECT_LT(given, 2.0) << name(gesture) << " " << azimuth;
      }
    }
  }
}

TEST(Gestures, NoneIsTakenForAnotherOne) {
  for (const Gesture made : kGestures) {
    for (const Gesture watched : kGestures) {
      if (made == watched) continue;
      for (const Side side : {Side::left, Side::right})
        EXPECT_EQ(given_s(watched, film(made, side)), 0) << name(made) << " as " << name(watched);
    }
  }
}

TEST(Gestures, AShortOneIsNone) {
  for (const Gesture gesture : kGestures)
    EXPECT_EQ(given_s(gesture, film(gesture, Side::left, {}, Seconds{0.5})), 0) << name(gesture);
}

TEST(Gestures, BothArmsOutAreNone) {
  std::vector<DofValue> both = arms_in(Gesture::arm_out, Side::left);
  for (DofValue& value : both) {
    if (value.dof == Dof::right_shoulder_abduction) value.angle = Degrees{90};
  }
  MovementDefinition m;
  m.duration = Seconds{4};
  m.keyframes = {{0, {}}, {0.2, both}, {0.8, both}, {1, {}}};
  GenerateOptions options;
  options.repetitions = 1;
  EXPECT_EQ(given_s(Gesture::arm_out, generate(m, options).value().frames), 0);
}

TEST(Gestures, AHiddenWristGivesNone) {
  for (const Gesture gesture : kGestures) {
    auto frames = film(gesture, Side::left);
    for (PoseFrame& frame : frames) frame.pose->visibility[Landmark::left_wrist] = 0.1;
    EXPECT_EQ(given_s(gesture, frames), 0) << name(gesture);
  }
}

TEST(Gestures, OneHoldGivesItOnceThoughPicturesAreMissing) {
  for (const Gesture gesture : kGestures) {
    const auto frames = film(gesture, Side::right, {}, Seconds{8});
    GestureWatch watch{gesture};
    int times = 0;
    bool before = false;
    for (const PoseFrame& frame : frames) {
      if (frame.time > Seconds{3} && frame.time < Seconds{5}) continue;
      watch.step(frame);
      if (watch.given() && !before) ++times;
      before = watch.given();
    }
    EXPECT_EQ(times, 1) << name(gesture);
    EXPECT_FALSE(watch.given()) << name(gesture);
    EXPECT_EQ(watch.held(), Seconds{0}) << name(gesture);
  }
}

TEST(Gestures, ItHurtsComesFirst) {
  Gestures gestures{{Gesture::hand_up, Gesture::hand_up}};
  std::optional<GestureState> last;
  for (const PoseFrame& frame : film(Gesture::hand_up, Side::left)) {
    gestures.step(frame);
    if (gestures.now()) last = gestures.now();
  }
  ASSERT_TRUE(last);
  EXPECT_EQ(last->asked, Asked::hurts);
  EXPECT_TRUE(last->given);
}

TEST(Gestures, AnExerciseWithoutOnesHasNoState) {
  Gestures none{{}};
  for (const Gesture gesture : kGestures) {
    for (const PoseFrame& frame : film(gesture, Side::left)) {
      none.step(frame);
      EXPECT_FALSE(none.now());
    }
  }
}

}  // namespace
}  // namespace reprise::engine
