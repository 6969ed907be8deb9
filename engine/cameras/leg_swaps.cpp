// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/leg_swaps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "engine/cameras/triangulate.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using Eigen::Vector3d;
using L = Landmark;

// Unsourced defaults, tried on rendered walkers (docs/accuracy.md).
constexpr std::size_t kMostViews = 4;
constexpr double kShown = 0.2;        // visibility from which a landmark takes part
constexpr double kRayM = 0.03;        // deviation of a landmark from its rays
constexpr double kThighM = 0.05;      // of a thigh's length
constexpr double kAsideM = 0.16;      // of knee and ankle from the hip, across the body
constexpr double kJumpM = 0.05;       // of a joint from where its velocity brings it
constexpr Seconds kSteady{0.2};       // over which its velocity is averaged
constexpr double kMost = 9;           // squared deviations, for a single term of one frame
constexpr double kMostJump = 50;      // the same between two frames
constexpr double kFacingSine = 0.75;  // of the angle between body and picture from which a view is frontal
constexpr double kPriorFromSide = 0.2;
constexpr double kPriorFromFront = 20;

constexpr std::array kLeftLeg = {L::left_knee, L::left_ankle, L::left_heel, L::left_foot_index};
constexpr std::size_t kOfLeg = kLeftLeg.size();
constexpr std::size_t kTracked = 2;  // knee and ankle, whose way is followed

/// One frame under one assumption of who is exchanged.
struct Assumed {
  double cost = 0;
  std::array<std::optional<Vector3d>, 2 * kOfLeg> points;  ///< left leg, then right
};

std::optional<Vector3d> point_of(const RigRays& rig, const std::vector<SeenSlopes>& seen, L landmark,
                                 double* cost) {
  std::vector<SeenRay> rays;
  for (std::size_t v = 0; v < seen.size(); ++v) {
    if (!(seen[v].visibility[landmark] >= kShown)) continue;
    rays.push_back({v, seen[v].slope[landmark], seen[v].visibility[landmark]});
  }
  if (rays.size() < 2) return std::nullopt;
  const auto found = triangulate(rig.views, rays, {.most_error_m = 1e3, .most_spread_m = 1});
  if (cost != nullptr) *cost += found ? std::min(kMost, std::pow(found->error_m / kRayM, 2)) : kMost;
  return found ? std::optional{found->point_m} : std::nullopt;
}

std::vector<SeenSlopes> exchanged(const std::vector<SeenSlopes>& seen, std::size_t mask) {
  std::vector<SeenSlopes> out = seen;
  for (std::size_t v = 0; v < out.size(); ++v)
    if ((mask >> v & 1U) != 0) out[v] = with_legs_exchanged(out[v]);
  return out;
}

/// How far a view shows the person from in front or behind, 0 to 1; 1 also where that is not known, since
/// only a view from the side is mistrusted.
double facing_share(const RigView& view, const std::optional<Vector3d>& mid_hips,
                    const std::optional<Vector3d>& right) {
  if (!mid_hips || !right) return 1;
  const double sine = right->cross(view.rotation.transpose() * view.in_camera(*mid_hips).normalized()).norm();
  return std::clamp(std::pow(sine / kFacingSine, 2), 0.0, 1.0);
}

double thigh_cost(const std::optional<Vector3d>& hip, const std::optional<Vector3d>& knee,
                  std::optional<double> thigh_m) {
  if (!hip || !knee || !thigh_m) return 0;
  return std::min(kMost, std::pow(((*knee - *hip).norm() - *thigh_m) / kThighM, 2));
}

double aside_cost(const std::optional<Vector3d>& hip, const std::optional<Vector3d>& joint,
                  const std::optional<Vector3d>& right) {
  if (!hip || !joint || !right) return 0;
  return std::min(kMost, std::pow((*joint - *hip).dot(*right) / kAsideM, 2));
}

/// A joint's way so far.
struct Track {
  std::optional<Vector3d> point;
  Vector3d m_per_s = Vector3d::Zero();
  double unseen_s = 0;
};

/// The best sequence that ends with one assumption, and the ways of knees and ankles along it.
struct Sequence {
  double cost = 0;
  std::array<Track, 2 * kTracked> tracks;  ///< left leg, then right
};

const std::optional<Vector3d>& tracked(const Assumed& assumed, std::size_t track) {
  return assumed.points[track < kTracked ? track : kOfLeg + track - kTracked];
}

/// Legs that pass each other are told apart by moving on: exchanged, they would turn back.
double jump_cost(const Sequence& before, const Assumed& now, double step_s) {
  double cost = 0;
  for (std::size_t k = 0; k < before.tracks.size(); ++k) {
    const Track& track = before.tracks[k];
    const auto& point = tracked(now, k);
    if (!track.point || !point) continue;
    const double off_m = (*point - *track.point - step_s * track.m_per_s).norm();
    cost += std::min(kMostJump, std::pow(off_m / kJumpM, 2));
  }
  return cost;
}

Sequence continued(Sequence sequence, const Assumed& now, double step_s) {
  const double share = 1 - std::exp(-step_s / kSteady.value());
  for (std::size_t k = 0; k < sequence.tracks.size(); ++k) {
    Track& track = sequence.tracks[k];
    const auto& point = tracked(now, k);
    if (track.point && point && step_s > 0)
      track.m_per_s += share * ((*point - *track.point) / step_s - track.m_per_s);
    track.unseen_s = point ? 0 : track.unseen_s + step_s;
    if (point) {
      track.point = point;
    } else if (track.unseen_s > kSteady.value()) {
      track = {};
    } else if (track.point) {
      *track.point += step_s * track.m_per_s;
    }
  }
  return sequence;
}

class Assuming {
 public:
  explicit Assuming(const RigRays& rig) : rig_(rig), states_(std::size_t{1} << rig.views.size()) {
    std::vector<double> thighs;
    for (const auto& seen : rig.frames) {
      const auto hip = point_of(rig, seen, L::left_hip, nullptr);
      const auto knee = point_of(rig, seen, L::left_knee, nullptr);
      if (hip && knee) thighs.push_back((*knee - *hip).norm());
    }
    if (!thighs.empty()) thigh_m_ = median(thighs);
    for (const auto& seen : rig.frames) across_.push_back(across(seen));
  }

  [[nodiscard]] std::vector<Assumed> at(std::size_t i) const {
    const std::vector<SeenSlopes>& seen = rig_.frames[i];
    const std::optional<Vector3d> right = right_at(i);
    const auto left_hip = point_of(rig_, seen, L::left_hip, nullptr);
    const auto right_hip = point_of(rig_, seen, L::right_hip, nullptr);
    std::optional<Vector3d> mid_hips;
    if (left_hip && right_hip) mid_hips = 0.5 * (*left_hip + *right_hip);
    std::vector<Assumed> out(states_);
    for (std::size_t mask = 0; mask < states_; ++mask) {
      Assumed& one = out[mask];
      const auto turned = exchanged(seen, mask);
      for (std::size_t k = 0; k < kOfLeg; ++k) {
        one.points[k] = point_of(rig_, turned, kLeftLeg[k], &one.cost);
        one.points[kOfLeg + k] = point_of(rig_, turned, mirrored(kLeftLeg[k]), &one.cost);
      }
      one.cost += thigh_cost(left_hip, one.points[0], thigh_m_);
      one.cost += thigh_cost(right_hip, one.points[kOfLeg], thigh_m_);
      for (std::size_t k = 0; k < kTracked; ++k) {
        one.cost += aside_cost(left_hip, one.points[k], right);
        one.cost += aside_cost(right_hip, one.points[kOfLeg + k], right);
      }
      for (std::size_t v = 0; v < seen.size(); ++v)
        if ((mask >> v & 1U) != 0)
          one.cost += kPriorFromSide + kPriorFromFront * facing_share(rig_.views[v], mid_hips, right);
    }
    return out;
  }

 private:
  /// From the person's left to the right, by hips and shoulders; zero where neither is seen.
  [[nodiscard]] Vector3d across(const std::vector<SeenSlopes>& seen) const {
    Vector3d sum = Vector3d::Zero();
    for (const L left : {L::left_hip, L::left_shoulder}) {
      const auto a = point_of(rig_, seen, left, nullptr);
      const auto b = point_of(rig_, seen, mirrored(left), nullptr);
      if (a && b) sum += *b - *a;
    }
    return sum;
  }

  /// Level, and the mean of the frames around: a single one is noisy.
  [[nodiscard]] std::optional<Vector3d> right_at(std::size_t i) const {
    constexpr std::size_t kAround = 10;
    Vector3d sum = Vector3d::Zero();
    for (std::size_t k = i > kAround ? i - kAround : 0; k < std::min(across_.size(), i + kAround + 1); ++k)
      sum += across_[k];
    sum.y() = 0;
    return sum.norm() > 0.1 ? std::optional<Vector3d>{sum.normalized()} : std::nullopt;
  }

  const RigRays& rig_;
  std::size_t states_;
  std::optional<double> thigh_m_;
  std::vector<Vector3d> across_;  // by frame, m
};

/// The cheapest way through all frames: one mask a frame.
std::vector<std::size_t> cheapest(const Assuming& assuming, const RigRays& rig,
                                  std::span<const Seconds> times) {
  std::vector<std::vector<std::size_t>> from;
  std::vector<Sequence> before;
  for (std::size_t i = 0; i < rig.frames.size(); ++i) {
    const std::vector<Assumed> now = assuming.at(i);
    std::vector<Sequence> after(now.size());
    auto& best_from = from.emplace_back(now.size(), 0);
    const double step_s = i > 0 ? (times[i] - times[i - 1]).value() : 0;
    for (std::size_t s = 0; s < now.size(); ++s) {
      double least = i > 0 ? std::numeric_limits<double>::infinity() : 0;
      for (std::size_t p = 0; p < before.size(); ++p) {
        const double sum = before[p].cost + jump_cost(before[p], now[s], step_s);
        if (sum < least) {
          least = sum;
          best_from[s] = p;
        }
      }
      after[s] = continued(i > 0 ? before[best_from[s]] : Sequence{}, now[s], step_s);
      after[s].cost = least + now[s].cost;
    }
    before = std::move(after);
  }
  std::vector<std::size_t> way(rig.frames.size());
  const auto by_cost = [](const Sequence& a, const Sequence& b) { return a.cost < b.cost; };
  auto at =
      static_cast<std::size_t>(std::min_element(before.begin(), before.end(), by_cost) - before.begin());
  for (std::size_t i = way.size(); i-- > 0;) {
    way[i] = at;
    at = from[i][at];
  }
  return way;
}

}  // namespace

std::span<const Landmark> left_leg() {
  return kLeftLeg;
}

SeenSlopes with_legs_exchanged(const SeenSlopes& seen) {
  SeenSlopes out = seen;
  for (const L left : kLeftLeg) {
    std::swap(out.slope[left], out.slope[mirrored(left)]);
    std::swap(out.visibility[left], out.visibility[mirrored(left)]);
  }
  return out;
}

std::vector<std::vector<bool>> exchanged_legs(const RigRays& rig, std::span<const Seconds> times) {
  std::vector<std::vector<bool>> out(rig.frames.size(), std::vector<bool>(rig.views.size(), false));
  if (rig.frames.empty() || rig.views.size() < 2 || rig.views.size() > kMostViews) return out;
  const std::vector<std::size_t> way = cheapest(Assuming{rig}, rig, times);
  for (std::size_t i = 0; i < way.size(); ++i)
    for (std::size_t v = 0; v < rig.views.size(); ++v) out[i][v] = (way[i] >> v & 1U) != 0;
  return out;
}

}  // namespace reprise::engine
