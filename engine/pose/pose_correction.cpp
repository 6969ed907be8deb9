// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/pose_correction.h"

#include <algorithm>

namespace reprise::engine {
namespace {

// Chosen on rendered people and on clips of people (docs/accuracy.md).
constexpr double kAlikeMeters = 0.015;  // postures that differ by so much are as good as the same
constexpr Seconds kNearInTime{3};       // and so are looks so long before or after
constexpr Seconds kOutOfReach{20};      // looks farther off say nothing
constexpr double kLeastPortion = 1e-4;  // of the correction, that is worth adding

/// Mean square of the distances between landmarks, m².
double mean_square_m2(const Pose& a, const Pose& b) {
  double sum = 0;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) sum += (a.world_m[l].v - b.world_m[l].v).squaredNorm();
  return sum / static_cast<double>(kLandmarkCount);
}

/// Adds a portion of `difference`, landmark by landmark.
void add_portion(double portion, const Pose& difference, Pose& pose) {
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    pose.world_m[l].v += portion * difference.world_m[l].v;
    pose.visibility[l] += portion * difference.visibility[l];
    if (!pose.image || !difference.image) continue;
    ImagePoint& at = (*pose.image)[l];
    const ImagePoint& by = (*difference.image)[l];
    at = {at.x_px + portion * by.x_px, at.y_px + portion * by.y_px, at.z_px + portion * by.z_px};
  }
}

}  // namespace

void PoseCorrection::add(Seconds time, const Pose& fast, const Pose& accurate) {
  Pose difference = accurate;
  add_portion(-1, fast, difference);
  looks_.push_back({time, fast, difference});
}

void PoseCorrection::apply(std::span<PoseFrame> frames) const {
  std::vector<double> weights(looks_.size());
  std::size_t first = 0;
  for (PoseFrame& frame : frames) {
    while (first < looks_.size() && frame.time - looks_[first].time > kOutOfReach) ++first;
    if (!frame.pose) continue;
    std::size_t end = first;
    double sum = 0;
    for (; end < looks_.size() && looks_[end].time - frame.time <= kOutOfReach; ++end) {
      const double late = (looks_[end].time - frame.time) / kNearInTime;
      const double other = mean_square_m2(*frame.pose, looks_[end].fast) / (kAlikeMeters * kAlikeMeters);
      const double apart = 1 + other + late * late;
      weights[end] = 1 / (apart * apart);
      sum += weights[end];
    }
    Pose corrected = *frame.pose;
    for (std::size_t k = first; k < end; ++k) {
      const double portion = weights[k] / sum;
      if (portion > kLeastPortion) add_portion(portion, looks_[k].difference, corrected);
    }
    for (double& visibility : corrected.visibility) visibility = std::clamp(visibility, 0.0, 1.0);
    frame.pose = corrected;
  }
}

}  // namespace reprise::engine
