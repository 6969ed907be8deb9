#include "session/drawn_reach.h"

#include <algorithm>

#include "engine/exercise/needed_points.h"

namespace reprise {
namespace {

using L = Landmark;

constexpr int kSteps = 24;  // of a repetition
// Below the head by up to this many trunk lengths, a hand of someone who goes a little farther is above it.
// Unsourced default.
constexpr double kNearHead = 0.1;

double height_m(const BodyFigure& figure, L landmark) {
  return figure.landmarks[landmark].v.y();
}

double mean_height_m(const BodyFigure& figure, L left) {
  return 0.5 * (height_m(figure, left) + height_m(figure, mirrored(left)));
}

double trunk_m(const BodyFigure& figure) {
  const auto middle = [&](L left) {
    return 0.5 * (figure.landmarks[left] + figure.landmarks[mirrored(left)]);
  };
  return (middle(L::left_shoulder) - middle(L::left_hip)).norm();
}

bool hand_near_head(const BodyFigure& figure) {
  const double head_m =
      std::max({height_m(figure, L::nose), height_m(figure, L::left_ear), height_m(figure, L::right_ear)});
  const double hand_m = std::max(height_m(figure, L::left_wrist), height_m(figure, L::right_wrist));
  return hand_m > head_m - kNearHead * trunk_m(figure);
}

}  // namespace

void derive_from_movement(const MovementDefinition& movement, ExerciseDefinition& into) {
  into.hands_up = HandsUp::at_rest;
  into.reach.reset();
  const auto start = figure_at(movement, 0);
  if (!start) return;
  const PerLandmark<bool> needed = needed_points(into, std::nullopt);
  const double base_m = mean_height_m(*start, needs_feet(needed) ? L::left_ankle : L::left_hip);
  bool hands_up = false;
  Reach reach;
  double first_above_base = 0;
  for (int step = 0; step <= kSteps; ++step) {
    const auto figure = figure_at(movement, double(step) / kSteps);
    if (!figure) return;
    hands_up = hands_up || hand_near_head(*figure);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const double up = (height_m(*figure, static_cast<L>(l)) - base_m) / trunk_m(*start);
      if (needed[l] && up > reach.above_base) reach = {part_of(static_cast<L>(l)), up, 0};
    }
    if (step == 0) first_above_base = reach.above_base;
  }
  reach.above_start = reach.above_base - first_above_base;
  into.reach = reach;
  into.hands_up = hand_near_head(*start) ? HandsUp::at_rest : hands_up ? HandsUp::moving : HandsUp::never;
}

}  // namespace reprise
