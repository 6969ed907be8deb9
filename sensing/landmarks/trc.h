// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/kinematics/markers.h"
#include "sensing/landmarks/landmark_recording.h"

namespace reprise::sensing {

// TRC, the marker text format of Motion Analysis that OpenSim reads: three header lines (names, then values
// of rate, counts and unit), marker names, axis labels, an optional empty line, then frame number, time, and
// x, y, z of each marker. Separated by tabs; files separated by commas or blanks exist and are read.

/// Stands in the first line of a file that no person moved for.
inline constexpr std::string_view kSimulatedMark = "(simulated)";

/// Reads TRC. Units m, cm and mm; empty cells or NaN are a marker that was not seen. Fewer or more rows than
/// NumFrames are a warning with both figures; so is a torn last row, which is left out. Errors: corrupt (no
/// TRC header, NumMarkers differs from the names, a cell is no number or infinite, a point has one or two
/// coordinates, times do not rise; the cause names the line), unsupported (another unit, above a limit),
/// nothing_measured (no rows).
[[nodiscard]] Result<engine::MarkerRecording> parse_trc(std::string_view text);

/// `parse_trc` of a file of at most `max_bytes`. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<engine::MarkerRecording> read_trc(const std::filesystem::path& path,
                                                       std::size_t max_bytes = std::size_t{256} << 20);

struct TrcWriteOptions {
  /// Meters with as many digits as it takes to read back the same numbers, for markers out of other files.
  bool exact = false;
};

/// Writes TRC in millimeters with five decimals (so positions read back within 5 nm), times as exact as it
/// takes. `title` stands in the first line, by custom the file's name; control characters in it are replaced,
/// and "(simulated)" follows where no person moved. Errors: invalid_argument (no markers or above
/// kMaxMarkers, a name that is empty or holds a separator, counts that do not match, a number that is not
/// finite).
[[nodiscard]] Result<std::string> to_trc(const engine::MarkerRecording& markers, std::string_view title,
                                         const TrcWriteOptions& options = {});

/// The 33 landmarks as markers, named as in engine/pose/landmarks.h: camera axes turned by half a turn about
/// x, so that x points to the picture's right, y up and z towards the camera. The origin stays between the
/// hips in every frame. Landmarks that were never measured are left out; TRC has no place for visibility.
/// Error: invalid_argument where the meters were made from pixels (`world_from_image`), because the file
/// could not say so.
[[nodiscard]] Result<engine::MarkerRecording> markers_from_landmarks(const LandmarkRecording& recording);

/// The reverse of `markers_from_landmarks`, for markers named like landmarks; others are left out with a
/// warning. Axes are taken to be those that it writes. Error: unsupported where no marker has such a name.
[[nodiscard]] Result<LandmarkRecording> landmarks_from_markers(const engine::MarkerRecording& markers);

}  // namespace reprise::sensing
