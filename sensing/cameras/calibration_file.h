// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/cameras/camera_model.h"

namespace reprise::sensing {

// The calibration of several cameras as TOML: one table a camera with size, matrix, distortions, rotation
// (Rodrigues' vector, radians), translation (meters) and fisheye, as Pose2Sim and Sports2D write it. Rotation
// and translation take a point of the room (z up) to the camera (docs/reference/cameras.md).

inline constexpr std::size_t kMaxCameras = 16;

/// Reads the cameras in the file's order; tables without any of these keys ("metadata") are passed over.
/// `name` stands in errors: corrupt (no TOML, a key is missing or no such value; the cause names camera, key
/// and line), unsupported (skewed pixels, other distortions than five numbers, more than `kMaxCameras`),
/// nothing_measured (no camera).
[[nodiscard]] Result<std::vector<engine::CameraModel>> parse_calibration(std::string_view toml,
                                                                         const std::string& name);

/// `parse_calibration` of a file of at most 1 MB. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<std::vector<engine::CameraModel>> read_calibration(const std::filesystem::path& path);

/// Writes the same, with as many digits as it takes to read back the same camera within rounding.
[[nodiscard]] std::string to_calibration(std::span<const engine::CameraModel> cameras);

}  // namespace reprise::sensing
