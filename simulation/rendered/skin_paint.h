// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <vector>

#include "engine/pose/landmarks.h"
#include "simulation/rendered/figure.h"
#include "simulation/rendered/person.h"

namespace reprise::simulation::rendered {

/// A color (sRGB, 0 to 1) for each point of the skin: the person's tone, mottled, with lips, brows and scalp.
[[nodiscard]] std::vector<Eigen::Vector3f> paint_skin(const std::vector<Eigen::Vector3f>& points,
                                                      const engine::PerLandmark<CarriedPoint>& landmarks,
                                                      const Person& person);

/// White with a dark iris, which looks forward.
[[nodiscard]] std::vector<Eigen::Vector3f> paint_eye(const std::vector<Eigen::Vector3f>& points);

}  // namespace reprise::simulation::rendered
