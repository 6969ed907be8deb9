// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/cycle_distance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

using Eigen::Vector3f;

// Unsourced defaults, tuned on simulated people and a few recordings: standard deviations of a direction in
// the picture's plane and in depth, of where it points on average (people differ in style) and of its
// movement.
constexpr float kMeanNoise = 0.30F;
constexpr float kMeanNoiseInDepth = 0.70F;
constexpr float kMovementNoise = 0.18F;
constexpr float kMovementNoiseInDepth = 0.45F;
constexpr float kOutlier = 9;           // most that one line can count, in variances
constexpr float kFreeMean = 0.15F;      // weight of a line that the exercise does not measure: on average,
constexpr float kFreeMovement = 0.6F;   // where it moves more than drawn,
constexpr float kFreeStillness = 0.3F;  // and less
constexpr float kMoreThanDrawn = 0.1F;
constexpr float kUnexplained = 0.6F;     // of a movement that is nothing like the drawn one
constexpr float kTremor = 0.05F;         // mean square of a movement that is none, in variances
constexpr std::size_t kDirections = 12;  // about the vertical
/// Faces, hands and feet are short, and poorly seen.
constexpr PerBodyLine<float> kNoise = {1, 1.3F, 1.6F, 1, 1, 1, 1, 1, 1, 1.8F, 1.8F, 1, 1, 1, 1, 1.6F, 1.6F};

using Phases = Eigen::Array<float, kCyclePhases, 1>;
using Costs =
    Eigen::Array<float, kCyclePhases, kCyclePhases>;  // rows: phases drawn; columns: phases observed

/// About the vertical.
struct Turn {
  float cosine;
  float sine;

  [[nodiscard]] Vector3f of(const Vector3f& v) const {
    return {cosine * v.x() + sine * v.z(), v.y(), cosine * v.z() - sine * v.x()};
  }
  [[nodiscard]] PhaseDirections of(const PhaseDirections& v) const {
    PhaseDirections out;
    out.col(0) = cosine * v.col(0) + sine * v.col(2);
    out.col(1) = v.col(1);
    out.col(2) = cosine * v.col(2) - sine * v.col(0);
    return out;
  }
};

const std::array<Turn, kDirections>& turns() {
  static const auto kTurns = [] {
    std::array<Turn, kDirections> out{};
    for (std::size_t k = 0; k < kDirections; ++k) {
      const float angle = 2 * 3.14159265F * static_cast<float>(k) / static_cast<float>(kDirections);
      out[k] = {std::cos(angle), std::sin(angle)};
    }
    return out;
  }();
  return kTurns;
}

float squared(const Vector3f& apart, float noise, float noise_in_depth, float scale) {
  const float flat = apart.head<2>().squaredNorm() / (noise * noise);
  const float deep = apart.z() * apart.z() / (noise_in_depth * noise_in_depth);
  return std::min(kOutlier, (flat + deep) / (scale * scale));
}

struct Weights {
  PerBodyLine<float> mean;
  PerBodyLine<float> movement;
  float sum = 0;
};

Weights weights_of(const MovementCycle& observed, const MovementCycle& drawn,
                   const PerBodyLine<bool>& measured) {
  Weights w;
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    const float seen = observed.seen[l];
    const bool more = observed.amplitude[l] > drawn.amplitude[l] + kMoreThanDrawn;
    w.mean[l] = seen * (measured[l] ? 1 : kFreeMean);
    w.movement[l] = seen * (measured[l] ? 1 : more ? kFreeMovement : kFreeStillness);
    w.sum += seen * (measured[l] ? 2 : kFreeMean + kFreeStillness);
  }
  return w;
}

/// The same of a movement, at each phase.
inline Phases squared(const PhaseDirections& apart, float scale) {
  const float flat = 1 / (kMovementNoise * kMovementNoise * scale * scale);
  const float deep = 1 / (kMovementNoiseInDepth * kMovementNoiseInDepth * scale * scale);
  return (flat * (apart.col(0).square() + apart.col(1).square()) + deep * apart.col(2).square())
      .min(kOutlier);
}

/// The mean square of a movement, in the same units as `aligned`.
float movement_of(const PerBodyLine<PhaseDirections>& deviation, const Weights& w) {
  Phases sum = Phases::Zero();
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    if (w.movement[l] > 0) sum += w.movement[l] * squared(deviation[l], kNoise[l]);
  }
  return sum.mean();
}

Costs costs(const PerBodyLine<PhaseDirections>& observed, const PerBodyLine<PhaseDirections>& drawn,
            const Weights& w) {
  Costs cost = Costs::Zero();
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    if (!(w.movement[l] > 0)) continue;
    for (Eigen::Index i = 0; i < cost.cols(); ++i) {
      const PhaseDirections apart = drawn[l].rowwise() - observed[l].row(i);
      cost.col(i) += w.movement[l] * squared(apart, kNoise[l]);
    }
  }
  return cost;
}

/// The cheapest way through both cycles, the drawn one begun at any phase: all of these at once, one in each
/// element of `Phases`.
float aligned(const Costs& cost) {
  constexpr float kFar = std::numeric_limits<float>::infinity();
  std::array<Phases, kCyclePhases> row;
  row.fill(Phases::Constant(kFar));
  for (Eigen::Index i = 0; i < cost.cols(); ++i) {
    Eigen::Array<float, 2 * kCyclePhases, 1> twice;
    twice << cost.col(i), cost.col(i);
    Phases diagonal = Phases::Constant(i == 0 ? 0 : kFar);
    Phases left = Phases::Constant(kFar);
    for (std::size_t j = 0; j < kCyclePhases; ++j) {
      const Phases c = twice.segment<kCyclePhases>(static_cast<Eigen::Index>(j));
      const Phases above = row[j];
      left = (diagonal + 2 * c).min(above + c).min(left + c);
      row[j] = left;
      diagonal = above;
    }
  }
  return row.back().minCoeff() / static_cast<float>(2 * kCyclePhases);
}

}  // namespace

std::array<SeenFrom, kDirectionsTried> nearest_directions(const MovementCycle& observed,
                                                          const MovementCycle& drawn,
                                                          const PerBodyLine<bool>& measured) {
  const Weights w = weights_of(observed, drawn, measured);
  std::array<SeenFrom, kDirections> all;
  for (std::size_t k = 0; k < kDirections; ++k) {
    float sum = 0;
    for (std::size_t l = 0; l < kBodyLineCount; ++l) {
      if (!(w.mean[l] > 0)) continue;
      sum += w.mean[l] * squared(observed.mean[l] - turns()[k].of(drawn.mean[l]), kMeanNoise,
                                 kMeanNoiseInDepth, kNoise[l]);
    }
    all[k] = {w.sum > 0 ? sum / w.sum : std::numeric_limits<float>::max(), k};
  }
  std::array<SeenFrom, kDirectionsTried> nearest;
  std::partial_sort_copy(all.begin(), all.end(), nearest.begin(), nearest.end(),
                         [](const SeenFrom& a, const SeenFrom& b) { return a.mean < b.mean; });
  return nearest;
}

float cycle_distance(const MovementCycle& observed, const MovementCycle& drawn,
                     const PerBodyLine<bool>& measured, const std::array<SeenFrom, kDirectionsTried>& nearest,
                     float worth_less) {
  const Weights w = weights_of(observed, drawn, measured);
  float best = std::numeric_limits<float>::max();
  for (const auto& [mean, direction] : nearest) {
    if (mean >= std::min(best, worth_less)) break;
    PerBodyLine<PhaseDirections> turned;
    for (std::size_t l = 0; l < kBodyLineCount; ++l) turned[l] = turns()[direction].of(drawn.deviation[l]);
    const float apart = aligned(costs(observed.deviation, turned, w));
    const float moved = movement_of(observed.deviation, w) + movement_of(turned, w);
    best = std::min(best, mean + apart / w.sum + kUnexplained * apart / (moved + kTremor * w.sum));
  }
  return best;
}

}  // namespace reprise::engine
