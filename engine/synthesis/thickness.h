#pragma once

namespace reprise {

/// How thick parts of the body are: radii as fractions of stature, for what hides and what is drawn.
/// Unsourced defaults.
struct Thickness {
  static constexpr double kTrunk = 0.065;
  static constexpr double kHead = 0.045;
  static constexpr double kThigh = 0.040;
  static constexpr double kShank = 0.028;
};

}  // namespace reprise
