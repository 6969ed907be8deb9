// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/kinematics/markers.h"
#include "sensing/motion_capture/c3d_force_plates.h"

namespace reprise::sensing {

// C3D, the binary format of motion capture (c3d.org, user guide): a header block, a parameter section, then
// frames of 3-D points and the analog samples that belong to them, as 16-bit integers or floats. Numbers are
// in the byte order of one of three processors, which the parameter section names: Intel, DEC (VAX floats,
// sign and magnitude) or MIPS (big-endian).

/// Signals that were sampled along with the markers (force plates, EMG), in the units that the file names.
struct AnalogRecording {
  std::vector<std::string> names;
  std::vector<std::string> units;  ///< one per channel; may be empty texts
  std::optional<Hertz> rate;
  /// [sample * names.size() + channel], offset and scale applied; empty: no number in the file
  std::vector<std::optional<double>> values;

  [[nodiscard]] std::size_t samples() const { return names.empty() ? 0 : values.size() / names.size(); }
};

struct C3dRecording {
  engine::MarkerRecording
      markers;  ///< meters; times from 0; with what the reader had to decide among the warnings
  AnalogRecording analog;
  std::vector<C3dForcePlate> plates;  ///< whose signals are among the analog ones
};

/// Whether bytes from a file's beginning are those of a C3D file.
[[nodiscard]] bool looks_like_c3d(std::string_view bytes);

inline constexpr std::size_t kMaxAnalogValues = 50'000'000;  ///< samples times channels, 0.8 GB

/// Reads C3D. A point with a negative residual, or that is no number, was not seen. Units mm, cm and m.
/// Where header and parameters disagree, the parameters win with a warning, unless what they say is
/// impossible. Labels go on in LABELS2, LABELS3, ...; more than 65,535 frames are counted by
/// TRIAL:ACTUAL_START_FIELD and ACTUAL_END_FIELD or POINT:LONG_FRAMES. A file that ends early gives the whole
/// frames that it has, with a warning. Errors: corrupt (no C3D file, an unknown processor, no frame rate, no
/// place for the data, points farther than 10 km), unsupported (another unit, above a limit),
/// nothing_measured (neither points nor analog channels, or no frames).
[[nodiscard]] Result<C3dRecording> parse_c3d(std::string_view bytes);

/// `parse_c3d` of a file of at most `max_bytes`. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<C3dRecording> read_c3d(const std::filesystem::path& path,
                                            std::size_t max_bytes = std::size_t{1} << 30);

}  // namespace reprise::sensing
