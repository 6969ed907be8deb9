// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace reprise::engine {

/// Radii of body parts as fractions of stature, for occlusion and drawing. Unsourced
/// defaults.
struct Thickness {
  static constexpr double kTrunk = 0.065;
  static constexpr double kHead = 0.045;
  static constexpr double kThigh = 0.040;
  static constexpr double kShank = 0.028;
};

}  // namespace reprise::engine
