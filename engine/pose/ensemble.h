// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/pose/networks.h"

namespace reprise::engine {

/// Several landmark networks looking at the same crop, each also at its mirror image and, shifted by a few
/// pixels, at its neighborhood; one answer comes out. For recordings: it costs as many network runs as there
/// are looks.
///
/// How far each network is believed is measured on the spot: a network that answers differently when the
/// picture is mirrored or shifted, which changes nothing about the person, counts less, landmark by landmark
/// (weights are inverse variances of its own looks, never finer than `kFinestPx`). Mirroring also cancels
/// what a network does differently to left and right.
class EnsembleNetworks final : public PoseNetworks {
 public:
  /// `members` must outlive this and hold at least one; the first one also finds people.
  explicit EnsembleNetworks(std::vector<PoseNetworks*> members) : members_(std::move(members)) {}

  [[nodiscard]] Result<void> detect(std::span<const float> input, DetectorOutput& output) override {
    return members_.front()->detect(input, output);
  }
  /// Errors: those of the members; corrupt where a tensor has the wrong size.
  [[nodiscard]] Result<void> find_landmarks(std::span<const float> input, LandmarkOutput& output) override;

 private:
  [[nodiscard]] Result<void> look(PoseNetworks& network, std::span<const float> input);

  std::vector<PoseNetworks*> members_;
  std::vector<LandmarkOutput> looks_;  ///< of one network, all in the crop as given
  std::vector<float> seen_;            ///< the crop, mirrored or shifted
};

/// The deviation below which agreement of a network with itself says nothing more, crop pixels. Unsourced
/// default.
inline constexpr double kFinestPx = 0.5;

}  // namespace reprise::engine
