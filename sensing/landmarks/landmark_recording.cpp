// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_recording.h"

#include <system_error>

#include "base/text.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/landmarks/landmark_csv.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/landmarks/npy.h"
#include "sensing/landmarks/trc.h"

namespace reprise::sensing {
namespace {

constexpr std::string_view kReadingLandmarks = "reading landmarks";

Result<LandmarkRecording> read_json(const std::filesystem::path& path, const std::string& text,
                                    const LandmarkReadOptions& options) {
  const bool chosen = !options.world_file.empty();
  const std::filesystem::path world_path = chosen ? options.world_file : world_file_beside(path);
  if (world_path.empty()) return parse_landmark_json(text, options);
  auto world = read_file(world_path, options.max_bytes, kReadingLandmarks);
  if (!world) return tl::unexpected(world.error());
  auto recording = parse_landmark_json(text, options, *world);
  if (recording && recording->source.format == LandmarkFormat::json_points && !chosen) {
    recording->source.warnings.push_back("Meters were read from the file beside it, '" +
                                         world_path.filename().string() + "'.");
  }
  return recording;
}

}  // namespace

bool was_measured(const engine::Pose& pose, std::size_t i, const LandmarkSource& source) {
  if (source.never_measured[i]) return false;
  return source.has_visibility || pose.visibility[i] > 0;  // without visibilities, 0 marks a filled gap
}

std::filesystem::path world_file_beside(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos || dot == 0) return {};
  name.insert(dot, "_3d");
  std::filesystem::path beside = path.parent_path() / name;
  std::error_code error;
  return std::filesystem::is_regular_file(beside, error) ? beside : std::filesystem::path{};
}

Result<LandmarkRecording> read_landmarks(const std::filesystem::path& path,
                                         const LandmarkReadOptions& options) {
  const std::string ending = lower_case(path.extension().string());
  const bool known = ending == ".json" || ending == ".csv" || ending == ".trc" || ending == ".npy";
  auto text = read_file(path, options.max_bytes, kReadingLandmarks);
  if (!text) return tl::unexpected(text.error());
  if (!known) {
    return fail(ErrorCode::unsupported, std::string{kReadingLandmarks},
                "the ending '" + shown(ending) + "' is none of .json, .csv, .trc and .npy",
                "give the file the ending of its format");
  }
  if (ending == ".json") return read_json(path, *text, options);
  if (ending == ".npy") {
    return parse_npy(*text).and_then(
        [&](const NpyArray& array) { return landmarks_from_npy(array, options); });
  }
  auto recording = ending == ".csv" ? parse_landmark_csv(*text) : [&]() -> Result<LandmarkRecording> {
    auto markers = parse_trc(*text);
    if (!markers) return tl::unexpected(markers.error());
    return landmarks_from_markers(*markers);
  }();
  if (recording && !recording->source.picture) recording->source.picture = options.picture;
  return recording;
}

}  // namespace reprise::sensing
