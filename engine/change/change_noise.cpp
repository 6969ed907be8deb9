// SPDX-License-Identifier: Apache-2.0
#include "engine/change/change_noise.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr double kMadToDeviation = 1.4826;    // of a normal distribution
constexpr double kPulledIn = 2.5;             // deviations. Unsourced default
constexpr double kLostByPullingIn = 0.98872;  // deviation of a normal distribution pulled in to 2.5
constexpr double kMostCorrelation = 0.8;      // with more, no few weeks show a level. Unsourced default
constexpr double kNineOfTen = 1.6449;         // deviations that hold nine of ten
constexpr int kRounds = 5;

double robust_deviation(const std::vector<double>& residuals) {
  std::vector<double> sizes;
  for (const double residual : residuals) sizes.push_back(std::abs(residual));
  double deviation = kMadToDeviation * exact_median(std::move(sizes));
  // Where more than half are equal, the rest says how the value varies.
  const bool mostly_equal = deviation == 0;
  for (int round = 0; round < kRounds; ++round) {
    const double limit = mostly_equal ? INFINITY : kPulledIn * deviation;
    double squares = 0;
    for (const double residual : residuals) {
      const double pulled = std::clamp(residual, -limit, limit);
      squares += pulled * pulled;
    }
    deviation = std::sqrt(squares / static_cast<double>(residuals.size() - 1)) /
                (mostly_equal ? 1.0 : kLostByPullingIn);
    if (mostly_equal) break;
  }
  return deviation;
}

std::size_t part_of_season(std::int64_t index, std::size_t parts) {
  const auto whole = static_cast<std::int64_t>(parts);
  return static_cast<std::size_t>(((index % whole) + whole) % whole);
}

std::vector<double> residuals_of(std::span<const ValueGroup> groups, const ChangeNoise& noise) {
  std::vector<double> residuals;
  for (const ValueGroup& group : groups)
    residuals.push_back(group.middle - noise.of_season(group.index) - noise.level);
  return residuals;
}

void find_level(std::span<const ValueGroup> groups, ChangeNoise& noise) {
  noise.level = 0;
  noise.level = exact_median(residuals_of(groups, noise));
  noise.deviation = robust_deviation(residuals_of(groups, noise));
}

// Of each part the median, pulled in where it is that of one or two values, and shrunk towards no pattern.
void find_season(std::span<const ValueGroup> groups, const ChangeNoiseOptions& options, ChangeNoise& noise) {
  constexpr std::size_t kSureMedian = 3;
  const auto parts = static_cast<std::size_t>(options.season);
  const std::vector<double> residuals = residuals_of(groups, noise);
  std::vector<std::vector<double>> of_part(parts);
  for (std::size_t i = 0; i < groups.size(); ++i)
    of_part[part_of_season(groups[i].index, parts)].push_back(residuals[i]);
  const double limit = kPulledIn * noise.deviation;
  noise.season.assign(parts, 0.0);
  for (std::size_t part = 0; part < parts; ++part) {
    const auto count = static_cast<double>(of_part[part].size());
    if (count == 0) continue;
    double middle = exact_median(of_part[part]);
    if (of_part[part].size() < kSureMedian) middle = std::clamp(middle, -limit, limit);
    noise.season[part] = middle * count / (count + options.values_of_expectation);
  }
}

// Deviation of one value from the middle of its group, from groups that have several.
void find_within(std::span<const ValueGroup> groups, ChangeNoise& noise) {
  std::vector<double> off;
  std::vector<double> counts;
  for (const ValueGroup& group : groups) {
    const auto count = static_cast<double>(group.values.size());
    counts.push_back(count);
    if (count < 2) continue;
    for (const double value : group.values)
      off.push_back((value - group.middle) * std::sqrt(count / (count - 1)));
  }
  noise.usual_count = exact_median(std::move(counts));
  if (off.size() > 2) noise.within = robust_deviation(off);
}

void find_correlation(std::span<const ValueGroup> groups, const ChangeNoiseOptions& options,
                      ChangeNoise& noise) {
  const std::vector<double> residuals = residuals_of(groups, noise);
  const double variance = noise.deviation * noise.deviation;
  const double limit = kPulledIn * noise.deviation;
  double products = options.pairs_of_expectation * options.correlation * variance;
  double pairs = options.pairs_of_expectation;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].index != groups[i - 1].index + 1) continue;
    products += std::clamp(residuals[i], -limit, limit) * std::clamp(residuals[i - 1], -limit, limit);
    pairs += 1;
  }
  noise.correlation = std::clamp(products / (pairs * variance), 0.0, kMostCorrelation);
}

}  // namespace

double ChangeNoise::of_season(std::int64_t index) const {
  return season.empty() ? 0.0 : season[part_of_season(index, season.size())];
}

double ChangeNoise::weight(const ValueGroup& group) const {
  const double stated = group.half_width / (kNineOfTen * deviation);
  const double spread = within / deviation;
  const double few = 1 / static_cast<double>(group.values.size()) - 1 / usual_count;
  return 1 / std::max({1.0, stated * stated, 1 + spread * spread * few});
}

double ChangeNoise::alike(const ValueGroup& a, const ValueGroup& b) const {
  return std::pow(correlation, static_cast<double>(std::abs(a.index - b.index)));
}

void ChangeSum::add(const ValueGroup& group, double value) {
  constexpr double kNegligible = 1e-3;
  const double weight = noise_->weight(group);
  double shared = 0;
  for (auto other = groups_.rbegin(); other != groups_.rend(); ++other) {
    const double alike = noise_->alike(group, **other);
    if (alike < kNegligible) break;
    shared += std::sqrt(weight * noise_->weight(**other)) * alike;
  }
  groups_.push_back(&group);
  sum_ += weight * value;
  weights_ += weight;
  variance_ += weight + 2 * shared;
}

ChangeNoise change_noise(std::span<const ValueGroup> groups, const ChangeNoiseOptions& options) {
  ChangeNoise noise;
  find_level(groups, noise);
  if (options.season > 0 && noise.deviation > 0) {
    find_season(groups, options, noise);
    find_level(groups, noise);
  }
  noise.deviation = std::max(noise.deviation, options.least_deviation * std::abs(noise.level));
  // The square of a tiny deviation is 0, and nothing can be divided by it.
  if (!(noise.deviation * noise.deviation > 0)) {
    noise.deviation = 0;
    return noise;
  }
  find_within(groups, noise);
  find_correlation(groups, options, noise);
  const double square = noise.correlation * noise.correlation;
  const double independent = static_cast<double>(groups.size()) * (1 - square) / (1 + square);
  noise.degrees = std::max(1, static_cast<int>(independent) - 1);
  return noise;
}

}  // namespace reprise::engine
