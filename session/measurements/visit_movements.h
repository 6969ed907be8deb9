// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "engine/kinematics/measure_set.h"
#include "session/measurements/visit.h"

namespace reprise::session {

/// A test with its exercise.
struct VisitTest {
  const exercises::RangeTest* test = nullptr;
  const exercises::CatalogExercise* exercise = nullptr;
};

/// A movement from rest to an extreme and back, and the test that it alone fits.
struct RecognizedMovement {
  Seconds start{0};
  Seconds extreme{0};
  Seconds end{0};
  std::optional<VisitTest> test;  ///< empty: none, or more than one
  std::optional<Side> side;
  std::vector<std::string> seen;  ///< names of the tests whose joints moved, most first
};

/// Finds the movements of a person by the joints that leave rest and come back. Of tests that a view within
/// 45 degrees allows, the one counts that moved most for its range, where no joint that it does not move
/// moved half as much. `smooth`: landmarks without delay.
[[nodiscard]] std::vector<RecognizedMovement> recognize_movements(std::span<const VisitTest> tests,
                                                                  std::span<const engine::PoseFrame> smooth);

}  // namespace reprise::session
