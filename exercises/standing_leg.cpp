#include "exercises/standing_leg.h"

#include <algorithm>

#include "engine/exercise/signal_value.h"
#include "engine/synthesis/generate.h"

namespace reprise {
namespace {

constexpr int kLooks = 24;  // at one repetition
constexpr double kLiftedM =
    0.02;  // higher than the other foot by this much: off the floor. Unsourced default

double foot_height_m(const BodyFigure& figure, Side side) {
  double lowest = 0;
  bool first = true;
  for (const Landmark left : {Landmark::left_heel, Landmark::left_foot_index}) {
    const Landmark point = side == Side::left ? left : mirrored(left);
    const double height = figure.landmarks[point].v.y();
    lowest = first ? height : std::min(lowest, height);
    first = false;
  }
  return lowest;
}

}  // namespace

std::optional<Side> standing_leg(const CatalogExercise& exercise, Side prescribed) {
  if (exercise.falls.balance != Balance::single_leg || !exercise.definition.sided) return std::nullopt;
  double most = 0;  // of the right foot above the left one; the right side is the one drawn at work
  for (int look = 0; look <= kLooks; ++look) {
    const auto figure = figure_at(exercise.movement.correct, double(look) / kLooks);
    if (!figure) return std::nullopt;
    const double above = foot_height_m(*figure, Side::right) - foot_height_m(*figure, Side::left);
    if (std::abs(above) > std::abs(most)) most = above;
  }
  if (std::abs(most) < kLiftedM) return std::nullopt;
  const Side working = *swap_named_and_working(exercise.definition, prescribed);
  return most > 0 ? other(working) : working;
}

}  // namespace reprise
