// SPDX-License-Identifier: Apache-2.0
// The shipped exercises: without problems, complete, true to their texts, and distinguishable.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/exercise/coach.h"
#include "exercises/catalog_files.h"
#include "exercises/catalog_schemas.h"
#include "exercises/reference_movement.h"
#include "tests/support/icd_10_cm.h"
#include "tests/support/schema_fields.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

using testing::Contains;

TEST(ShippedCatalog, EveryFileIsClean) {
  const auto files = read_catalog(shipped_folder());
  ASSERT_TRUE(files) << to_string(files.error());
  const auto problems = check_catalog(*files);
  EXPECT_TRUE(problems.empty()) << to_string(problems);
}

TEST(ShippedCatalog, HasExercisesForEveryRegion) {
  EXPECT_GE(shipped().size(), 121U);
  std::map<std::string, int> by_region;
  int balance = 0;
  for (const CatalogExercise& exercise : shipped()) {
    for (const std::string& region : exercise.regions) ++by_region[region];
    if (exercise.falls.balance != Balance::none) ++balance;
  }
  for (const char* region : {"neck", "upper_back", "lower_back", "shoulder", "elbow", "wrist_hand", "hip",
                             "knee", "ankle_foot", "whole_body"}) {
    EXPECT_GE(by_region[region], 2) << region;
  }
  EXPECT_GE(balance, 5);
}

TEST(ShippedCatalog, EveryGateAndRuleHasAMovementThatBreaksIt) {
  for (const CatalogExercise& exercise : shipped()) {
    std::set<std::string> made;
    for (const CatalogFault& fault : exercise.movement.faults) made.insert(fault.produces);
    for (const GateNote& gate : exercise.gates)
      EXPECT_THAT(made, Contains(gate.id)) << exercise.definition.id;
    for (const FormNote& rule : exercise.form) EXPECT_THAT(made, Contains(rule.id)) << exercise.definition.id;
  }
}

TEST(ShippedCatalog, NothingClaimsAReviewOrASourceThatItDoesNotHave) {
  for (const CatalogExercise& exercise : shipped()) {
    EXPECT_FALSE(exercise.review.clinically_reviewed) << exercise.definition.id;
    if (exercise.evidence.empty()) {
      EXPECT_THAT(exercise.unsourced_defaults, Contains("range")) << exercise.definition.id;
    }
  }
}

TEST(ShippedCatalog, CodesAreWhatTheyClaim) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "unpacks the list of codes with another program, which a browser cannot start";
#endif
  const auto file = icd_10_cm_file();
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "the list of ICD-10-CM codes is not here (" << file << "): set REPRISE_DATA";
  }
  const auto titles = icd_10_cm_titles();
  ASSERT_GT(titles.size(), 90000U);
  for (const CatalogExercise& exercise : shipped()) {
    for (const Precaution& precaution : exercise.precautions) {
      const Code& code = precaution.condition;
      ASSERT_EQ(code.system, "http://hl7.org/fhir/sid/icd-10-cm") << "no other system can be verified here";
      const auto found = titles.find(without_dot(code.code));
      ASSERT_NE(found, titles.end()) << exercise.definition.id << ": " << code.code;
      EXPECT_EQ(code.display, found->second) << exercise.definition.id << ": " << code.code;
    }
  }
}

TEST(CatalogGuide, ExplainsEveryFieldMeasureAndJointMovement) {
  const auto guide =
      read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) / "docs/reference/catalog.md");
  ASSERT_TRUE(guide);
  std::set<std::string> names;
  collect_fields(nlohmann::json::parse(exercise_schema()), names);
  ASSERT_GT(names.size(), 60U);
  for (std::size_t i = 0; i < engine::kMeasureCount; ++i)
    names.emplace(engine::info(static_cast<engine::Measure>(i)).name);
  for (std::size_t i = 0; i < engine::kDofCount; ++i) {
    std::string joint(engine::name(engine::dof_at(i)));
    for (const char* side : {"left_", "right_"}) {
      if (joint.rfind(side, 0) == 0) joint.erase(0, std::string(side).size());
    }
    names.insert(joint);
  }
  names.erase("$schema");  // for editors
  for (const std::string& one : names) {
    EXPECT_NE(guide->text.find('`' + one + '`'), std::string::npos) << one;
  }
}

// Reading age 12: short sentences. Fifteen words is the usual advice for plain English.
TEST(ShippedCatalog, StepsAreShortSentences) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const auto& [language, text] : exercise.text) {
      for (const std::string& step : text.steps) {
        EXPECT_LE(std::count(step.begin(), step.end(), ' ') + 1, 15)
            << exercise.definition.id << ": " << step;
      }
    }
  }
}

/// Returns the coach's count for the simulated patient of `mover`.
int counted(const engine::ExerciseDefinition& definition, const CatalogExercise& mover, engine::View view,
            const engine::GenerateOptions& how) {
  engine::GenerateOptions options = how;
  options.camera.azimuth = view == engine::View::front     ? Radians{0}
                           : view == engine::View::oblique ? Degrees{-45}
                                                           : Radians{Degrees{-90}};
  const auto movement = engine::generate(mover.movement.correct, options);
  EXPECT_TRUE(movement) << mover.definition.id;
  engine::Coach coach(definition);
  for (const engine::PoseFrame& frame : movement->frames) (void)coach.step(frame);
  (void)coach.finish();
  return coach.complete_count();
}

/// Points of the head, a hand, a foot or the hips lie 5 to 25 cm apart, and the network places them together;
/// the two ends of a limb err apart. So the first get a third of the noise.
Meters noise_on(const CatalogExercise& exercise, Meters noise) {
  switch (exercise.definition.primary.measure) {
    case engine::Measure::neck_flexion:
    case engine::Measure::neck_lateral_flexion:
    case engine::Measure::neck_rotation:
    case engine::Measure::trunk_rotation:
    case engine::Measure::wrist_flexion:
    case engine::Measure::ankle_dorsiflexion:
    case engine::Measure::heel_lift: return noise / 3;
    default: return noise;
  }
}

// 15 mm on each axis turns a thigh of 40 cm by about 2 degrees, a forearm of 25 cm by 3.5 (one deviation);
// with the left side hidden behind the right one that is the order of what the network jitters by.
TEST(ShippedCatalog, EveryExerciseCountsThroughNoise) {
  for (const CatalogExercise& exercise : shipped()) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      engine::GenerateOptions options;
      options.repetitions = 4;
      options.noise = noise_on(exercise, Meters{0.015});
      options.seed = seed;
      EXPECT_EQ(counted(exercise.definition, exercise, exercise.definition.views.front(), options), 4)
          << exercise.definition.id << ", seed " << seed;
    }
  }
}

TEST(ShippedCatalog, EveryExerciseCountsOnTheOtherSideAndOnOtherBodies) {
  for (const CatalogExercise& exercise : shipped()) {
    for (const double stature_m : {1.45, 1.95}) {
      engine::GenerateOptions options;
      options.repetitions = 3;
      options.body.stature = Meters{stature_m};
      options.mirror = true;
      EXPECT_EQ(counted(exercise.definition, exercise, engine::View::oblique, options), 3)
          << exercise.definition.id << " at " << stature_m << " m";
    }
  }
}

// A patient's range may be half of the target.
TEST(ShippedCatalog, SmallRangesStillCount) {
  for (const CatalogExercise& exercise : shipped()) {
    if (exercise.definition.kind == engine::Kind::hold) continue;  // a hold is at the target or not there
    engine::GenerateOptions options;
    options.repetitions = 3;
    options.range_scale = 0.6;
    if (exercise.definition.id == "sit_to_stand") options.range_scale = 0.9;  // standing up is all or nothing
    EXPECT_EQ(counted(exercise.definition, exercise, exercise.definition.views.front(), options), 3)
        << exercise.definition.id;
  }
}

TEST(ShippedCatalog, StandingStillIsNotCounted) {
  for (const CatalogExercise& exercise : shipped()) {
    engine::MovementDefinition still = exercise.movement.correct;
    for (engine::Keyframe& keyframe : still.keyframes) keyframe.angles = still.keyframes.front().angles;
    engine::GenerateOptions options;
    options.repetitions = 5;
    options.noise = noise_on(exercise, Meters{0.02});
    const auto movement = engine::generate(still, options);
    ASSERT_TRUE(movement);
    engine::Coach coach(exercise.definition);
    for (const engine::PoseFrame& frame : movement->frames) (void)coach.step(frame);
    (void)coach.finish();
    EXPECT_EQ(coach.complete_count(), 0) << exercise.definition.id;
  }
}

}  // namespace
}  // namespace reprise::exercises
