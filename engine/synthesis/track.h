// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/synthesis/generate.h"

namespace reprise::engine::detail {

/// One repetition as a smooth function of its share, for every movement at once.
class Track {
 public:
  /// Precondition: `check_keyframes` holds.
  explicit Track(const MovementDefinition& definition);

  /// The posture at a share of the repetition, 0 to 1. `range_scale` scales the way from the first keyframe.
  [[nodiscard]] Posture at(double share, double range_scale) const;
  /// The stance there: the definition's, with the flight of that moment, never below 0.
  [[nodiscard]] Stance stance(double share, double range_scale) const;
  /// How far the movement is out: 0 at the first keyframe, 1 at the posture farthest from it.
  [[nodiscard]] double depth(double share) const;
  /// Shares at which the farthest posture is reached, and left.
  [[nodiscard]] double extreme() const { return extreme_; }
  [[nodiscard]] double hold_end() const { return hold_end_; }

 private:
  struct Curve {
    std::vector<double> values;
    std::vector<double> slopes;
  };
  [[nodiscard]] Curve curve_through(std::vector<double> values) const;
  [[nodiscard]] double evaluate(const Curve& curve, double share) const;

  std::vector<double> shares_;
  std::vector<Curve> curves_;  ///< by Dof
  Curve flight_;
  Stance stance_;
  Curve depth_;
  double extreme_ = 0;
  double hold_end_ = 0;
};

/// Errors: invalid_argument.
[[nodiscard]] Result<void> check_keyframes(const MovementDefinition& definition);

}  // namespace reprise::engine::detail
