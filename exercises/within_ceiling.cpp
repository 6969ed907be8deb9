// SPDX-License-Identifier: Apache-2.0
#include "exercises/within_ceiling.h"

#include <algorithm>
#include <set>

#include "engine/exercise/signal_value.h"
#include "engine/synthesis/generate.h"

namespace reprise::exercises {
namespace {

using engine::Dof;
using engine::DofValue;
using engine::MovementDefinition;

constexpr double kCeilingLooks = 40;  // in one repetition
constexpr int kHalvings = 7;
constexpr double kShort = 0.01;  // of the way to the target: what lies between two looks

Radians angle_of(const std::vector<DofValue>& values, Dof dof, Radians otherwise) {
  for (const DofValue& value : values) {
    if (value.dof == dof) return value.angle;
  }
  return otherwise;
}

/// `share`: how far every angle goes from the first keyframe.
MovementDefinition scaled(const MovementDefinition& movement, double share) {
  std::set<Dof> moving;
  for (const auto& keyframe : movement.keyframes) {
    for (const DofValue& value : keyframe.angles) moving.insert(value.dof);
  }
  MovementDefinition out = movement;
  const auto& first = movement.keyframes.front();
  for (auto& keyframe : out.keyframes) {
    std::vector<DofValue> angles;
    for (const Dof dof : moving) {
      const Radians base = angle_of(movement.base, dof, Radians{0});
      const Radians from = angle_of(first.angles, dof, base);
      angles.push_back({dof, from + (angle_of(keyframe.angles, dof, base) - from) * share});
    }
    keyframe.angles = std::move(angles);
    keyframe.flight = first.flight + share * (keyframe.flight - first.flight);
  }
  return out;
}

}  // namespace

std::optional<double> farthest_progress(const engine::ExerciseDefinition& definition,
                                        const MovementDefinition& movement,
                                        const std::vector<DofValue>& fault) {
  engine::GenerateOptions once;
  once.repetitions = 1;
  once.before = once.rest = once.after = Seconds{0};
  once.frame_rate = Hertz{kCeilingLooks / movement.duration.value()};
  if (!fault.empty()) once.faults = {{fault, {}}};
  const auto drawn = engine::generate(movement, once);
  if (!drawn) return std::nullopt;
  std::optional<double> farthest;
  for (const engine::PoseFrame& frame : drawn->frames) {
    if (!frame.pose) continue;
    engine::Pose pose = *frame.pose;
    for (double& seen : pose.visibility) seen = 1;
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (definition.sided && side == engine::Side::left) continue;  // drawn with the right side at work
      const auto sample = engine::measure(pose, definition.primary.measure, side);
      if (!sample) continue;
      const double now = engine::progress(definition, sample->value);
      farthest = std::max(farthest.value_or(now), now);
    }
  }
  return farthest;
}

CatalogExercise within_ceiling(CatalogExercise exercise, std::optional<double> ceiling) {
  const engine::ExerciseDefinition& definition = exercise.definition;
  const auto binding = engine::binding_ceiling(definition, ceiling);
  if (!binding) return exercise;
  const double most = engine::progress(definition, *binding);
  const auto fits = [&](const MovementDefinition& movement, const std::vector<DofValue>& fault = {}) {
    const auto farthest = farthest_progress(definition, movement, fault);
    return farthest && *farthest <= most;
  };
  MovementDefinition& correct = exercise.movement.correct;
  if (!fits(correct)) {
    double share = 0;
    double beyond = 1;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = (share + beyond) / 2;
      const auto farthest = farthest_progress(definition, scaled(correct, middle));
      (farthest && *farthest <= most - kShort ? share : beyond) = middle;
    }
    correct = scaled(correct, share);
  }
  auto& faults = exercise.movement.faults;
  const auto passes = [&](const CatalogFault& fault) {
    return fault.instead ? !fits(*fault.instead) : !fits(correct, fault.add);
  };
  faults.erase(std::remove_if(faults.begin(), faults.end(), passes), faults.end());
  return exercise;
}

}  // namespace reprise::exercises
