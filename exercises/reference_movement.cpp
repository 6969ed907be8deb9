// SPDX-License-Identifier: Apache-2.0
#include "exercises/reference_movement.h"

#include <algorithm>

#include "engine/exercise/coach.h"

namespace reprise::exercises {
namespace {

constexpr int kRepetitions = 2;
constexpr Hertz kFrameRate{20};
constexpr Seconds kLongestShown{12};  // a repetition that is drawn slower is shown at this pace

struct Watched {
  int counted = 0;
  int other_movements = 0;
  std::vector<std::string> faults;  ///< of all repetitions
  [[nodiscard]] bool noticed(const std::string& rule) const {
    return std::find(faults.begin(), faults.end(), rule) != faults.end();
  }
};

Watched watch(const engine::ExerciseDefinition& definition, const engine::GeneratedMovement& movement) {
  engine::Coach coach(definition);
  Watched watched;
  const auto hear = [&](const std::vector<engine::CoachEvent>& events) {
    for (const engine::CoachEvent& event : events) {
      if (event.kind == engine::CoachEventKind::other_movement) ++watched.other_movements;
    }
  };
  for (const engine::PoseFrame& frame : movement.frames) hear(coach.step(frame));
  hear(coach.finish());
  watched.counted = coach.complete_count();
  for (const engine::Repetition& repetition : coach.repetitions()) {
    for (const engine::Fault& fault : repetition.faults) watched.faults.push_back(fault.rule);
  }
  return watched;
}

std::string counted_of(const Watched& watched) {
  return std::to_string(watched.counted) + " of " + std::to_string(kRepetitions) + " repetitions counted";
}

class Check {
 public:
  Check(const CatalogExercise& exercise, const std::string& file) : exercise_(exercise), file_(file) {}

  std::vector<json::Problem> run() {
    for (const engine::View view : exercise_.definition.views) check_right_movement(view);
    for (std::size_t i = 0; i < exercise_.movement.faults.size(); ++i) {
      const CatalogFault& fault = exercise_.movement.faults[i];
      path_ = "/movement/faults/" + std::to_string(i);
      check_fault(fault);
    }
    return std::move(problems_);
  }

 private:
  void add(std::string found, std::string limit, std::string remedy) {
    problems_.push_back({file_, path_, std::move(found), std::move(limit), std::move(remedy)});
  }

  // Empty (and said so) where the body model refuses the movement.
  std::optional<Watched> shown_to(const engine::ExerciseDefinition& definition, engine::View view,
                                  const CatalogFault* fault) {
    const auto movement = simulate(exercise_, view, kRepetitions, fault);
    if (movement) return watch(definition, *movement);
    add(movement.error().cause, "the body model must be able to draw it", movement.error().remedy);
    return std::nullopt;
  }

  void check_right_movement(engine::View view) {
    path_ = "/movement/keyframes";
    const auto watched = shown_to(exercise_.definition, view, nullptr);
    if (!watched) return;
    const std::string from = " from the view " + std::string(engine::name(view));
    if (watched->counted != kRepetitions) {
      add(counted_of(*watched) + from, "the exercise's own movement must count",
          watched->other_movements > 0 ? "A gate refuses it: compare the gates' limits with the keyframes."
                                       : "Compare rest, target and min_excursion with the keyframes.");
    }
    std::vector<std::string> faults = watched->faults;
    std::sort(faults.begin(), faults.end());
    faults.erase(std::unique(faults.begin(), faults.end()), faults.end());
    for (const std::string& fault : faults) {
      add("the fault " + fault + from, "the exercise's own movement must have no fault",
          "Compare that rule's limits with the keyframes.");
    }
  }

  void check_fault(const CatalogFault& fault) {
    const engine::ExerciseDefinition& definition = exercise_.definition;
    for (std::size_t i = 0; i < exercise_.gates.size(); ++i) {
      if (exercise_.gates[i].id != fault.produces) continue;
      engine::ExerciseDefinition alone = definition;  // so that no other gate hides that this one sleeps
      alone.gates = {definition.gates[i]};
      const auto watched = shown_to(alone, definition.views.front(), &fault);
      if (watched && (watched->counted > 0 || watched->other_movements == 0)) {
        add(counted_of(*watched) + ", " + std::to_string(watched->other_movements) + " refused by the gate",
            "a movement that breaks the gate must be refused by it",
            "Compare the gate's limits with this movement; it must also go as far as min_excursion.");
      }
    }
    for (const engine::FormRule& rule : definition.form) {
      if (rule.id != fault.produces) continue;
      const engine::View view = rule.views.empty() ? definition.views.front() : rule.views.front();
      const auto watched = shown_to(definition, view, &fault);
      if (!watched) continue;
      if (!watched->noticed(rule.id)) {
        add("nothing noticed from the view " + std::string(engine::name(view)),
            "the coach must notice the fault", "Make the fault larger, or the rule's limits narrower.");
      }
      if (watched->counted != kRepetitions) {
        add(counted_of(*watched), "a fault of form must still count",
            "Make the fault smaller, or the gates wider.");
      }
    }
  }

  const CatalogExercise& exercise_;
  const std::string& file_;
  std::string path_;
  std::vector<json::Problem> problems_;
};

}  // namespace

engine::VirtualCamera camera_for(engine::View view) {
  engine::VirtualCamera camera;
  switch (view) {
    case engine::View::front: camera.azimuth = Degrees{0}; break;
    case engine::View::oblique: camera.azimuth = Degrees{-45}; break;
    case engine::View::side: camera.azimuth = Degrees{-90}; break;  // the working right side is the near one
    case engine::View::back: camera.azimuth = Degrees{180}; break;
  }
  return camera;
}

Result<engine::GeneratedMovement> simulate(const CatalogExercise& exercise, engine::View view,
                                           int repetitions, const CatalogFault* fault) {
  engine::GenerateOptions options;
  options.repetitions = repetitions;
  options.frame_rate = kFrameRate;
  options.camera = camera_for(view);
  engine::MovementDefinition movement = exercise.movement.correct;
  if (fault != nullptr && fault->instead) movement = *fault->instead;
  movement.duration = std::min(movement.duration, kLongestShown);
  if (fault != nullptr && !fault->add.empty()) options.faults.push_back({fault->add, {}});
  return engine::generate(movement, options);
}

std::vector<json::Problem> check_reference_movement(const CatalogExercise& exercise,
                                                    const std::string& file) {
  return Check(exercise, file).run();
}

}  // namespace reprise::exercises
