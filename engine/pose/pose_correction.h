// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// Landmarks of a fast network in every picture, corrected by an accurate one that looks at some of them. The
/// fast network follows the movement; what it shows wrong belongs to the posture. So it is measured where
/// both look, and each picture is corrected by the looks at similar postures, soon before or after. Measures
/// about as well as the accurate network in every picture (docs/accuracy.md).
class PoseCorrection {
 public:
  /// The time between two looks of the accurate network.
  static constexpr Seconds kInterval{0.4};

  /// Notes what both networks see in the same picture, unsmoothed, in chronological order.
  void add(Seconds time, const Pose& fast, const Pose& accurate);

  /// Corrects the fast network's frames: in pixels and meters, and visibility. Frames that no look is near
  /// stay as they are.
  void apply(std::span<PoseFrame> frames) const;

 private:
  struct Look {
    Seconds time;
    Pose fast;
    Pose difference;
  };
  std::vector<Look> looks_;
};

}  // namespace reprise::engine
