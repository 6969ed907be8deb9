// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/ergonomics/possible_scores.h"
#include "engine/ergonomics/work_answers.h"
#include "engine/ergonomics/work_posture.h"

namespace reprise::engine {

/// What a method scores by itself, and what its tables make of that.
enum class WorkPart : std::uint8_t {
  upper_arm,
  lower_arm,
  wrist,
  wrist_twist,
  neck,
  trunk,
  legs,
  table_a,
  table_b,
  muscle_use,
  force,
  coupling,
  activity,
  back,
  arms,
};
inline constexpr std::size_t kWorkPartCount = 15;

struct WorkPartInfo {
  std::string_view name;   ///< as in files, e.g. "upper_arm"
  std::string_view label;  ///< for a reader, e.g. "Upper arm"
};
[[nodiscard]] const WorkPartInfo& info(WorkPart part);

/// An angle that the camera measured and the points for it.
struct MeasuredPoints {
  std::string_view what;            ///< for a reader, e.g. "raised from the trunk"
  std::optional<AngleRange> angle;  ///< empty: not seen
  PossibleScores points;
};
/// An answer, given or missing, and the points for it.
struct AnsweredPoints {
  WorkQuestion question;
  PossibleScores points;
};

/// The score of a part, and the steps that it is made of.
struct PartScore {
  WorkPart part;
  PossibleScores scores;
  std::vector<MeasuredPoints> measured;
  std::vector<AnsweredPoints> answered;
};

/// The score of a posture: every value that it can have, whatever the missing answers are and wherever in
/// their intervals the angles lie.
struct WorkScore {
  std::optional<Side> side;  ///< of the arm; empty where the method looks at both
  PossibleScores scores;     ///< RULA 1 to 7, REBA 1 to 15, OWAS its action category 1 to 4
  ScoreRange level;          ///< the action level: RULA 1 to 4, REBA 0 to 4, OWAS 1 to 4
  std::vector<PartScore> parts;
};

/// The action level of a score.
[[nodiscard]] int action_level(WorkMethod method, int score);
/// The lowest and the highest action level that there is.
[[nodiscard]] ScoreRange action_levels(WorkMethod method);

/// The lowest and the highest score that there is.
[[nodiscard]] ScoreRange method_scores(WorkMethod method);

/// RULA (McAtamney & Corlett 1993): the arm of one side with neck, trunk and legs.
[[nodiscard]] WorkScore rula(const WorkPosture& posture, Side side, const WorkAnswers& answers);
/// REBA (Hignett & McAtamney 2000).
[[nodiscard]] WorkScore reba(const WorkPosture& posture, Side side, const WorkAnswers& answers);
/// OWAS (Karhu et al. 1977).
[[nodiscard]] WorkScore owas(const WorkPosture& posture, const WorkAnswers& answers);

/// Scores by any of the methods. `side` empty: RULA and REBA are scored for both arms, and the worse counts,
/// so that the range is that of the higher score of the two. An answer about an arm is that of `side`; where
/// none is named, it says nothing of either, and such questions are open.
[[nodiscard]] WorkScore score_work(WorkMethod method, const WorkPosture& posture, std::optional<Side> side,
                                   const WorkAnswers& answers);

}  // namespace reprise::engine
