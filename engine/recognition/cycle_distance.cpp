// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/cycle_distance.h"

#include <Eigen/Geometry>
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
constexpr float kUnexplained = 0.6F;         // of a movement that is nothing like the drawn one
constexpr float kTremor = 0.05F;             // mean square of a movement that is none, in variances
constexpr std::size_t kDirections = 12;      // about the vertical
constexpr std::size_t kDirectionsTried = 3;  // those whose mean fits best
/// Faces, hands and feet are short, and poorly seen.
constexpr PerBodyLine<float> kNoise = {1, 1.3F, 1.6F, 1, 1, 1, 1, 1, 1, 1.8F, 1.8F, 1, 1, 1, 1, 1.6F, 1.6F};

using Turned = Eigen::Matrix3f;

const std::array<Turned, kDirections>& turns() {
  static const auto kTurns = [] {
    std::array<Turned, kDirections> out;
    for (std::size_t k = 0; k < kDirections; ++k) {
      const float angle = 2 * 3.14159265F * static_cast<float>(k) / static_cast<float>(kDirections);
      out[k] = Eigen::AngleAxisf(angle, Vector3f::UnitY()).toRotationMatrix();
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

/// The mean square of a movement, in the same units as `aligned`.
float movement_of(const std::array<PerBodyLine<Vector3f>, kCyclePhases>& deviation, const Weights& w) {
  float sum = 0;
  for (const auto& lines : deviation) {
    for (std::size_t l = 0; l < kBodyLineCount; ++l)
      sum += w.movement[l] * squared(lines[l], kMovementNoise, kMovementNoiseInDepth, kNoise[l]);
  }
  return sum / static_cast<float>(kCyclePhases);
}

/// The cheapest way through both cycles, the drawn one begun at any phase.
float aligned(const std::array<std::array<float, kCyclePhases>, kCyclePhases>& cost) {
  constexpr float kFar = std::numeric_limits<float>::max();
  float best = kFar;
  for (std::size_t shift = 0; shift < kCyclePhases; ++shift) {
    std::array<float, kCyclePhases> row;
    row.fill(kFar);
    for (std::size_t i = 0; i < kCyclePhases; ++i) {
      float diagonal = i == 0 ? 0 : kFar;
      for (std::size_t j = 0; j < kCyclePhases; ++j) {
        const float c = cost[i][(j + shift) % kCyclePhases];
        const float above = row[j];
        const float left = j > 0 ? row[j - 1] : kFar;
        const float next = std::min({diagonal < kFar ? diagonal + 2 * c : kFar,
                                     above < kFar ? above + c : kFar, left < kFar ? left + c : kFar});
        diagonal = above;
        row[j] = next;
      }
    }
    best = std::min(best, row.back());
  }
  return best / static_cast<float>(2 * kCyclePhases);
}

}  // namespace

float cycle_distance(const MovementCycle& observed, const MovementCycle& drawn,
                     const PerBodyLine<bool>& measured, float worth_less) {
  const Weights w = weights_of(observed, drawn, measured);
  if (!(w.sum > 0)) return std::numeric_limits<float>::max();
  std::array<std::pair<float, std::size_t>, kDirections> means;
  for (std::size_t k = 0; k < kDirections; ++k) {
    float sum = 0;
    for (std::size_t l = 0; l < kBodyLineCount; ++l) {
      if (!(w.mean[l] > 0)) continue;
      sum += w.mean[l] *
             squared(observed.mean[l] - turns()[k] * drawn.mean[l], kMeanNoise, kMeanNoiseInDepth, kNoise[l]);
    }
    means[k] = {sum / w.sum, k};
  }
  std::sort(means.begin(), means.end());
  float best = std::numeric_limits<float>::max();
  for (std::size_t tried = 0; tried < kDirectionsTried; ++tried) {
    const auto [mean, k] = means[tried];
    if (mean >= std::min(best, worth_less)) break;
    std::array<PerBodyLine<Vector3f>, kCyclePhases> turned;
    for (std::size_t p = 0; p < kCyclePhases; ++p) {
      for (std::size_t l = 0; l < kBodyLineCount; ++l) turned[p][l] = turns()[k] * drawn.deviation[p][l];
    }
    std::array<std::array<float, kCyclePhases>, kCyclePhases> cost{};
    for (std::size_t i = 0; i < kCyclePhases; ++i) {
      for (std::size_t j = 0; j < kCyclePhases; ++j) {
        for (std::size_t l = 0; l < kBodyLineCount; ++l) {
          if (!(w.movement[l] > 0)) continue;
          cost[i][j] += w.movement[l] * squared(observed.deviation[i][l] - turned[j][l], kMovementNoise,
                                                kMovementNoiseInDepth, kNoise[l]);
        }
      }
    }
    const float apart = aligned(cost);
    const float moved = movement_of(observed.deviation, w) + movement_of(turned, w);
    best = std::min(best, mean + apart / w.sum + kUnexplained * apart / (moved + kTremor * w.sum));
  }
  return best;
}

}  // namespace reprise::engine
