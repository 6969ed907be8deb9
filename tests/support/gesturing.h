// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/exercise/gestures.h"
#include "engine/synthesis/generate.h"

namespace reprise::engine::test {

/// Both arms in the posture of a gesture, from neutral standing; where only one arm makes it, that of `side`.
/// `lying`: on the back, where a hand goes up by pointing upwards.
[[nodiscard]] inline std::vector<DofValue> arms_in(Gesture gesture, Side side, bool lying = false) {
  struct Arm {
    double flexion = 0;
    double abduction = 0;
    double rotation = 0;
    double elbow = 0;
  };
  const Arm up{.flexion = lying ? 90.0 : 165.0};
  const Arm out{.abduction = 90};
  const Arm crossed{.flexion = 45, .abduction = -20, .rotation = 70, .elbow = 100};
  const Arm made = gesture == Gesture::hand_up ? up : gesture == Gesture::arm_out ? out : crossed;
  std::vector<DofValue> values;
  for (const Side each : {Side::left, Side::right}) {
    const bool makes = each == side || gesture == Gesture::wrists_crossed;
    const Arm arm = makes ? made : Arm{};
    const auto add = [&](Dof left, double degrees) {
      values.push_back({each == Side::left ? left : mirrored(left), Degrees{degrees}});
    };
    add(Dof::left_shoulder_flexion, arm.flexion);
    add(Dof::left_shoulder_abduction, arm.abduction);
    add(Dof::left_shoulder_rotation, arm.rotation);
    add(Dof::left_elbow_flexion, arm.elbow);
  }
  return values;
}

}  // namespace reprise::engine::test
