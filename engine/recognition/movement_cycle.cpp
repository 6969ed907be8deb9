// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/movement_cycle.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace reprise::engine {
namespace {

using Eigen::Vector3f;

/// Mean over the frames nearby that show the line; lines that are out of sight keep their last direction.
std::vector<PerBodyLine<Vector3f>> smoothed(std::span<const SegmentDirections> frames) {
  const auto n = static_cast<std::ptrdiff_t>(frames.size());
  const std::ptrdiff_t reach = std::min<std::ptrdiff_t>(2, (n - 1) / 24);
  std::vector<PerBodyLine<Vector3f>> out(frames.size());
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    Vector3f last = Vector3f::Zero();
    for (const SegmentDirections& frame : frames) {
      if (frame.seen[l] > 0) {
        last = frame.direction[l];
        break;
      }
    }
    for (std::ptrdiff_t i = 0; i < n; ++i) {
      Vector3f sum = Vector3f::Zero();
      int count = 0;
      for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, i - reach); k <= std::min(n - 1, i + reach); ++k) {
        const SegmentDirections& frame = frames[static_cast<std::size_t>(k)];
        if (!(frame.seen[l] > 0)) continue;
        sum += frame.direction[l];
        ++count;
      }
      if (count > 0) last = sum / static_cast<float>(count);
      out[static_cast<std::size_t>(i)][l] = last;
    }
  }
  return out;
}

float step_between(const PerBodyLine<Vector3f>& a, const PerBodyLine<Vector3f>& b) {
  float squares = 0;
  for (std::size_t l = 0; l < kBodyLineCount; ++l) squares += (a[l] - b[l]).head<2>().squaredNorm();
  return std::sqrt(squares);
}

}  // namespace

MovementCycle movement_cycle(std::span<const SegmentDirections> frames) {
  const std::vector<PerBodyLine<Vector3f>> lines = smoothed(frames);
  const std::size_t n = lines.size();
  std::vector<float> way(n, 0);
  for (std::size_t i = 1; i < n; ++i) way[i] = way[i - 1] + step_between(lines[i - 1], lines[i]);
  std::vector<float> phase(n, 0);
  for (std::size_t i = 1; i < n; ++i) {
    const float time = static_cast<float>(i) / static_cast<float>(n - 1);
    phase[i] = way.back() > 1e-6F ? 0.5F * (time + way[i] / way.back()) : time;
  }
  MovementCycle cycle;
  cycle.mean.fill(Vector3f::Zero());
  std::size_t at = 0;
  for (std::size_t p = 0; p < kCyclePhases; ++p) {
    const float wanted = static_cast<float>(p) / static_cast<float>(kCyclePhases);
    while (at + 2 < n && phase[at + 1] < wanted) ++at;
    const std::size_t next = std::min(at + 1, n - 1);
    const float between = phase[next] - phase[at];
    const float share = between > 0 ? std::clamp((wanted - phase[at]) / between, 0.0F, 1.0F) : 0;
    for (std::size_t l = 0; l < kBodyLineCount; ++l) {
      const Vector3f direction = (1 - share) * lines[at][l] + share * lines[next][l];
      cycle.deviation[l].row(static_cast<Eigen::Index>(p)) = direction.transpose().array();
      cycle.mean[l] += direction / static_cast<float>(kCyclePhases);
    }
  }
  for (std::size_t l = 0; l < kBodyLineCount; ++l) {
    cycle.deviation[l].rowwise() -= cycle.mean[l].transpose().array();
    cycle.amplitude[l] = std::sqrt(cycle.deviation[l].square().sum() / static_cast<float>(kCyclePhases));
    cycle.seen[l] = 0;
    for (const SegmentDirections& frame : frames) cycle.seen[l] += frame.seen[l] / static_cast<float>(n);
  }
  return cycle;
}

MovementCycle stillness(MovementCycle cycle) {
  for (PhaseDirections& line : cycle.deviation) line.setZero();
  cycle.amplitude.fill(0);
  return cycle;
}

}  // namespace reprise::engine
