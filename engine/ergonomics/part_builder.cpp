// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/part_builder.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

// Rounded far below any angle's uncertainty, so that a limit that went through radians is still one.
double deg(double rad) {
  constexpr double kFineness = 1e9;
  return std::round(to_degrees(Radians{rad}).value() * kFineness) / kFineness;
}

bool is_seen(const std::optional<AngleRange>& angle) {
  return angle && std::isfinite(angle->least_rad) && std::isfinite(angle->most_rad) &&
         angle->least_rad <= angle->most_rad;
}

constexpr std::array kArmAhead = {AngleBand{-kNoLimitDeg, 20, 1}, AngleBand{20, 45, 2}, AngleBand{45, 90, 3},
                                  AngleBand{90, kNoLimitDeg, 4}};
constexpr std::array kArmBehind = {AngleBand{-kNoLimitDeg, 20, 1}, AngleBand{20, kNoLimitDeg, 2}};
constexpr std::array kElbow = {AngleBand{-kNoLimitDeg, 60, 2}, AngleBand{60, 100, 1},
                               AngleBand{100, kNoLimitDeg, 2}};

// From the least to the most of the angle's size, whatever its sign.
AngleRange size_of(const AngleRange& angle) {
  const double a = std::abs(angle.least_rad);
  const double b = std::abs(angle.most_rad);
  const bool through_zero = angle.least_rad <= 0 && angle.most_rad >= 0;
  return {through_zero ? 0 : std::min(a, b), std::max(a, b)};
}

// The table of extension is for an arm that is below the shoulder and points more to the back than to the
// side: one raised overhead or sideways can lie a little behind the frontal plane, and is not extended.
PossibleScores raised_points(const WorkArm& arm) {
  bool may_be_ahead = true;
  bool may_be_behind = true;
  if (is_seen(arm.elevation) && is_seen(arm.ahead)) {
    const AngleRange aside = is_seen(arm.abduction) ? size_of(*arm.abduction) : AngleRange{0, kPi / 2};
    const AngleRange behind = {-arm.ahead->most_rad, -arm.ahead->least_rad};
    may_be_behind =
        behind.most_rad > 0 && behind.most_rad >= aside.least_rad && deg(arm.elevation->least_rad) <= 90;
    may_be_ahead =
        behind.least_rad <= 0 || behind.least_rad < aside.most_rad || deg(arm.elevation->most_rad) > 90;
  }
  PossibleScores points;
  if (may_be_ahead) points = points | points_in(arm.elevation, kArmAhead);
  if (may_be_behind) points = points | points_in(arm.elevation, kArmBehind);
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
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const AngleBand& band = bands[i];
    const bool has_above = i > 0 && bands[i - 1].points > band.points;
    const bool has_up_to = i + 1 == bands.size() || bands[i + 1].points >= band.points;
    if (is_seen(angle)) {
      const double least = deg(angle->least_rad);
      const double most = deg(angle->most_rad);
      if (has_above ? most < band.above_deg : most <= band.above_deg) continue;
      if (has_up_to ? least > band.up_to_deg : least >= band.up_to_deg) continue;
    }
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

bool may_be(const WorkAnswers& answers, WorkStance stance) {
  return !answers.stance || *answers.stance == stance;
}

PartBuilder legs_part(const WorkPosture& posture) {
  PartBuilder part{WorkPart::legs};
  part.rests_on(WorkQuestion::stance).rests_on(WorkQuestion::legs_balanced);
  part.rests_on("left knee flexion", posture.knee_flexion[0]);
  part.rests_on("right knee flexion", posture.knee_flexion[1]);
  return part;
}

PartScore upper_arm_part(WorkMethod method, const WorkArm& arm, const WorkAnswers& answers) {
  PartBuilder part{WorkPart::upper_arm};
  // One more than the score while a supported arm may take one away: scores are not negative.
  part.measured("raised from the trunk", arm.elevation, raised_points(arm));
  const PossibleScores abducted = points_above(arm.abduction, kAbductedDeg);
  if (asks(method, WorkQuestion::arm_rotated)) {
    part.rests_on("out of the sagittal plane", arm.abduction).rests_on(WorkQuestion::arm_rotated);
    part.add(higher_of(abducted, points_if(answers.arm_rotated)));
  } else {
    part.measured("out of the sagittal plane", arm.abduction, abducted);
  }
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
