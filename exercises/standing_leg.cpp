// SPDX-License-Identifier: Apache-2.0
#include "exercises/standing_leg.h"

#include <algorithm>

#include "engine/exercise/signal_value.h"
#include "engine/synthesis/generate.h"

namespace reprise::exercises {
namespace {

constexpr int kLooks = 24;  // at one repetition
constexpr double kLiftedM =
    0.02;  // higher than the other foot by this much: off the floor. Unsourced default

double foot_height_m(const engine::BodyFigure& figure, engine::Side side) {
  double lowest = 0;
  bool first = true;
  for (const engine::Landmark left : {engine::Landmark::left_heel, engine::Landmark::left_foot_index}) {
    const engine::Landmark point = side == engine::Side::left ? left : engine::mirrored(left);
    const double height = figure.landmarks[point].v.y();
    lowest = first ? height : std::min(lowest, height);
    first = false;
  }
  return lowest;
}

}  // namespace

std::optional<engine::Side> standing_leg(const CatalogExercise& exercise, engine::Side prescribed) {
  if (exercise.falls.balance != Balance::single_leg || !exercise.definition.sided) return std::nullopt;
  const engine::Side working = *engine::swap_named_and_working(exercise.definition, prescribed);
  const engine::Support support = exercise.movement.correct.stance.support;
  if (support == engine::Support::right_leg) return working;
  if (support == engine::Support::left_leg) return engine::other(working);
  double most = 0;  // of the right foot above the left one; the right side is the one drawn at work
  for (int look = 0; look <= kLooks; ++look) {
    const auto figure = engine::figure_at(exercise.movement.correct, double(look) / kLooks);
    if (!figure) return std::nullopt;
    const double above =
        foot_height_m(*figure, engine::Side::right) - foot_height_m(*figure, engine::Side::left);
    if (std::abs(above) > std::abs(most)) most = above;
  }
  if (std::abs(most) < kLiftedM) return std::nullopt;
  return most > 0 ? engine::other(working) : working;
}

}  // namespace reprise::exercises
