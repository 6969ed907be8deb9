// SPDX-License-Identifier: Apache-2.0
#include "exercises/movement_extent.h"

#include <algorithm>
#include <array>

#include "engine/exercise/required_landmarks.h"

namespace reprise::exercises {
namespace {

using L = engine::Landmark;

constexpr int kSteps = 24;  // of a repetition
// Below the head by up to this many trunk lengths, a hand of someone who goes a little farther is above it.
// Unsourced default.
constexpr double kNearHead = 0.1;
constexpr double kClearRise = 0.15;   // trunk lengths of a trunk that comes down or up. Unsourced default
constexpr double kMainlyUp = 0.6;     // of a point's way. Unsourced default
constexpr double kMovesOfMost = 0.5;  // of the way of what moves most. Unsourced default

double height_m(const engine::BodyFigure& figure, L landmark) {
  return figure.landmarks[landmark].v.y();
}

double mean_height_m(const engine::BodyFigure& figure, L left) {
  return 0.5 * (height_m(figure, left) + height_m(figure, engine::mirrored(left)));
}

double trunk_m(const engine::BodyFigure& figure) {
  const auto middle = [&](L left) {
    return 0.5 * (figure.landmarks[left] + figure.landmarks[engine::mirrored(left)]);
  };
  return (middle(L::left_shoulder) - middle(L::left_hip)).norm();
}

bool hand_near_head(const engine::BodyFigure& figure) {
  const double head_m =
      std::max({height_m(figure, L::nose), height_m(figure, L::left_ear), height_m(figure, L::right_ear)});
  const double hand_m = std::max(height_m(figure, L::left_wrist), height_m(figure, L::right_wrist));
  return hand_m > head_m - kNearHead * trunk_m(figure);
}

/// The figure as a camera in front of it has it: y down, z away.
engine::Pose seen_by_camera(const engine::BodyFigure& figure) {
  engine::Pose pose;
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const auto& at = figure.landmarks[l].v;
    pose.world_m[l] = {at.x(), -at.y(), -at.z()};
    pose.visibility[l] = 1;
  }
  return pose;
}

/// From the posture at rest to the one in which most points are farthest from it.
engine::Farther way_of(const engine::BodyFigure& rest, const engine::BodyFigure& farthest,
                       const engine::PerLandmark<bool>& needed) {
  const double hips_rise_m = mean_height_m(farthest, L::left_hip) - mean_height_m(rest, L::left_hip);
  const double shoulders_rise_m =
      mean_height_m(farthest, L::left_shoulder) - mean_height_m(rest, L::left_shoulder);
  const double clear_m = kClearRise * trunk_m(rest);
  if (std::min(hips_rise_m, shoulders_rise_m) < -clear_m) return engine::Farther::lower;
  if (std::max(hips_rise_m, shoulders_rise_m) > clear_m) return engine::Farther::higher;
  double most_m = 0;
  const auto way = [&](std::size_t l) { return farthest.landmarks[l].v - rest.landmarks[l].v; };
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    if (needed[l]) most_m = std::max(most_m, way(l).norm());
  }
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const bool moves = needed[l] && way(l).norm() >= kMovesOfMost * most_m;
    if (moves && way(l).y() <= kMainlyUp * way(l).norm()) return engine::Farther::farther;
  }
  return most_m > 0 ? engine::Farther::higher : engine::Farther::farther;
}

/// Lying on the side or the front, or on hands and knees, an arm cannot leave its place without a loss of
/// balance.
bool arms_are_free(const std::vector<engine::BodyPosition>& positions) {
  constexpr engine::BodyPositions kFree{engine::BodyPosition::standing, engine::BodyPosition::sitting,
                                        engine::BodyPosition::long_sitting, engine::BodyPosition::kneeling,
                                        engine::BodyPosition::lying_on_back};
  engine::BodyPositions all;
  for (const engine::BodyPosition position : positions) all.add(position);
  return !all.empty() && all.within(kFree);
}

/// The first gesture of each row that the movement never comes near; "it hurts" chooses first.
engine::GestureChoice choose_gestures(const engine::ExerciseDefinition& of,
                                      const std::array<bool, engine::kGestureCount>& made) {
  using engine::Gesture;
  const auto is_free = [&](Gesture gesture) { return !made[static_cast<std::size_t>(gesture)]; };
  engine::GestureChoice choice;
  if (is_free(Gesture::hand_up)) choice.hurts = Gesture::hand_up;
  if (!arms_are_free(of.positions)) return choice;
  if (!choice.hurts && is_free(Gesture::wrists_crossed)) choice.hurts = Gesture::wrists_crossed;
  // Where a straightening elbow counts, an arm held out would be a repetition.
  if (of.primary.measure == engine::Measure::elbow_flexion && of.target < of.rest) return choice;
  // So would it where an arm counts from behind the body on, as in a chest press.
  if (of.primary.measure == engine::Measure::shoulder_flexion && of.rest < 0) return choice;
  for (const Gesture gesture : {Gesture::arm_out, Gesture::wrists_crossed}) {
    if (!choice.pause && is_free(gesture) && choice.hurts != gesture) choice.pause = gesture;
  }
  return choice;
}

}  // namespace

void derive_from_movement(const engine::MovementDefinition& movement, engine::ExerciseDefinition& into) {
  into.hands_up = engine::HandsUp::at_rest;
  into.gestures = {};
  into.reach.reset();
  into.farther = engine::Farther::farther;
  into.positions_at_start = into.positions_on_the_way = {};
  for (const engine::BodyPosition position : into.positions) into.positions_at_start.add(position);
  const auto start = engine::figure_at(movement, 0);
  if (!start) return;
  const engine::PerLandmark<bool> needed = engine::required_landmarks(into, std::nullopt);
  const double base_m = mean_height_m(*start, engine::needs_feet(needed) ? L::left_ankle : L::left_hip);
  into.positions_at_start.add(engine::possible_positions(seen_by_camera(*start)));
  into.positions_on_the_way = into.positions_at_start;
  engine::BodyFigure farthest = *start;
  double farthest_m = 0;
  bool hands_up = false;
  std::array<bool, engine::kGestureCount> made{};
  engine::Reach reach;
  double first_above_base = 0;
  for (int step = 0; step <= kSteps; ++step) {
    const auto figure = engine::figure_at(movement, double(step) / kSteps);
    if (!figure) return;
    hands_up = hands_up || hand_near_head(*figure);
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
      const double up = (height_m(*figure, static_cast<L>(l)) - base_m) / trunk_m(*start);
      if (needed[l] && up > reach.above_base) reach = {engine::part_of(static_cast<L>(l)), up, 0};
    }
    const engine::Pose pose = seen_by_camera(*figure);
    into.positions_on_the_way.add(engine::possible_positions(pose));
    for (const engine::Gesture gesture : engine::kGestures) {
      auto& is_made = made[static_cast<std::size_t>(gesture)];
      is_made = is_made || engine::shows(gesture, pose, engine::GestureLimits::near);
    }
    double moved_m = 0;
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l)
      moved_m += (figure->landmarks[l].v - start->landmarks[l].v).norm();
    if (moved_m > farthest_m) {
      farthest_m = moved_m;
      farthest = *figure;
    }
    if (step == 0) first_above_base = reach.above_base;
  }
  reach.above_start = reach.above_base - first_above_base;
  into.reach = reach;
  into.hands_up = hand_near_head(*start) ? engine::HandsUp::at_rest
                  : hands_up             ? engine::HandsUp::moving
                                         : engine::HandsUp::never;
  made[static_cast<std::size_t>(engine::Gesture::hand_up)] = into.hands_up != engine::HandsUp::never;
  into.gestures = choose_gestures(into, made);
  into.farther = way_of(*start, farthest, needed);
}

}  // namespace reprise::exercises
