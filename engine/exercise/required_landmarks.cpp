// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/required_landmarks.h"

#include <algorithm>
#include <array>

namespace reprise::engine {
namespace {

struct WantedSides {
  bool left = true;
  bool right = true;
};

WantedSides only(Side side) {
  return {side == Side::left, side == Side::right};
}

WantedSides sides_of(const Signal& signal, std::optional<Side> working) {
  const bool by_side = signal.combine == Combine::working || signal.combine == Combine::resting;
  if (!by_side || !working || !info(signal.measure).sided) return {};
  return only(signal.combine == Combine::working ? *working : other(*working));
}

// As primary_value reads it.
WantedSides sides_of_primary(const ExerciseDefinition& definition, std::optional<Side> working) {
  const bool one = definition.sided && working && info(definition.primary.measure).sided;
  return one ? only(*working) : WantedSides{};
}

bool rests_on_feet(Measure measure) {
  const auto points = landmarks_of(measure, Side::left);
  return std::any_of(points.begin(), points.end(), [](Landmark l) { return part_of(l) == BodyPart::foot; });
}

void mark(PerLandmark<bool>& needed, Measure measure, WantedSides sides) {
  if (sides.left) {
    for (const Landmark l : landmarks_of(measure, Side::left)) needed[l] = true;
  }
  if (sides.right) {
    for (const Landmark l : landmarks_of(measure, Side::right)) needed[l] = true;
  }
}

}  // namespace

PerLandmark<bool> required_landmarks(const ExerciseDefinition& definition, std::optional<Side> working) {
  PerLandmark<bool> needed;
  needed[Landmark::nose] = true;
  mark(needed, definition.primary.measure, sides_of_primary(definition, working));
  for (const Gate& gate : definition.gates) {
    if (gate.limits.min || !rests_on_feet(gate.signal.measure))
      mark(needed, gate.signal.measure, sides_of(gate.signal, working));
  }
  if (definition.side_from && !working) mark(needed, *definition.side_from, {});
  return needed;
}

std::optional<Landmark> hidden_landmark(const ExerciseDefinition& definition, const Pose& pose,
                                        std::optional<Side> working, double least) {
  // Of what no pose shows, a hidden landmark keeps nothing.
  if (landmarks_of(definition.primary.measure, Side::left).empty()) return std::nullopt;
  const WantedSides sides = sides_of_primary(definition, working);
  const auto worst = [&](Side side) {
    const auto points = landmarks_of(definition.primary.measure, side);
    return *std::min_element(points.begin(), points.end(),
                             [&](Landmark a, Landmark b) { return pose.visibility[a] < pose.visibility[b]; });
  };
  std::optional<Landmark> found;
  for (const Side side : {Side::left, Side::right}) {
    if (!(side == Side::left ? sides.left : sides.right)) continue;
    const Landmark here = worst(side);
    if (pose.visibility[here] >= least) return std::nullopt;
    if (!found || pose.visibility[here] > pose.visibility[*found]) found = here;
  }
  return found;
}

bool needs_feet(const PerLandmark<bool>& needed) {
  return needed[Landmark::left_ankle] || needed[Landmark::right_ankle];
}

}  // namespace reprise::engine
