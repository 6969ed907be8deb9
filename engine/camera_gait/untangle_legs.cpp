// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/untangle_legs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/camera_gait/picture_point.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr std::array kLegPoints = {L::left_knee, L::left_ankle, L::left_heel, L::left_foot_index};
constexpr double kDeviation = 0.15;      // of a change of place from one frame to the next, in trunk lengths
constexpr double kMostCost = 30;         // of one point: a wild one does not decide alone
constexpr Seconds kLongestMemory{0.15};  // a velocity from longer ago tells nothing
constexpr double kCarriedOn = 0.5;       // of the last velocity: noise doubles in a prediction

struct LegsAt {
  Seconds time;
  std::array<std::array<PlanePoint, kLegPoints.size()>, 2> points;  // by name of the network, from mid-hips
  double apart = 0;                                                 // of the heels, in trunk lengths
};

double squared(double value) {
  return value * value;
}

// How far the points are from where they would be had they moved on.
double jerkiness(const LegsAt* before, int before_exchanged, const LegsAt& last, int last_exchanged,
                 const LegsAt& now, int exchanged, double trunk, bool linear) {
  double cost = 0;
  const bool moving =
      before != nullptr && last.time - before->time < kLongestMemory && now.time - last.time < kLongestMemory;
  const double share = moving ? kCarriedOn * (now.time - last.time) / (last.time - before->time) : 0;
  for (int leg = 0; leg < 2; ++leg) {
    for (std::size_t p = 0; p < kLegPoints.size(); ++p) {
      const PlanePoint& at = now.points[static_cast<std::size_t>(leg ^ exchanged)][p];
      PlanePoint expected = last.points[static_cast<std::size_t>(leg ^ last_exchanged)][p];
      if (moving) {
        const PlanePoint& first = before->points[static_cast<std::size_t>(leg ^ before_exchanged)][p];
        expected = {expected.x + share * (expected.x - first.x), expected.y + share * (expected.y - first.y)};
      }
      const double away = (squared(at.x - expected.x) + squared(at.y - expected.y)) / squared(trunk);
      const double square = away / squared(kDeviation);
      cost += linear && square > 1 ? 2 * std::sqrt(square) - 1 : std::min(kMostCost, square);
    }
  }
  return cost / (2 * kLegPoints.size());
}

}  // namespace

void exchange_legs(Pose& pose) {
  for (const L left : kLegPoints) {
    const L right = mirrored(left);
    if (pose.image) std::swap((*pose.image)[left], (*pose.image)[right]);
    std::swap(pose.world_m[left], pose.world_m[right]);
    std::swap(pose.visibility[left], pose.visibility[right]);
  }
}

std::vector<PoseFrame> untangle_legs(std::span<const PoseFrame> frames, const UntangleOptions& options) {
  std::vector<PoseFrame> result(frames.begin(), frames.end());
  std::vector<double> trunks;
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i].pose) continue;
    seen.push_back(i);
    trunks.push_back(plane_trunk(*frames[i].pose));
  }
  if (seen.size() < 3) return result;
  const double trunk = std::max(median(trunks), 1e-6);

  std::vector<LegsAt> legs;
  for (const std::size_t i : seen) {
    const Pose& pose = *frames[i].pose;
    const PlanePoint hips = plane_mid_hips(pose);
    LegsAt at{frames[i].time, {}, 0};
    for (std::size_t p = 0; p < kLegPoints.size(); ++p) {
      const PlanePoint left = plane_point(pose, kLegPoints[p]);
      const PlanePoint right = plane_point(pose, mirrored(kLegPoints[p]));
      at.points[0][p] = {left.x - hips.x, left.y - hips.y};
      at.points[1][p] = {right.x - hips.x, right.y - hips.y};
    }
    at.apart = std::abs(at.points[0][2].x - at.points[1][2].x) / trunk;
    legs.push_back(at);
  }

  // A state is whether the frame before and this one are exchanged: 2 * before + now.
  constexpr double kNever = std::numeric_limits<double>::infinity();
  std::vector<std::array<int, 4>> from(legs.size());
  std::array<double, 4> cost{};
  const auto own = [&](std::size_t i, int exchanged) {
    if (exchanged == 0) return 0.0;
    const Seconds step = i > 0 ? legs[i].time - legs[i - 1].time : legs[1].time - legs[0].time;
    return options.exchange_cost * std::min(step, kLongestMemory).value() * std::min(1.0, legs[i].apart);
  };
  for (int state = 0; state < 4; ++state) {
    cost[static_cast<std::size_t>(state)] =
        own(0, state / 2) + own(1, state % 2) +
        jerkiness(nullptr, 0, legs[0], state / 2, legs[1], state % 2, trunk, options.linear);
  }
  for (std::size_t i = 2; i < legs.size(); ++i) {
    std::array<double, 4> next{kNever, kNever, kNever, kNever};
    for (int state = 0; state < 4; ++state) {
      for (int now = 0; now < 2; ++now) {
        const double total =
            cost[static_cast<std::size_t>(state)] + own(i, now) +
            jerkiness(&legs[i - 2], state / 2, legs[i - 1], state % 2, legs[i], now, trunk, options.linear);
        const auto to = static_cast<std::size_t>(2 * (state % 2) + now);
        if (!(total < next[to])) continue;
        next[to] = total;
        from[i][to] = state;
      }
    }
    cost = next;
  }
  int state = static_cast<int>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  for (std::size_t i = legs.size() - 1; i >= 1; --i) {
    if (state % 2 == 1) exchange_legs(*result[seen[i]].pose);
    if (i == 1) {
      if (state / 2 == 1) exchange_legs(*result[seen[0]].pose);
      break;
    }
    state = from[i][static_cast<std::size_t>(state)];
  }
  return result;
}

}  // namespace reprise::engine
