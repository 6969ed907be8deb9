// SPDX-License-Identifier: Apache-2.0
#include "exercises/known_exercises.h"

#include <algorithm>

namespace reprise::exercises {

const std::vector<LookAlikes>& look_alikes() {
  static const std::vector<LookAlikes> kLookAlikes = {
      {"squat",
       "neither chair, wall nor weight is seen, nor whether the feet leave the floor, because landmarks are "
       "measured from the hips",
       {"squat", "sit_to_stand", "wall_sit", "jump_squat"}},
      {"hip_hinge", "the weight in the hanging hands is not seen", {"hip_hinge", "romanian_deadlift"}},
      {"raising_the_arms",
       "between forward and sideways the planes differ less than depth errs",
       {"shoulder_flexion", "scaption", "shoulder_abduction"}},
      {"pressing_overhead",
       "the hands go between shoulders and overhead; neither wall, bar, band nor weight is seen",
       {"overhead_press", "wall_slide", "lat_pulldown", "pull_up"}},
      {"pushing_and_pulling",
       "whether the arms push or pull is up to the band, which is not seen",
       {"row", "chest_press"}},
      {"turning_the_forearm",
       "whether turning out or in is the hard way is up to the band, which is not seen",
       {"shoulder_external_rotation", "shoulder_internal_rotation"}},
      {"heel_raise",
       "the other foot leaves the floor by little; whether both leave it is not seen",
       {"heel_raise", "single_leg_heel_raise", "hop"}},
      {"standing_still",
       "what differs is where the feet stand, in depth",
       {"narrow_stance", "tandem_stance", "weight_shift"}},
      {"nodding", "where a neck is straight is not known", {"neck_flexion", "neck_extension"}},
      {"heel_slide", "both bend one knee while lying", {"heel_slide", "knee_to_chest"}},
      {"straight_leg_raise",
       "whether the leg lifts itself or is pulled is not seen",
       {"straight_leg_raise", "hamstring_stretch_lying"}},
      {"sitting_back_on_the_heels",
       "the same way back on hands and knees, held or not",
       {"rock_back", "childs_pose"}},
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

bool is_common(std::string_view exercise) {
  // clang-format off
  static const std::vector<std::string_view> kCommon = {
      "squat", "sit_to_stand", "wall_sit", "forward_lunge", "step_up", "heel_raise", "single_leg_stance",
      "march_in_place", "hip_hinge", "deadlift", "bridge", "straight_leg_raise", "heel_slide", "clamshell",
      "bird_dog", "plank", "push_up", "sit_up", "jumping_jack", "pull_up", "elbow_flexion",
      "shoulder_flexion", "shoulder_abduction", "overhead_press", "row", "neck_side_bend", "neck_rotation",
      "seated_knee_extension", "side_lunge", "standing_hip_abduction"};
  // clang-format on
  return std::find(kCommon.begin(), kCommon.end(), exercise) != kCommon.end();
}

std::vector<engine::KnownExercise> known_exercises(const std::vector<CatalogExercise>& catalog) {
  std::vector<engine::KnownExercise> known;
  for (const CatalogExercise& exercise : catalog) {
    const std::string& id = exercise.definition.id;
    known.push_back({text_in(exercise, "en").name, exercise.definition, exercise.movement.correct,
                     exercise.sides.both, is_common(id), std::string{group_of(id)}});
  }
  return known;
}

}  // namespace reprise::exercises
