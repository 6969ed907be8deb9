// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace reprise::engine {

/// The values of one day, or whatever the caller groups by.
struct ValueGroup {
  double time = 0;             ///< of the first value; days, or the caller's unit
  std::int64_t index = 0;      ///< of the group: days since the origin of time
  std::vector<double> values;  ///< in order of arrival; never empty
  double middle = 0;           ///< their trimmed mean: a tenth at each end is left out, at least one
  double half_width = 0;       ///< smallest stated uncertainty of them (nine of ten); 0: none stated
};

struct ChangeNoiseOptions {
  int season = 7;  ///< groups after which a pattern repeats, the weekdays; 0: no pattern
  /// Expected correlation of neighboring groups. Unsourced default
  double correlation = 0.3;
  /// So many pairs of neighbors is the expectation worth against what the person shows. Unsourced default
  double pairs_of_expectation = 20;
  /// So many values of a weekday is the expectation worth that it is like the others. Unsourced default
  double values_of_expectation = 6;
  /// The deviation is at least this share of the level, so that equal values do not make every other one a
  /// change. Unsourced default
  double least_deviation = 0.02;
};

/// How a person's values vary while nothing changes.
struct ChangeNoise {
  double level = 0;  ///< median of the groups without the pattern
  /// Robust standard deviation of a group without the pattern; 0: unknown, or so small that its square is 0.
  double deviation = 0;
  double correlation = 0;      ///< of neighboring groups, 0 to 0.8
  std::vector<double> season;  ///< added by each part of the pattern; empty: none
  double within = 0;           ///< deviation of the values of one group from each other; 0: unknown
  double usual_count = 1;      ///< values of a group, median
  int degrees = 1;             ///< of freedom of the deviation, fewer where neighbors are alike

  /// What the pattern adds in this group.
  [[nodiscard]] double of_season(std::int64_t index) const;
  /// Weight of a group, 1 or less: one with fewer values than usual, or measured with more uncertainty than
  /// the person varies, counts less.
  [[nodiscard]] double weight(const ValueGroup& group) const;
  /// Correlation of two groups.
  [[nodiscard]] double alike(const ValueGroup& a, const ValueGroup& b) const;
};

/// Weighted sum of groups and its variance, in units of a group's, grown by one neighbor after another:
/// neighbors that are alike say less.
class ChangeSum {
 public:
  explicit ChangeSum(const ChangeNoise& noise) : noise_(&noise) {}

  /// Adds a group beyond the last one added, in either direction of time, and its value.
  void add(const ValueGroup& group, double value);
  [[nodiscard]] double mean() const { return sum_ / weights_; }
  [[nodiscard]] double variance() const { return variance_ / (weights_ * weights_); }

 private:
  const ChangeNoise* noise_;
  std::vector<const ValueGroup*> groups_;
  double sum_ = 0, weights_ = 0, variance_ = 0;
};

/// Estimates the noise of groups in order of time, at least two. The deviation is that of values pulled in to
/// 2.5 deviations around the median, begun at the median absolute deviation (Huber's proposal 2, a textbook
/// method; no source was read). Correlation and pattern are shrunk towards the expectation, because few
/// weeks show little of either.
[[nodiscard]] ChangeNoise change_noise(std::span<const ValueGroup> groups,
                                       const ChangeNoiseOptions& options = {});

}  // namespace reprise::engine
