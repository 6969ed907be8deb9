// SPDX-License-Identifier: Apache-2.0
#include "exercises/known_exercises.h"

#include <algorithm>

namespace reprise::exercises {

const std::vector<LookAlikes>& look_alikes() {
  static const std::vector<LookAlikes> kLookAlikes = {
      {"squat", "neither chair, wall nor weight is seen", {"squat", "sit_to_stand", "wall_sit"}},
      {"raising_the_arms",
       "between forward and sideways the planes differ less than depth errs",
       {"shoulder_flexion", "scaption", "shoulder_abduction"}},
      {"pressing_overhead", "the wall is not seen", {"overhead_press", "wall_slide"}},
      {"heel_raise", "the other foot leaves the floor by little", {"heel_raise", "single_leg_heel_raise"}},
      {"standing_still",
       "what differs is where the feet stand, in depth",
       {"narrow_stance", "tandem_stance", "weight_shift"}},
      {"heel_slide", "both bend one knee while lying", {"heel_slide", "knee_to_chest"}},
  };
  return kLookAlikes;
}

std::string_view group_of(std::string_view exercise) {
  for (const LookAlikes& alike : look_alikes()) {
    if (std::find(alike.exercises.begin(), alike.exercises.end(), exercise) != alike.exercises.end())
      return alike.group;
  }
  return exercise;
}

std::vector<engine::KnownExercise> known_exercises(const std::vector<CatalogExercise>& catalog) {
  std::vector<engine::KnownExercise> known;
  for (const CatalogExercise& exercise : catalog) {
    known.push_back({exercise.definition, exercise.movement.correct, exercise.sides.both,
                     std::string{group_of(exercise.definition.id)}});
  }
  return known;
}

}  // namespace reprise::exercises
