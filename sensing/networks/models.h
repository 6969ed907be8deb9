// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// BlazePose's landmark networks, from fast to accurate.
enum class ModelVariant : std::uint8_t { lite, full, heavy };

/// "lite", "full" or "heavy".
[[nodiscard]] std::string_view to_string(ModelVariant variant);
/// Empty where the name is none of the three.
[[nodiscard]] std::optional<ModelVariant> model_variant_from_name(std::string_view name);

/// A network file that we know: what it is called and what its bytes must hash to.
struct PinnedModel {
  std::string_view file_name;
  std::string_view sha256;  ///< 64 lower-case hexadecimal digits
};

/// The npm package that holds the networks (Apache-2.0), and the version that the hashes below belong to.
inline constexpr std::string_view kModelPackage = "@mediapipe/pose";
inline constexpr std::string_view kModelPackageVersion = "0.5.1675469404";

/// Finds people in a picture. The package's "packed assets" are this one TensorFlow Lite file and nothing
/// else.
inline constexpr PinnedModel kDetectorModel = {
    "pose_solution_packed_assets.data", "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"};
/// Finds the landmarks of one person; indexed by ModelVariant.
inline constexpr std::array<PinnedModel, 3> kLandmarkModels = {{
    {"pose_landmark_lite.tflite", "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"},
    {"pose_landmark_full.tflite", "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"},
    {"pose_landmark_heavy.tflite", "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe"},
}};

/// A network file in memory, whose bytes were checked against its hash.
struct ModelFile {
  std::string name;
  std::string sha256;
  std::vector<std::uint8_t> bytes;
};

/// The two networks that a pose needs; names and hashes go into the session document.
struct PoseModels {
  ModelVariant variant = ModelVariant::full;
  ModelFile detector;
  ModelFile landmarks;
};

/// Reads one file from `folder` and checks it. Errors: not_found, unreadable, corrupt (another hash).
[[nodiscard]] Result<ModelFile> load_model(const std::filesystem::path& folder, const PinnedModel& model);

/// Reads the detector and the variant's landmark network from `folder`, which holds the npm package's files.
/// Errors: as load_model; each names the file and how to install it again.
[[nodiscard]] Result<PoseModels> load_models(const std::filesystem::path& folder, ModelVariant variant);

/// The folder with the networks: `wanted` where given (nothing else is tried then), else the environment
/// variable REPRISE_MODELS, else node_modules beside the executable, one of the folders above it, or the
/// source this was built from, else the installed share/reprise/models. Error not_found: lists where it
/// looked.
[[nodiscard]] Result<std::filesystem::path> find_model_folder(
    const std::optional<std::filesystem::path>& wanted = std::nullopt);

}  // namespace reprise::sensing
