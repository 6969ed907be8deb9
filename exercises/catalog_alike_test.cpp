// SPDX-License-Identifier: Apache-2.0
// Which exercises one camera takes for each other. Where it can tell two apart, a gate must; where it cannot,
// the pair stands here with the reason.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "engine/exercise/coach.h"
#include "exercises/catalog_files.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

struct Alike {
  std::string why;
  std::set<std::string> done;
  std::set<std::string> counted_as;
};

const std::vector<Alike>& alike() {
  static const std::vector<Alike> kAlike = {
      {"the chair is not seen", {"sit_to_stand"}, {"squat"}},
      {"the chair is not seen", {"squat"}, {"sit_to_stand"}},
      {"the wall is not seen", {"wall_sit"}, {"squat", "sit_to_stand"}},
      {"neither the wall nor the chair is seen: sitting still on a chair is a wall sit",
       {"elbow_extension_overhead", "neck_flexion", "neck_rotation", "neck_side_bend", "row",
        "seated_forward_bend", "seated_knee_extension", "seated_march", "sit_to_stand",
        "trunk_rotation_sitting", "wrist_extension", "wrist_flexion"},
       {"wall_sit"}},
      {"from the side the near leg speaks for both: a knee that stretches on a chair and comes back",
       {"seated_knee_extension"},
       {"squat"}},
      {"it is drawn with the arms raised forward, which is an arm raise, too",
       {"squat"},
       {"shoulder_flexion"}},
      {"arms that go forward and up rise, whatever the elbows and the wall do",
       {"row", "wall_slide"},
       {"shoulder_flexion"}},
      {"both press the hands overhead; the wall is not seen", {"wall_slide"}, {"overhead_press"}},
      {"both press the hands overhead; the wall is not seen", {"overhead_press"}, {"wall_slide"}},
      {"arms that end overhead, between forward and sideways, were raised",
       {"overhead_press"},
       {"scaption", "shoulder_abduction", "shoulder_flexion"}},
      {"halfway between forward and sideways is allowed in both arm raises",
       {"scaption"},
       {"shoulder_flexion", "shoulder_abduction"}},
      {"it holds that movement", {"jumping_jack"}, {"shoulder_abduction"}},
      {"it ends with the elbow bent by the side", {"row"}, {"elbow_flexion"}},
      {"a knee that bends while lying counts; a heel in the air is a fault of form",
       {"dead_bug", "knee_to_chest", "short_arc_quad"},
       {"heel_slide"}},
      {"the leg that comes back over the hip comes to the chest, too", {"dead_bug"}, {"knee_to_chest"}},
      {"for as long as it takes, the person stands on one leg",
       {"single_leg_heel_raise", "standing_hip_abduction", "standing_knee_flexion"},
       {"single_leg_stance"}},
      {"an arm that bends and comes back is pushed forward and pulled, whichever came first",
       {"row", "wall_push_up"},
       {"chest_press"}},
      {"an arm that bends and comes back is pushed forward and pulled, whichever came first",
       {"chest_press", "straight_punch"},
       {"row"}},
      {"hands that sink past the shoulders with bent elbows were pulled", {"wall_angel"}, {"row"}},
      {"both sit back on the heels with the hands in front", {"rock_back"}, {"childs_pose"}},
      {"both sit back on the heels with the hands in front", {"childs_pose"}, {"rock_back"}},
      {"one thigh goes down from over the hip, however far the knee stretches",
       {"lying_toe_tap"},
       {"dead_bug"}},
      {"it is done with both arms up, so the upper arm of the raised side looks raised",
       {"dead_bug"},
       {"side_lying_arm_raise"}},
      {"a trunk that leans over bent knees with hanging arms picks something up",
       {"sit_to_stand", "squat"},
       {"deadlift"}},
      {"hips and knees bend and stretch together; the load and the chair are not seen",
       {"deadlift", "overhead_squat", "squat_and_press", "sumo_squat"},
       {"squat", "sit_to_stand"}},
      {"sitting back on the heels bends both knees and lowers the hips", {"kneeling_sit_back"}, {"squat"}},
      {"the chair is not seen: bowing on the heels is bowing on a chair",
       {"kneeling_sit_back"},
       {"seated_forward_bend"}},
      {"a lunge may begin in a stride", {"split_squat"}, {"forward_lunge"}},
      {"a knee that bends while lying counts; a heel in the air is a fault of form",
       {"double_knee_to_chest"},
       {"heel_slide"}},
      {"a bow is a bow, wherever the arms are",
       {"good_morning", "romanian_deadlift", "standing_toe_touch"},
       {"hip_hinge"}},
      {"it goes farther and with straighter knees, where the person can",
       {"romanian_deadlift"},
       {"standing_toe_touch"}},
      {"one knee comes over the hip, whatever the other one does",
       {"double_knee_to_chest", "lying_toe_tap", "supine_march"},
       {"knee_to_chest"}},
      {"the same path of the arms; which end comes first is not told",
       {"overhead_press", "squat_and_press", "wall_angel", "wall_slide"},
       {"lat_pulldown"}},
      {"the same path of the arms; which end comes first is not told",
       {"lat_pulldown"},
       {"overhead_press", "wall_angel", "wall_slide", "scaption", "shoulder_abduction", "shoulder_flexion"}},
      {"bent arms that stretch above the shoulders press, whatever the legs do",
       {"squat_and_press", "wall_angel"},
       {"overhead_press"}},
      {"bent arms that stretch above the shoulders press, whatever the legs do",
       {"overhead_press", "squat_and_press"},
       {"wall_angel"}},
      {"from the front, arms that stretch toward the camera look raised",
       {"chest_press"},
       {"overhead_press"}},
      {"arms that go forward and up rise, whatever the elbows, the trunk and the wall do",
       {"chest_press", "incline_push_up", "pendulum", "squat_and_press", "straight_punch"},
       {"shoulder_flexion"}},
      {"arms that go forward and up rise, whatever the elbows, the trunk and the wall do",
       {"chest_press", "incline_push_up", "squat_and_press", "wall_angel"},
       {"wall_slide"}},
      {"it holds that movement", {"seated_jack", "wall_angel"}, {"shoulder_abduction"}},
      {"it holds that movement", {"march_with_twist"}, {"march_in_place", "single_leg_stance"}},
      {"it holds that movement", {"seated_twist_march"}, {"seated_march"}},
      {"it holds that movement", {"march_with_twist", "seated_twist_march"}, {"trunk_rotation_sitting"}},
      {"where a neck is straight is not known: the way there is the way back",
       {"neck_flexion"},
       {"neck_extension"}},
      {"where a neck is straight is not known: the way there is the way back",
       {"neck_extension"},
       {"neck_flexion"}},
      {"turning in is the way back of turning out",
       {"shoulder_internal_rotation"},
       {"shoulder_external_rotation"}},
      {"turning in is the way back of turning out",
       {"shoulder_external_rotation"},
       {"shoulder_internal_rotation"}},
      {"a press-up is told by elbows and slope: neither knees on the floor nor where the face looks",
       {"knee_push_up", "inverted_row"},
       {"push_up"}},
      {"a heel held at the bottom was brought there, by a hand that went back",
       {"quadriceps_stretch"},
       {"standing_knee_flexion", "single_leg_stance", "shoulder_extension"}},
      {"the other leg comes back from in front of the trunk",
       {"single_leg_squat"},
       {"standing_hip_extension"}},
      {"the free knee begins bent, stretches and bends again",
       {"single_leg_deadlift"},
       {"standing_knee_flexion"}},
      {"a straight leg rises", {"hamstring_stretch_lying", "single_leg_bridge"}, {"straight_leg_raise"}},
      {"neither the wall nor the chair is seen: sitting still, or as low as that, is a wall sit",
       {"chest_press", "kneeling_sit_back", "lat_pulldown", "neck_extension", "overhead_squat",
        "seated_heel_raise", "seated_hip_abduction", "seated_jack", "seated_side_bend", "seated_toe_raise",
        "seated_twist_march", "squat_and_press", "straight_punch", "sumo_squat"},
       {"wall_sit"}},
      {"elbows that bend beside the trunk and stretch again; what the hands lean on is not seen",
       {"chair_dip"},
       {"elbow_flexion", "hand_to_head", "row", "chest_press", "shoulder_flexion"}},
      {"a thigh that rises, where hips and knees are bent as on a chair", {"fire_hydrant"}, {"seated_march"}},
      {"the bench is not seen: hips that rise or fall over bent knees, from lying",
       {"hip_thrust"},
       {"bridge", "rock_back", "sit_up"}},
      {"it holds that movement; whether the feet leave the floor is not seen",
       {"jump_squat"},
       {"squat", "heel_raise", "hop"}},
      {"the arms swing back and forward", {"jump_squat"}, {"shoulder_extension", "shoulder_flexion"}},
      {"the step is not seen: a foot on it is a lifted foot",
       {"step_up"},
       {"single_leg_stance", "march_in_place"}},
      {"for as long as it takes, the person stands on one leg", {"step_down"}, {"single_leg_stance"}},
      {"the step is not seen: a lifted foot that comes down was on it",
       {"march_in_place", "march_with_twist", "single_leg_stance"},
       {"step_up"}},
      {"a hip that was bent stretches", {"step_up", "wood_chop"}, {"standing_hip_extension"}},
      {"an arm that opens away from the other, and a trunk that turns over resting thighs",
       {"open_book"},
       {"band_pull_apart", "clamshell", "side_lying_arm_raise"}},
      {"the bar is not seen: the same path of the arms, whichever end comes first",
       {"pull_up"},
       {"lat_pulldown", "overhead_press", "wall_angel", "wall_slide", "scaption", "shoulder_abduction",
        "shoulder_flexion"}},
      {"the bar is not seen: the same path of the arms, whichever end comes first",
       {"overhead_press", "wall_angel", "wall_slide"},
       {"pull_up"}},
      {"an upright trunk over bent knees", {"pull_up"}, {"wall_sit"}},
      {"it holds that movement", {"wood_chop"}, {"trunk_rotation_standing", "shoulder_flexion"}},
  };
  return kAlike;
}

bool listed(const std::string& done, const std::string& counted_as) {
  return std::any_of(alike().begin(), alike().end(), [&](const Alike& a) {
    return a.done.count(done) > 0 && a.counted_as.count(counted_as) > 0;
  });
}

/// Films each exercise once from each view that another one wants; few frames, because there are many pairs.
class Films {
 public:
  const std::vector<engine::PoseFrame>& of(const CatalogExercise& exercise, engine::View view) {
    auto& frames = films_[{exercise.definition.id, view}];
    if (!frames.empty()) return frames;
    engine::GenerateOptions options;
    options.repetitions = 2;
    options.frame_rate = Hertz{15};
    options.camera.azimuth = view == engine::View::front ? Degrees{0} : Degrees{-90};
    if (view == engine::View::oblique) options.camera.azimuth = Degrees{-45};
    engine::MovementDefinition movement = exercise.movement.correct;
    movement.duration = std::min(movement.duration, Seconds{10});
    const auto generated = engine::generate(movement, options);
    EXPECT_TRUE(generated) << exercise.definition.id;
    if (generated) frames = generated->frames;
    return frames;
  }

 private:
  std::map<std::pair<std::string, engine::View>, std::vector<engine::PoseFrame>> films_;
};

TEST(ShippedCatalog, NoExerciseIsCountedAsAnother) {
  Films films;
  for (const CatalogExercise& counter : shipped()) {
    for (const CatalogExercise& mover : shipped()) {
      const std::string& as = counter.definition.id;
      const std::string& done = mover.definition.id;
      if (as == done) continue;
      engine::Coach coach(counter.definition);
      for (const engine::PoseFrame& frame : films.of(mover, counter.definition.views.front()))
        (void)coach.step(frame);
      (void)coach.finish();
      if (listed(done, as)) {
        EXPECT_GT(coach.complete_count(), 0)
            << done << " is told from " << as << ": take the pair off the list";
      } else {
        EXPECT_EQ(coach.complete_count(), 0) << done << " counted as " << as;
      }
    }
  }
}

}  // namespace
}  // namespace reprise::exercises
