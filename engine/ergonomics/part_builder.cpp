// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/part_builder.h"

#include <algorithm>
#include <array>

namespace reprise::engine {
namespace {

double deg(double rad) {
  return to_degrees(Radians{rad}).value();
}

constexpr std::array kArmAhead = {AngleBand{-kNoLimitDeg, 20, 1}, AngleBand{20, 45, 2}, AngleBand{45, 90, 3},
                                  AngleBand{90, kNoLimitDeg, 4}};
constexpr std::array kArmBehind = {AngleBand{-kNoLimitDeg, 20, 1}, AngleBand{20, kNoLimitDeg, 2}};
constexpr std::array kElbow = {AngleBand{-kNoLimitDeg, 60, 2}, AngleBand{60, 100, 1},
                               AngleBand{100, kNoLimitDeg, 2}};

PossibleScores raised_points(const WorkArm& arm) {
  PossibleScores points;
  if (!arm.ahead || arm.ahead->most_rad >= 0) points = points | points_in(arm.elevation, kArmAhead);
  if (!arm.ahead || arm.ahead->least_rad < 0) points = points | points_in(arm.elevation, kArmBehind);
  return points;
}

// A supported arm takes a point away, but no part scores less than 1.
PossibleScores at_least_one(const PossibleScores& scores) {
  PossibleScores out;
  scores.each([&](int score) { out.add(std::max(1, score)); });
  return out;
}

}  // namespace

PossibleScores points_in(const std::optional<AngleRange>& angle, std::span<const AngleBand> bands) {
  PossibleScores points;
  for (const AngleBand& band : bands) {
    if (!angle || (deg(angle->most_rad) > band.above_deg && deg(angle->least_rad) <= band.up_to_deg))
      points.add(band.points);
  }
  return points;
}

PossibleScores points_beyond(const std::optional<AngleRange>& angle, double limit_deg) {
  const std::array bands = {AngleBand{-kNoLimitDeg, -limit_deg, 1}, AngleBand{-limit_deg, limit_deg, 0},
                            AngleBand{limit_deg, kNoLimitDeg, 1}};
  return points_in(angle, bands);
}

PossibleScores points_above(const std::optional<AngleRange>& angle, double limit_deg) {
  const std::array bands = {AngleBand{-kNoLimitDeg, limit_deg, 0}, AngleBand{limit_deg, kNoLimitDeg, 1}};
  return points_in(angle, bands);
}

PossibleScores higher_of(const PossibleScores& a, const PossibleScores& b) {
  PossibleScores out;
  a.each([&](int x) { b.each([&](int y) { out.add(std::max(x, y)); }); });
  return out;
}

PossibleScores points_if(const std::optional<bool>& yes, int if_yes, int if_no) {
  PossibleScores points;
  if (!yes || *yes) points.add(if_yes);
  if (!yes || !*yes) points.add(if_no);
  return points;
}

PartScore upper_arm_part(const WorkArm& arm, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::upper_arm};
  // One more than the score while a supported arm may take one away: scores are not negative.
  part.measured("raised from the trunk", arm.elevation, raised_points(arm));
  part.measured("out of the sagittal plane", arm.abduction, points_above(arm.abduction, kAbductedDeg));
  part.answered(WorkQuestion::shoulder_raised, points_if(answers.shoulder_raised));
  PartScore score = part.take();
  PossibleScores supported;
  score.scores.each([&](int points) {
    points_if(answers.arm_supported).each([&](int less) { supported.add(points - less); });
  });
  score.scores = at_least_one(supported);
  score.answered.push_back({WorkQuestion::arm_supported, points_if(answers.arm_supported)});
  return score;
}

PossibleScores elbow_points(const WorkArm& arm) {
  return points_in(arm.elbow_flexion, kElbow);
}

}  // namespace reprise::engine
