// SPDX-License-Identifier: Apache-2.0
// Chance, and the errors of a network, for simulated people.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include <Eigen/Geometry>

#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise::revalidation {

class Random {
 public:
  explicit Random(std::uint64_t seed) : bits_(seed) {}
  double between(double from, double to) {
    return from + (to - from) * static_cast<double>(bits_() >> 11) * 0x1.0p-53;
  }
  bool coin() { return between(0, 1) < 0.5; }

 private:
  std::mt19937_64 bits_;
};

/// Depth compressed, and the whole body leaning.
inline void err_as_a_network(std::vector<engine::PoseFrame>& frames, Random& random) {
  const double depth = random.between(0.55, 1.05);
  const double lean = Radians{Degrees{random.between(-12, 12)}}.value();
  const Eigen::Matrix3d turn = Eigen::AngleAxisd(lean, Eigen::Vector3d::UnitX()).toRotationMatrix();
  for (engine::PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    for (auto& point : frame.pose->world_m) {
      point.v.z() *= depth;
      point.v = turn * point.v;
    }
  }
}

}  // namespace reprise::revalidation
