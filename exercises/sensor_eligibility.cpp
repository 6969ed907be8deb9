// SPDX-License-Identifier: Apache-2.0
#include "exercises/sensor_eligibility.h"

namespace reprise::exercises {

std::optional<SensorPlaces> sensor_places(const CatalogExercise& exercise) {
  const engine::ExerciseDefinition& definition = exercise.definition;
  if (exercise.judges == Judges::timer || !definition.sided || definition.named_by_resting_side) return {};
  const engine::Combine combine = definition.primary.combine;
  if (combine != engine::Combine::larger && combine != engine::Combine::working) return {};
  switch (definition.primary.measure) {
    case engine::Measure::knee_flexion: return SensorPlaces{"thigh", "shank", -1};
    case engine::Measure::elbow_flexion: return SensorPlaces{"upper_arm", "forearm", 1};
    default: return {};
  }
}

}  // namespace reprise::exercises
