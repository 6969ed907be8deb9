// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_likeness.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace reprise::engine::detail {
namespace {

/// The autocorrelation at one lag, by the energies of both parts. Centered vectors.
double correlation_at(std::span<const Eigen::Vector3d> x, std::size_t lag) {
  double shared = 0;
  double earlier = 0;
  double later = 0;
  for (std::size_t i = 0; i + lag < x.size(); ++i) {
    shared += x[i].dot(x[i + lag]);
    earlier += x[i].squaredNorm();
    later += x[i + lag].squaredNorm();
  }
  return earlier > 0 && later > 0 ? shared / std::sqrt(earlier * later) : 0;
}

double best_repetition(std::span<const Eigen::Vector3d> x, Hertz rate) {
  const auto shortest = std::max<std::size_t>(1, static_cast<std::size_t>(0.25 * rate.value()));
  const auto longest = static_cast<std::size_t>(1.5 * rate.value());
  double best = 0;
  for (std::size_t lag = shortest; lag <= longest && 2 * lag < x.size(); ++lag) {
    best = std::max(best, correlation_at(x, lag));
  }
  return best;
}

/// The energy of the mean over a second, centered at each sample of the range.
double slow_energy(std::span<const double> x, SampleRange range, Hertz rate) {
  const auto half = static_cast<std::size_t>(std::lround(rate.value() / 2));
  std::size_t begin = range.begin - std::min(range.begin, half);
  std::size_t end = begin;
  double sum = 0;
  double energy = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    for (; end < std::min(x.size(), i + half + 1); ++end) sum += x[end];
    for (; begin + half < i; ++begin) sum -= x[begin];
    const double mean = sum / static_cast<double>(end - begin);
    energy += mean * mean;
  }
  return energy;
}

}  // namespace

WalkingLikeness walking_likeness(const StepSignals& signals, SampleRange range, std::size_t step_lag) {
  std::vector<Eigen::Vector3d> all;
  std::vector<Eigen::Vector3d> horizontal;
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  double step = 0;
  double outside = 0;
  double sideways = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const double vertical = signals.vertical_mps2[i];
    const double in_band = signals.step_band_mps2[i];
    step += in_band * in_band;
    outside += (vertical - in_band) * (vertical - in_band);
    all.push_back(signals.acceleration_mps2[i].v);
    mean += all.back();
    horizontal.push_back(all.back() - (vertical + kGravityMps2) * signals.up[i].v);
    sideways += horizontal.back().squaredNorm();
  }
  mean /= static_cast<double>(all.size());
  for (auto& a : all) a -= mean;
  WalkingLikeness likeness;
  likeness.intensity_mps2 = std::sqrt(step / static_cast<double>(all.size()));
  likeness.fast_share = std::sqrt(outside / step);
  likeness.slow_share = std::sqrt(slow_energy(signals.vertical_mps2, range, signals.rate) / step);
  likeness.horizontal_share = std::sqrt(sideways / step);
  likeness.repetition = best_repetition(all, signals.rate);
  likeness.horizontal_at_step = correlation_at(horizontal, step_lag);
  return likeness;
}

}  // namespace reprise::engine::detail
