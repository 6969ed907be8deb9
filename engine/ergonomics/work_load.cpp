// SPDX-License-Identifier: Apache-2.0
#include "engine/ergonomics/work_load.h"

#include <algorithm>
#include <tuple>

namespace reprise::engine {
namespace {

constexpr Seconds kLongestReach{0.5};  // of a moment to either side. Unsourced default

Seconds reach(Seconds step) {
  return std::min(0.5 * step, kLongestReach);
}

void append_span(std::vector<ScoreSpan>& spans, const ScoreSpan& next) {
  constexpr Seconds kNoGap{1e-6};
  if (!spans.empty() && spans.back().score == next.score && next.from - spans.back().to < kNoGap) {
    spans.back().to = next.to;
  } else {
    spans.push_back(next);
  }
}

void count(const ScoreRange& level, int wanted, Seconds time, ShareRange& share) {
  if (!level.holds(wanted)) return;
  share.possibly += time.value();
  if (level.least == level.most) share.surely += time.value();
}

}  // namespace

MomentScore moment_score(const WorkScore& all, const WorkScore& measured) {
  return {{all.scores.range(), all.level}, {measured.scores.range(), measured.level}};
}

WorkLoad work_load(WorkMethod method, std::span<const ScoredMoment> moments) {
  WorkLoad load;
  const ScoreRange levels = action_levels(method);
  for (int level = levels.least; level <= levels.most; ++level) load.shares.push_back({level, {}, {}});
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const ScoredMoment& moment = moments[i];
    const Seconds from = i > 0 ? moment.time - reach(moment.time - moments[i - 1].time) : moment.time;
    const Seconds to =
        i + 1 < moments.size() ? moment.time + reach(moments[i + 1].time - moment.time) : moment.time;
    if (i > 0) {
      const Seconds gap = moment.time - moments[i - 1].time;
      load.not_filmed += gap - 2 * reach(gap);
      load.longest_gap = std::max(load.longest_gap, gap);
    }
    if (!moment.score) {
      load.not_seen += to - from;
      continue;
    }
    load.scored += to - from;
    append_span(load.spans, {from, to, *moment.score});
    for (LevelShare& share : load.shares) {
      count(moment.score->all.level, share.level, to - from, share.all);
      count(moment.score->measured.level, share.level, to - from, share.measured);
    }
  }
  for (LevelShare& share : load.shares) {
    if (!(load.scored > Seconds{0})) break;
    for (double* part :
         {&share.all.surely, &share.all.possibly, &share.measured.surely, &share.measured.possibly})
      *part /= load.scored.value();
  }
  return load;
}

std::vector<std::size_t> worst_moments(std::span<const ScoredMoment> moments,
                                       const WorstMomentOptions& options) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (moments[i].score) order.push_back(i);
  }
  const auto badness = [&](std::size_t i) {
    const MomentScore& score = *moments[i].score;
    return std::tuple{score.measured.score.least + score.measured.score.most,
                      score.all.score.least + score.all.score.most};
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return badness(a) > badness(b); });
  std::vector<std::size_t> chosen;
  for (const std::size_t i : order) {
    if (chosen.size() == options.most) break;
    const bool near = std::any_of(chosen.begin(), chosen.end(), [&](std::size_t c) {
      const Seconds between = moments[i].time - moments[c].time;
      return between < options.apart && -between < options.apart;
    });
    if (!near) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace reprise::engine
