// SPDX-License-Identifier: Apache-2.0
// Every shipped exercise, done by the simulated patient right and wrong, and filmed from where a camera can
// stand: in front, at an angle, at the side.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "engine/exercise/coach.h"
#include "exercises/catalog_files.h"
#include "exercises/reference_movement.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::session {
namespace {

constexpr int kRepetitions = 3;
constexpr engine::View kViews[] = {engine::View::front, engine::View::oblique, engine::View::side};

bool has(const std::vector<engine::View>& views, engine::View view) {
  return std::find(views.begin(), views.end(), view) != views.end();
}

struct Heard {
  int counted = 0;
  std::map<std::string, int> faults;  ///< repetitions in which each was found
  std::map<engine::CoachEventKind, int> events;
  [[nodiscard]] int times(engine::CoachEventKind kind) const {
    const auto found = events.find(kind);
    return found == events.end() ? 0 : found->second;
  }
};

Heard coach(const engine::ExerciseDefinition& definition, const std::vector<engine::PoseFrame>& frames) {
  engine::Coach coach(definition);
  Heard heard;
  const auto hear = [&](const std::vector<engine::CoachEvent>& events) {
    for (const engine::CoachEvent& event : events) ++heard.events[event.kind];
  };
  for (const engine::PoseFrame& frame : frames) hear(coach.step(frame));
  hear(coach.finish());
  heard.counted = coach.complete_count();
  for (const engine::Repetition& repetition : coach.repetitions()) {
    for (const engine::Fault& fault : repetition.faults) ++heard.faults[fault.rule];
  }
  return heard;
}

Heard coach(const exercises::CatalogExercise& exercise, const engine::ExerciseDefinition& definition,
            engine::View view, const exercises::CatalogFault* fault) {
  const auto movement = exercises::simulate(exercise, view, kRepetitions, fault);
  EXPECT_TRUE(movement) << to_string(movement.error());
  return movement ? coach(definition, movement->frames) : Heard{};
}

std::string place(const exercises::CatalogExercise& exercise, engine::View view,
                  const exercises::CatalogFault* fault = nullptr) {
  return exercise.definition.id + " from " + std::string(engine::name(view)) +
         (fault == nullptr ? "" : ", with " + fault->produces);
}

class FromView : public testing::TestWithParam<engine::View> {};
INSTANTIATE_TEST_SUITE_P(ShippedCatalog, FromView, testing::ValuesIn(kViews),
                         [](const auto& about) { return std::string(engine::name(about.param)); });

TEST_P(FromView, RightMovementsCountWithoutAFault) {
  for (const exercises::CatalogExercise& exercise : shipped()) {
    if (!has(exercise.definition.views, GetParam())) continue;
    const Heard heard = coach(exercise, exercise.definition, GetParam(), nullptr);
    EXPECT_EQ(heard.counted, kRepetitions) << place(exercise, GetParam());
    EXPECT_TRUE(heard.faults.empty()) << place(exercise, GetParam()) << ": " << heard.faults.begin()->first;
    EXPECT_EQ(heard.times(engine::CoachEventKind::other_movement), 0) << place(exercise, GetParam());
    EXPECT_EQ(heard.times(engine::CoachEventKind::other_view), 0) << place(exercise, GetParam());
  }
}

TEST_P(FromView, FaultsOfFormAreFoundWhereTheyAreJudgedAndNowhereElse) {
  for (const exercises::CatalogExercise& exercise : shipped()) {
    for (const exercises::CatalogFault& fault : exercise.movement.faults) {
      const auto& form = exercise.definition.form;
      const auto rule = std::find_if(form.begin(), form.end(),
                                     [&](const engine::FormRule& r) { return r.id == fault.produces; });
      if (rule == form.end()) continue;
      const Heard heard = coach(exercise, exercise.definition, GetParam(), &fault);
      const bool judged_here = rule->views.empty() || has(rule->views, GetParam());
      if (!judged_here) {
        EXPECT_EQ(heard.faults.count(rule->id), 0U) << place(exercise, GetParam(), &fault);
      }
      if (!has(exercise.definition.views, GetParam())) continue;
      EXPECT_EQ(heard.counted, kRepetitions) << place(exercise, GetParam(), &fault);
      if (judged_here) {
        EXPECT_EQ(heard.faults.count(rule->id) > 0 ? heard.faults.at(rule->id) : 0, kRepetitions)
            << place(exercise, GetParam(), &fault);
      }
    }
  }
}

TEST_P(FromView, MovementsThatBreakAGateAreRefusedByIt) {
  for (const exercises::CatalogExercise& exercise : shipped()) {
    if (!has(exercise.definition.views, GetParam())) continue;
    for (const exercises::CatalogFault& fault : exercise.movement.faults) {
      const auto gate = std::find_if(exercise.gates.begin(), exercise.gates.end(),
                                     [&](const exercises::GateNote& g) { return g.id == fault.produces; });
      if (gate == exercise.gates.end()) continue;
      engine::ExerciseDefinition alone =
          exercise.definition;  // so that no other gate hides that this one sleeps
      alone.gates = {exercise.definition.gates[static_cast<std::size_t>(gate - exercise.gates.begin())]};
      const Heard heard = coach(exercise, alone, GetParam(), &fault);
      EXPECT_EQ(heard.counted, 0) << place(exercise, GetParam(), &fault);
      EXPECT_GT(heard.times(engine::CoachEventKind::other_movement), 0)
          << place(exercise, GetParam(), &fault);
    }
  }
}

// From other views the person gets a warning and no numbers. For a person who lies on one side, 33 points do
// not determine the view: it stays unknown, without a warning.
TEST_P(FromView, WhatIsNotJudgedFromHereIsNotShown) {
  for (const exercises::CatalogExercise& exercise : shipped()) {
    if (has(exercise.definition.views, GetParam())) continue;
    const auto movement = exercises::simulate(exercise, GetParam(), kRepetitions);
    ASSERT_TRUE(movement);
    PassInput input;
    input.definition = exercise.definition;
    input.exercise = facts_of(exercise);
    const SessionDocument document = run_passes(input, movement->frames);
    const auto& frames = movement->frames;
    const bool on_one_side = std::none_of(frames.begin(), frames.end(), [](const engine::PoseFrame& frame) {
      return frame.pose && engine::facing_azimuth(*frame.pose);
    });
    if (on_one_side) continue;
    EXPECT_EQ(coach(exercise.definition, frames).times(engine::CoachEventKind::other_view), 1)
        << place(exercise, GetParam());
    for (const RecordedRepetition& repetition : document.exercise.repetitions) {
      EXPECT_FALSE(repetition.range) << place(exercise, GetParam());
      EXPECT_TRUE(repetition.ranges.empty()) << place(exercise, GetParam());
      EXPECT_FALSE(repetition.quality.score) << place(exercise, GetParam());
    }
    EXPECT_FALSE(document.exercise.summary.best_range) << place(exercise, GetParam());
    EXPECT_FALSE(document.exercise.summary.mean_quality) << place(exercise, GetParam());
  }
}

}  // namespace
}  // namespace reprise::session
