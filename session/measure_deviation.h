// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/kinematics/measure.h"

namespace reprise::session {

/// Standard deviations of measures at one moment, rad or ratio, by measure and side; empty where the fit says
/// nothing of a measure.
class MeasureDeviations {
 public:
  [[nodiscard]] std::optional<double> at(engine::Measure measure, engine::Side side) const {
    return values_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(side)];
  }
  std::optional<double>& at(engine::Measure measure, engine::Side side) {
    return values_[static_cast<std::size_t>(measure)][static_cast<std::size_t>(side)];
  }

 private:
  std::array<std::array<std::optional<double>, 2>, engine::kMeasureCount> values_{};
};

/// Carries errors over to the measures by their slopes, found by differences, and then `calibrated`: of what
/// a movement's fit solves for, its posterior, along the unknowns of each frame; of hands and face, and of
/// every measure where no movement was fitted, the errors of the landmarks themselves. One value a frame,
/// anew every tenth of a second and held between; none before the first frame with a pose.
[[nodiscard]] std::vector<MeasureDeviations> measure_deviations(const engine::FittedBody& fitted,
                                                                std::span<const engine::Measure> measures);

/// A fit believes that its landmarks err anew in every frame; a network's errors stay for seconds, and so the
/// posterior is too narrow by a factor, and never below a floor. From behind, the limbs that the body hides
/// can end in a wrong posture that fits the picture as well, so the floor rises as the person turns away; it
/// also rises for a limb that is hidden, a nod that the camera sees from in front or behind, and the upper
/// arm's turn about its length. All were found on rendered people, that of hidden limbs on one
/// recording of a person (docs/accuracy.md). `posterior` and the result: standard deviations in the measure's
/// unit; `facing`: 1 towards the camera, 0 across, -1 away; `visibility`: the least of the limb's landmarks,
/// 0 to 1.
[[nodiscard]] double calibrated(engine::Measure measure, double posterior, double facing, double visibility);

/// Half width of the interval that holds nine of ten values.
[[nodiscard]] double half_width_90(double deviation);

}  // namespace reprise::session
