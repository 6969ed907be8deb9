// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise::sensing {

/// 33 points without a word on their unit; empty: not seen.
using BarePoints = engine::PerLandmark<std::optional<Eigen::Vector3d>>;

/// Landmarks out of bare frames (JSON, .npy), which have no times. Without `world_m` they are taken for
/// meters where they are small and centered between the hips, else for pixels. `world_m`: as many frames, in
/// meters. Errors: invalid_argument (no frame rate), unsupported (shares of the picture's size instead of
/// pixels), and those of LandmarkBuilder.
[[nodiscard]] Result<LandmarkRecording> landmarks_from_bare(
    LandmarkFormat format, const std::vector<std::optional<BarePoints>>& frames,
    const LandmarkReadOptions& options, const std::vector<std::optional<BarePoints>>* world_m = nullptr);

/// Error: invalid_argument where no frame rate was given.
[[nodiscard]] Result<void> check_bare_rate(const LandmarkReadOptions& options);

}  // namespace reprise::sensing
