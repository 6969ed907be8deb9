// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only. SIMULATED: a drawn person, measured without a network.

#include <vector>

#include "engine/synthesis/generate.h"
#include "exercises/reference_movement.h"
#include "session/measurements/visit.h"
#include "tests/support/shipped_range_tests.h"

namespace reprise::session::simulated_visit {

inline constexpr double kPixelsPerMeter = 200;

inline engine::MovementDefinition standing(std::vector<engine::DofValue> extreme) {
  engine::MovementDefinition movement;
  movement.base = {{engine::Dof::left_shoulder_abduction, Degrees{8}},
                   {engine::Dof::right_shoulder_abduction, Degrees{8}}};
  movement.keyframes = {{0, {}}, {0.45, extreme}, {0.55, extreme}, {1, {}}};
  movement.duration = Seconds{3};
  return movement;
}

inline void add_picture(std::vector<engine::PoseFrame>& frames) {
  for (engine::PoseFrame& frame : frames) {
    frame.pose->image.emplace();
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      const auto& p = frame.pose->world_m[i].v;
      (*frame.pose->image)[i] = {320 + kPixelsPerMeter * p.x(), 240 + kPixelsPerMeter * p.y(),
                                 kPixelsPerMeter * p.z()};
    }
  }
}

/// SIMULATED: a patient, and a picture of them. `turned`: 90 shows the left side.
inline std::vector<engine::PoseFrame> filmed(const engine::MovementDefinition& movement,
                                             Degrees turned = Degrees{0}, int repetitions = 1) {
  engine::GenerateOptions options;
  options.repetitions = repetitions;
  options.before = options.after = Seconds{5};
  options.rest = Seconds{3};
  options.camera = exercises::camera_for(engine::View::front);
  options.camera.azimuth = options.camera.azimuth + Radians{turned};
  std::vector<engine::PoseFrame> frames = or_exit(engine::generate(movement, options)).frames;
  add_picture(frames);
  return frames;
}

inline VisitFindings found(const FilmedVisit& visit) {
  return or_exit(find_movements(visit, shipped_range_tests(), shipped()));
}

/// Of a patient alone.
inline VisitFindings found(const std::vector<engine::PoseFrame>& patient) {
  FilmedVisit visit;
  visit.patient = patient;
  return found(visit);
}

}  // namespace reprise::session::simulated_visit
