// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "exercises/catalog.h"

namespace reprise::exercises {

/// Where two sensors are worn that give an exercise's primary measure, on one limb.
struct SensorPlaces {
  std::string_view proximal;  ///< "thigh"
  std::string_view distal;    ///< "shank"
  double sign = 1;            ///< of the measure against engine::JointAngle: -1 for the knee's flexion
};

/// Empty: two sensors cannot give it. They give knee and elbow of one limb, in exercises that are counted
/// and done by one side: the calibration swings the whole limb, which moves no trunk, so not hip or shoulder.
/// Nor the ankle: a first swing backward turns every sign round, and an ankle reaches as far either way, so
/// nothing would notice.
[[nodiscard]] std::optional<SensorPlaces> sensor_places(const CatalogExercise& exercise);

}  // namespace reprise::exercises
