// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "engine/ergonomics/work_score.h"

namespace reprise::engine {

/// The points of angles between two limits, degrees. An angle on a limit between two bands has the lower
/// points of both.
struct AngleBand {
  double above_deg;
  double up_to_deg;
  int points;
};
inline constexpr double kNoLimitDeg = std::numeric_limits<double>::infinity();

/// The points of every band that the angle may lie in; of all where it was not seen, or is no interval.
[[nodiscard]] PossibleScores points_in(const std::optional<AngleRange>& angle,
                                       std::span<const AngleBand> bands);
/// 1 beyond the limit to either side, else 0; both where it may be either or was not seen.
[[nodiscard]] PossibleScores points_beyond(const std::optional<AngleRange>& angle, double limit_deg);
/// 1 beyond the limit upwards only.
[[nodiscard]] PossibleScores points_above(const std::optional<AngleRange>& angle, double limit_deg);
/// The higher of one of each.
[[nodiscard]] PossibleScores higher_of(const PossibleScores& a, const PossibleScores& b);
/// Those of yes and no; both where it was not answered.
[[nodiscard]] PossibleScores points_if(const std::optional<bool>& yes, int if_yes = 1, int if_no = 0);

// The methods give angles for large movements and words for small ones ("upright", "twisted"): these limits
// of the words are unsourced defaults.
inline constexpr double kNeutralDeg = 5;         ///< upright, in extension, a neutral wrist
inline constexpr double kTwistedOrBentDeg = 10;  ///< neck and trunk, twisted or bent to the side
inline constexpr double kAbductedDeg = 20;       ///< the upper arm out of the sagittal plane
inline constexpr double kBentKneeDeg = 30;       ///< OWAS: legs bent

/// Collects the steps of one part; its score is the sum of their points.
class PartBuilder {
 public:
  explicit PartBuilder(WorkPart part) : part_{part, PossibleScores{0}, {}, {}} {}

  PartBuilder& measured(std::string_view what, const std::optional<AngleRange>& angle,
                        const PossibleScores& points) {
    part_.measured.push_back({what, angle, points});
    part_.scores = part_.scores + points;
    return *this;
  }
  PartBuilder& answered(WorkQuestion question, const PossibleScores& points) {
    part_.answered.push_back({question, points});
    part_.scores = part_.scores + points;
    return *this;
  }
  /// An answer that decides with others, in `scores`, and has no points of its own.
  PartBuilder& rests_on(WorkQuestion question) {
    part_.answered.push_back({question, {}});
    return *this;
  }
  PartBuilder& rests_on(std::string_view what, const std::optional<AngleRange>& angle) {
    part_.measured.push_back({what, angle, {}});
    return *this;
  }
  PartBuilder& add(const PossibleScores& points) {
    part_.scores = part_.scores + points;
    return *this;
  }
  [[nodiscard]] PartScore take() { return std::move(part_); }

 private:
  PartScore part_;
};

/// Whether the person may have the stance; where it was not answered, any.
[[nodiscard]] bool may_be(const WorkAnswers& answers, WorkStance stance);
/// The part of the legs, resting on stance, weight and knees, without points yet.
[[nodiscard]] PartBuilder legs_part(const WorkPosture& posture);

// What RULA and REBA score alike.

/// 1 to 6: how far the upper arm is raised, shoulder raised, arm abducted (of REBA also rotated), supported.
[[nodiscard]] PartScore upper_arm_part(WorkMethod method, const WorkArm& arm, const WorkAnswers& answers);
/// 1 with the elbow bent 60 to 100 degrees, else 2.
[[nodiscard]] PossibleScores elbow_points(const WorkArm& arm);

}  // namespace reprise::engine
