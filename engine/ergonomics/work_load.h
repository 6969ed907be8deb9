// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/ergonomics/work_score.h"

namespace reprise::engine {

/// A score and its action level, each as a range.
struct RangedScore {
  ScoreRange score;
  ScoreRange level;
  friend bool operator==(const RangedScore&, const RangedScore&) = default;
};

/// The score of a moment, or of moments one after the other: `all` that the intervals of the angles and the
/// open questions allow, and within it that of the angles as `measured`, where open questions alone leave a
/// range.
struct MomentScore {
  RangedScore all;
  RangedScore measured;
  friend bool operator==(const MomentScore&, const MomentScore&) = default;
};
[[nodiscard]] MomentScore moment_score(const WorkScore& all, const WorkScore& measured);

struct ScoredMoment {
  Seconds time;
  std::optional<MomentScore> score;  ///< empty where no person was seen
};

struct ScoreSpan {
  Seconds from;
  Seconds to;
  MomentScore score;
};

/// From the share of time that surely has a level to the share that may have it, 0 to 1.
struct ShareRange {
  double surely = 0;
  double possibly = 0;
};

/// How much of the scored time an action level holds, as of a MomentScore.
struct LevelShare {
  int level = 0;
  ShareRange all;
  ShareRange measured;
};

struct WorkLoad {
  Seconds scored{0};
  Seconds not_seen{0};
  Seconds not_filmed{0};           ///< in gaps between pictures, beyond what each stands for
  Seconds longest_gap{0};          ///< between two pictures
  std::vector<ScoreSpan> spans;    ///< in order of time; none where no person was seen
  std::vector<LevelShare> shares;  ///< every level of the method, from the lowest on
};

/// Sums up moments in order of time. Each stands for the time halfway to its neighbors, but no longer than
/// half a second to either side: a longer gap was not filmed.
[[nodiscard]] WorkLoad work_load(WorkMethod method, std::span<const ScoredMoment> moments);

struct WorstMomentOptions {
  std::size_t most = 4;  ///< as many moments at most
  Seconds apart{5};      ///< no two nearer than this
};

/// Indices of the moments with the highest scores, the worst first: by the sum of both ends of the range
/// as measured, then of the whole range; of equal ones the earliest. They lie apart, so that one lift is not
/// shown as four.
[[nodiscard]] std::vector<std::size_t> worst_moments(std::span<const ScoredMoment> moments,
                                                     const WorstMomentOptions& options = {});

}  // namespace reprise::engine
