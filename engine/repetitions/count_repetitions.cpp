// SPDX-License-Identifier: Apache-2.0
#include "engine/repetitions/count_repetitions.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/repetitions/movement_signals.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Unsourced defaults, tuned on recordings of strangers.
constexpr Seconds kSmoothing{0.05};
constexpr Seconds kShortest{0.27};                          // of a repetition
constexpr std::array<double, 2> kHysteresis = {0.6, 0.75};  // of a signal's usual extent: a turn
constexpr std::array<Seconds, 3> kDrift = {Seconds{0}, Seconds{5},
                                           Seconds{2}};  // slower is drift; 0: nothing is
constexpr Index kPhases = 16;                            // at which repetitions are compared
constexpr double kSharpness = 2;                         // power of a cut's worth in the vote
constexpr double kNear = 0.06;                           // counts nearer than this share support each other
constexpr double kNearAtLeast = 1;
constexpr double kSeenShare = 0.75;  // of a repetition that the recording's begin or end cuts off
constexpr double kTail = 0.05;       // of the frames at either end of a signal, beyond its usual extent
constexpr double kAtRest = 0.1;      // of the way to a repetition's farthest posture
constexpr double kWhole = 0.5;       // of the whole extent: a brief movement is not overlooked for small ones
constexpr double kLongest = 4;       // times the usual duration: a pause, no repetition

struct Cut {
  std::vector<CountedRepetition> repetitions;
  double worth = 0;
};

/// The signal without its mean over `window` frames.
VectorXd without_drift(const VectorXd& signal, Index window) {
  const Index n = signal.size();
  VectorXd sums = VectorXd::Zero(n + 1);
  for (Index i = 0; i < n; ++i) sums[i + 1] = sums[i] + signal[i];
  VectorXd out(n);
  for (Index i = 0; i < n; ++i) {
    const Index reach = std::min({window / 2, i, n - 1 - i});
    const Index from = reach < window / 2 ? std::max<Index>(0, i - window / 2) : i - reach;
    const Index to = reach < window / 2 ? std::min(n - 1, i + window / 2) : i + reach;
    out[i] = signal[i] - (sums[to + 1] - sums[from]) / static_cast<double>(to - from + 1);
  }
  return out;
}

double usual_extent(const VectorXd& signal) {
  std::vector<double> sorted(signal.begin(), signal.end());
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
  };
  return std::max(at(1 - kTail) - at(kTail), kWhole * (at(1) - at(0)));
}

struct Turn {
  Index frame;
  bool top;
};
/// The turning points of a signal: from each to the next it changes by more than `hysteresis`.
std::vector<Turn> turning_points(const VectorXd& signal, double hysteresis) {
  std::vector<Turn> turns;
  Index top = 0;
  Index bottom = 0;
  int direction = 0;
  for (Index i = 1; i < signal.size(); ++i) {
    if (signal[i] > signal[top]) top = i;
    if (signal[i] < signal[bottom]) bottom = i;
    if (direction >= 0 && signal[i] < signal[top] - hysteresis) {
      turns.push_back({top, true});
      direction = -1;
      bottom = top = i;
    } else if (direction <= 0 && signal[i] > signal[bottom] + hysteresis) {
      turns.push_back({bottom, false});
      direction = 1;
      bottom = top = i;
    }
  }
  return turns;
}

/// A repetition around each top (or bottom), from the turn before to the turn after; at the recording's ends
/// as long as its other half.
std::vector<CountedRepetition> pieces_around(const std::vector<Turn>& turns, bool tops, Index frames,
                                             Index shortest) {
  std::vector<CountedRepetition> pieces;
  for (std::size_t k = 0; k < turns.size(); ++k) {
    if (turns[k].top != tops) continue;
    const Index middle = turns[k].frame;
    const bool before = k > 0;
    const bool after = k + 1 < turns.size();
    if (!before && !after) continue;
    Index start = before ? turns[k - 1].frame : 2 * middle - turns[k + 1].frame;
    Index end = after ? turns[k + 1].frame : 2 * middle - start;
    const auto seen = static_cast<double>(std::min(frames - 1, end) - std::max<Index>(0, start));
    if (seen < kSeenShare * static_cast<double>(end - start)) continue;
    start = std::max<Index>(0, start);
    end = std::min(frames - 1, end);
    if (end - start >= shortest)
      pieces.push_back({static_cast<std::size_t>(start), static_cast<std::size_t>(end), 0});
  }
  return pieces;
}

/// A repetition's posture at equal phases, as one row.
VectorXd at_phases(const MatrixXd& posture, const CountedRepetition& repetition) {
  VectorXd row(kPhases * posture.cols());
  const auto start = static_cast<double>(repetition.start_frame);
  const auto span = static_cast<double>(repetition.end_frame) - start;
  for (Index p = 0; p < kPhases; ++p) {
    const double at = start + span * static_cast<double>(p) / static_cast<double>(kPhases - 1);
    const auto below = std::min(static_cast<Index>(at), posture.rows() - 2);
    const double share = at - static_cast<double>(below);
    row.segment(p * posture.cols(), posture.cols()) =
        ((1 - share) * posture.row(below) + share * posture.row(below + 1)).transpose();
  }
  return row;
}

/// How alike the pieces are, each against the median of all; 0 to 1. One piece is like itself as far as it
/// ends where it began.
double likeness(const MatrixXd& posture, std::vector<CountedRepetition>& pieces) {
  const auto n = static_cast<Index>(pieces.size());
  MatrixXd rows(n, kPhases * posture.cols());
  for (Index i = 0; i < n; ++i)
    rows.row(i) = at_phases(posture, pieces[static_cast<std::size_t>(i)]).transpose();
  VectorXd middle(rows.cols());
  for (Index c = 0; c < rows.cols(); ++c) {
    const VectorXd column = rows.col(c);
    middle[c] = median({column.begin(), column.end()});
  }
  std::vector<double> off;
  std::vector<double> size;
  for (Index i = 0; i < n; ++i) {
    off.push_back((rows.row(i).transpose() - middle).squaredNorm());
    size.push_back(rows.row(i).squaredNorm());
    pieces[static_cast<std::size_t>(i)].confidence =
        std::clamp(1 - off.back() / std::max(size.back(), 1e-12), 0.0, 1.0);
  }
  if (n == 1) {
    const auto width = posture.cols();
    const double apart = (rows.row(0).head(width) - rows.row(0).tail(width)).squaredNorm();
    const double alike =
        std::clamp(1 - static_cast<double>(kPhases) * apart / std::max(size[0], 1e-12), 0.0, 1.0);
    pieces[0].confidence = alike;
    return 0.5 * alike;
  }
  return std::clamp(1 - median(off) / std::max(median(size), 1e-12), 0.0, 1.0);
}

Cut worth_of(std::vector<CountedRepetition> pieces, const MatrixXd& posture) {
  Cut cut;
  std::vector<double> durations;
  for (const CountedRepetition& piece : pieces)
    durations.push_back(static_cast<double>(piece.end_frame - piece.start_frame));
  const double usual = median(durations);
  double covered = 0;
  double mean_log = 0;
  for (const double d : durations) {
    if (d < kLongest * usual) covered += d;
    mean_log += std::log(d) / static_cast<double>(durations.size());
  }
  double spread = 0;
  for (const double d : durations) spread += std::pow(std::log(d) - mean_log, 2);
  spread = durations.size() > 1 ? std::sqrt(spread / static_cast<double>(durations.size())) : 0.7;
  const double coverage = std::min(1.0, covered / static_cast<double>(posture.rows()));
  cut.worth = coverage * likeness(posture, pieces) / (1 + spread);
  cut.repetitions = std::move(pieces);
  return cut;
}

std::vector<Cut> cuts_of(const VectorXd& signal, const MatrixXd& posture, double rate) {
  std::vector<Cut> cuts;
  for (const Seconds drift : kDrift) {
    const auto window = static_cast<Index>(drift.value() * rate);
    if (window > 0 && signal.size() < 2 * window) continue;
    const VectorXd steady = window > 0 ? without_drift(signal, window) : signal;
    const double extent = usual_extent(steady);
    if (!(extent > 1e-6)) continue;
    for (const double hysteresis : kHysteresis) {
      const std::vector<Turn> turns = turning_points(steady, hysteresis * extent);
      for (const bool tops : {true, false}) {
        auto pieces = pieces_around(turns, tops, signal.size(),
                                    std::max<Index>(2, static_cast<Index>(kShortest.value() * rate)));
        if (!pieces.empty()) cuts.push_back(worth_of(std::move(pieces), posture));
      }
    }
  }
  return cuts;
}

/// More than a half where the pieces begin and end as the recording begins: people rest before they move.
double begins_at_rest(const Cut& cut, const MatrixXd& posture) {
  const auto from_rest = [&](Index frame) { return (posture.row(frame) - posture.row(0)).norm(); };
  double ends = 0;
  double middles = 0;
  for (const CountedRepetition& piece : cut.repetitions) {
    const auto start = static_cast<Index>(piece.start_frame);
    const auto end = static_cast<Index>(piece.end_frame);
    ends += 0.5 * (from_rest(start) + from_rest(end));
    middles += from_rest((start + end) / 2);
  }
  return middles / std::max(middles + ends, 1e-12);
}

/// Without the rest before and after each: from the last frame near its first posture to the first one near
/// its last.
std::vector<CountedRepetition> without_rest(std::vector<CountedRepetition> pieces, const MatrixXd& posture) {
  for (CountedRepetition& piece : pieces) {
    const auto start = static_cast<Index>(piece.start_frame);
    const auto end = static_cast<Index>(piece.end_frame);
    const auto apart = [&](Index a, Index b) { return (posture.row(a) - posture.row(b)).norm(); };
    double farthest = 0;
    Index middle = start;
    for (Index i = start; i <= end; ++i) {
      const double both = std::min(apart(i, start), apart(i, end));
      if (both > farthest) middle = i;
      farthest = std::max(farthest, both);
    }
    Index from = middle;
    while (from > start && apart(from, start) > kAtRest * farthest) --from;
    Index to = middle;
    while (to < end && apart(to, end) > kAtRest * farthest) ++to;
    if (to > from) piece = {static_cast<std::size_t>(from), static_cast<std::size_t>(to), 0};
  }
  static_cast<void>(likeness(posture, pieces));
  return pieces;
}

}  // namespace

std::vector<CountedRepetition> count_repetitions(std::span<const PointFrame> frames,
                                                 const CountOptions& options) {
  const double rate = options.rate.value();
  const auto movement = movement_signals(frames, std::max(0.5, kSmoothing.value() * rate));
  if (!movement) return {};
  std::vector<Cut> all;
  std::vector<double> votes(frames.size() + 2, 0);
  for (const VectorXd& signal : movement->signals) {
    std::vector<Cut> cuts = cuts_of(signal, movement->posture, rate);
    double sum = 0;
    double best = 0;
    for (const Cut& cut : cuts) {
      const double vote = std::pow(cut.worth, kSharpness);
      sum += vote;
      best = std::max(best, vote);
    }
    if (!(best > 0)) continue;
    for (Cut& cut : cuts) {
      // A signal has one voice, as loud as its best cut.
      const double vote = std::pow(cut.worth, kSharpness) * best / sum;
      const auto count = static_cast<double>(cut.repetitions.size());
      const double near = kNearAtLeast + kNear * count;
      const auto from = static_cast<std::size_t>(std::max(1.0, std::floor(count - 4 * near)));
      const auto to = std::min(votes.size() - 1, static_cast<std::size_t>(std::ceil(count + 4 * near)));
      for (std::size_t c = from; c <= to; ++c)
        votes[c] += vote * std::exp(-0.5 * std::pow((static_cast<double>(c) - count) / near, 2));
      all.push_back(std::move(cut));
    }
  }
  const auto count = static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
  const Cut* best = nullptr;
  double best_off = 0;
  double best_worth = 0;
  for (const Cut& cut : all) {
    const double off = std::abs(static_cast<double>(cut.repetitions.size()) - static_cast<double>(count));
    const double worth = cut.worth * begins_at_rest(cut, movement->posture);
    if (best != nullptr && (off > best_off || (off == best_off && worth <= best_worth))) continue;
    best = &cut;
    best_off = off;
    best_worth = worth;
  }
  if (best == nullptr) return {};
  return without_rest(best->repetitions, movement->posture);
}

}  // namespace reprise::engine
