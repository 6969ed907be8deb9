// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/ergonomics/work_score.h"

namespace reprise::engine {

/// The score of one moment; empty where no person was seen.
struct ScoredMoment {
  Seconds time;
  std::optional<ScoreRange> score;
  ScoreRange level;  ///< of a scored moment
};

/// Moments one after the other with the same score.
struct ScoreSpan {
  Seconds from;
  Seconds to;
  ScoreRange score;
  ScoreRange level;
};

/// How much of the scored time an action level holds. The true share lies between the two.
struct LevelShare {
  int level = 0;
  double surely = 0;    ///< 0 to 1: of moments with this level whatever the missing answers are
  double possibly = 0;  ///< 0 to 1: of moments that may have it
};

struct WorkLoad {
  Seconds scored{0};
  Seconds not_seen{0};
  std::vector<ScoreSpan> spans;    ///< in order of time; none where no person was seen
  std::vector<LevelShare> shares;  ///< every level of the method, from the lowest on
};

/// Sums up moments in order of time. Each stands for the time halfway to its neighbors, but no longer than
/// half a second to either side: a gap in the film is not scored.
[[nodiscard]] WorkLoad work_load(WorkMethod method, std::span<const ScoredMoment> moments);

struct WorstMomentOptions {
  std::size_t most = 4;  ///< as many moments at most
  Seconds apart{5};      ///< no two nearer than this
};

/// Indices of the moments with the highest scores, the worst first: by the sum of both ends of the range,
/// then by its lower end; of equal ones the earliest. They lie apart, so that one lift is not shown as four.
[[nodiscard]] std::vector<std::size_t> worst_moments(std::span<const ScoredMoment> moments,
                                                     const WorstMomentOptions& options = {});

}  // namespace reprise::engine
