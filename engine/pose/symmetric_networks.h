// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "engine/pose/networks.h"

namespace reprise::engine {

/// The heavy network without what it does differently to left and right. In the meters of every picture it
/// sees people twisted: the left shoulder 6 cm lower and 6 cm nearer to the camera than the right one, the
/// left hip 5 cm farther away, the left knee 8 cm lower. Of the mirror image it says the same, so it is the
/// network's and no person's; its pixels are even. The lite and the full network do not do so
/// (docs/accuracy.md).
class SymmetricNetworks final : public PoseNetworks {
 public:
  /// `heavy`: the networks of the heavy variant.
  explicit SymmetricNetworks(std::unique_ptr<PoseNetworks> heavy) : heavy_(std::move(heavy)) {}

  [[nodiscard]] Result<void> detect(std::span<const float> input, DetectorOutput& output) override {
    return heavy_->detect(input, output);
  }
  [[nodiscard]] Result<void> find_landmarks(std::span<const float> input, LandmarkOutput& output) override;

 private:
  std::unique_ptr<PoseNetworks> heavy_;
};

}  // namespace reprise::engine
