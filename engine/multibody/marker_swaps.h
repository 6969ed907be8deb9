// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"

namespace reprise::engine {

/// Two markers that seem to have each other's name.
struct MarkerSwap {
  std::size_t first = 0;
  std::size_t second = 0;
  double named_m = 0;      ///< their mean distance from the model as they are named
  double exchanged_m = 0;  ///< and with the names exchanged
};

/// Two markers that change places from one frame to the next.
struct MarkerExchange {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// Finds markers with exchanged names: seen nearer to where the fitted model has the other one.
class MarkerSwaps {
 public:
  explicit MarkerSwaps(std::size_t markers)
      : count_(markers), sums_(markers * markers), frames_(sums_.size()), places_(markers) {}

  /// One frame: positions seen and fitted, in the same order.
  void add(std::span<const std::optional<Eigen::Vector3d>> observed, std::span<const Eigen::Vector3d> fitted);

  /// Pairs that have each other's place in a frame, judged by their places before: at least `far_m` from
  /// their own (mean of both), less than half as far from the other's. They are followed while they stay
  /// exchanged; a marker that was not seen for 0.1 s (unsourced default) begins anew.
  [[nodiscard]] std::vector<MarkerExchange> exchanged(
      Seconds time, std::span<const std::optional<Eigen::Vector3d>> observed, double far_m);

  /// Pairs that are at least `far_m` off as named, and less than half as far exchanged; worst first.
  [[nodiscard]] std::vector<MarkerSwap> likely(double far_m) const;

 private:
  std::size_t count_;
  std::vector<double> sums_;  ///< [seen * count + fitted]
  std::vector<std::size_t> frames_;
  struct Place {
    Eigen::Vector3d position_m = Eigen::Vector3d::Zero();
    Seconds time{-1e9};
  };
  std::vector<Place> places_;  ///< where each marker was last, its exchanges undone
};

}  // namespace reprise::engine
