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
