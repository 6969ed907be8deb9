// SPDX-License-Identifier: Apache-2.0
#include "session/measure_deviation.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/units.h"
#include "engine/synthesis/generate.h"
#include "session/recorded_pass.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::session {
namespace {

using engine::Measure;
using engine::Side;

constexpr Degrees kFromInFront{0};
constexpr Degrees kFromBeside{90};

std::vector<engine::PoseFrame> recording_of(const char* exercise, Degrees azimuth, bool with_picture) {
  engine::GenerateOptions options{.repetitions = 1};
  options.camera.azimuth = azimuth;
  auto movement = engine::generate((**exercises::find(shipped(), exercise)).movement.correct, options);
  if (!movement) throw std::runtime_error(to_string(movement.error()));
  for (engine::PoseFrame& frame : movement->frames) {
    if (!with_picture && frame.pose) frame.pose->image.reset();
  }
  return movement->frames;
}

/// Degrees, in the middle of the recording; fails the test where there is none.
double half_width_deg(const Recorded& recorded, Measure measure, Side side) {
  const auto deviation = recorded.deviations.at(recorded.deviations.size() / 2).at(measure, side);
  EXPECT_TRUE(deviation) << engine::info(measure).name;
  return deviation ? to_degrees(Radians{half_width_90(*deviation)}).value() : 0;
}

TEST(MeasureDeviations, LandmarksWithoutAPictureHaveTheErrorsOfLandmarks) {
  const std::array measures = {Measure::knee_flexion, Measure::trunk_flexion};
  const Recorded side = record(recording_of("squat", kFromBeside, false), measures);
  const Recorded front = record(recording_of("squat", kFromInFront, false), measures);
  EXPECT_EQ(side.deviations.size(), side.frames.size());
  const double across = half_width_deg(side, Measure::knee_flexion, Side::right);
  EXPECT_GT(across, 8);
  EXPECT_LT(across, 50);
  // A trunk that leans to the camera leans in depth.
  EXPECT_GT(half_width_deg(front, Measure::trunk_flexion, Side::left),
            half_width_deg(side, Measure::trunk_flexion, Side::left));
}

TEST(MeasureDeviations, HeadAndHandsHaveThemBesideAFittedMovement) {
  const std::array measures = {Measure::neck_flexion, Measure::wrist_flexion, Measure::elbow_flexion};
  const Recorded recorded =
      record(recording_of("neck_flexion", kFromBeside, true), measures, engine::Pinhole{640, 360, 900}, true);
  ASSERT_FALSE(recorded.not_fitted);
  const double nod = half_width_deg(recorded, Measure::neck_flexion, Side::left);
  EXPECT_GT(nod, 8);
  EXPECT_LT(nod, 35);
  // A hand is short, and its landmarks waver most.
  EXPECT_GT(half_width_deg(recorded, Measure::wrist_flexion, Side::right), nod);
}

TEST(MeasureDeviations, WhatTheCameraHardlyShowsIsKnownLessWell) {
  const double posterior = Radians{Degrees{2}}.value();
  EXPECT_GT(calibrated(Measure::neck_flexion, posterior, 1, 1),
            calibrated(Measure::neck_flexion, posterior, 0, 1));
  EXPECT_GT(calibrated(Measure::shoulder_external_rotation, posterior, 0, 1),
            calibrated(Measure::elbow_flexion, posterior, 0, 1));
  EXPECT_GT(calibrated(Measure::knee_flexion, posterior, 0, 0.2),
            calibrated(Measure::knee_flexion, posterior, 0, 1));
  EXPECT_GT(calibrated(Measure::knee_flexion, posterior, -1, 1),
            calibrated(Measure::knee_flexion, posterior, 1, 1));
}

}  // namespace
}  // namespace reprise::session
