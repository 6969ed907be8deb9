// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/units.h"
#include "engine/balance/cop_path.h"

// For tests: the load under the feet of a simulated walk. Nothing here is a person's.
namespace reprise::engine::test {

struct SimulatedLoadFoot {
  std::vector<std::optional<double>> force_n;
  std::vector<std::optional<CopPoint>> cop;
};

/// Two peaks of `peak_share` body weight a stance, from heel to toe; the right foot lands first, at
/// `start_s`, and each foot once a stride.
struct SimulatedLoad {
  Hertz rate{100};
  double body_weight_n = 700;
  double stride_s = 1.2;
  double stance_share = 0.62;     ///< of the stride
  double left_after_share = 0.5;  ///< of the stride, from the right foot's landing to the left's
  double start_s = 1;
  int strides = 8;  ///< of each foot
  double left_peak_share = 1.1, right_peak_share = 1.1;
  double foot_m = 0.2;  ///< way of the center of pressure

  [[nodiscard]] double landing_s(int stride, bool left) const {
    return start_s + stride_s * (stride + (left ? left_after_share : 0.0));
  }
  [[nodiscard]] double stance_s() const { return stance_share * stride_s; }
  [[nodiscard]] double end_s() const { return landing_s(strides, true) + 1; }

  [[nodiscard]] SimulatedLoadFoot foot(bool left) const {
    SimulatedLoadFoot out;
    const double peak_n = (left ? left_peak_share : right_peak_share) * body_weight_n;
    for (int i = 0; i < end_s() * rate.value(); ++i) {
      const double t = i / rate.value();
      double force_n = 0;
      std::optional<CopPoint> cop;
      for (int k = 0; k < strides; ++k) {
        const double s = (t - landing_s(k, left)) / stance_s();
        if (s < 0 || s >= 1) continue;
        // Up within the first fifth, a dip to 7/10 in the middle, down within the last fifth.
        const double dip = 1 - 0.3 * std::pow(std::cos(kPi * (std::clamp(s, 0.2, 0.8) - 0.5) / 0.6), 2);
        force_n = peak_n * dip * std::min({1.0, s / 0.2, (1 - s) / 0.2});
        cop = CopPoint{foot_m * (s - 0.5), 0.01 * std::sin(kPi * s) * (left ? -1 : 1)};
      }
      out.force_n.emplace_back(force_n);
      out.cop.push_back(force_n >= kUnloadedN ? cop : std::nullopt);
    }
    return out;
  }
};

}  // namespace reprise::engine::test
