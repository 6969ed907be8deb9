#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"

namespace reprise {

enum class LandmarkFormat {
  json_points,     ///< bare arrays [frame][33][x, y, z]
  json_landmarks,  ///< our own object (landmark_json.h)
  csv,             ///< landmark_csv.h
  trc,             ///< marker text of motion capture (trc.h)
  npy,             ///< an array as NumPy saves it (npy.h)
};

struct PictureSize {
  int width_px = 0;
  int height_px = 0;
};

/// What is known about where landmarks came from, and what the reader had to decide.
struct LandmarkSource {
  LandmarkFormat format = LandmarkFormat::json_landmarks;
  bool simulated = false;  ///< the body model made it: every format carries this from file to file
  bool has_image = false;  ///< picture positions were measured
  bool has_world = false;  ///< meters were measured
  /// Meters were not in the file: `world_m` is the picture's x, y, z, centered between the hips and
  /// multiplied by one scale for the whole recording, so that trunk, thigh and shank have the length of
  /// `kAssumedTrunkThighShankM` together. Angles may be read from it (as far as a single view allows);
  /// lengths and speeds in meters must not.
  bool world_from_image = false;
  bool has_visibility =
      false;  ///< else `visibility` is 1 where there was a position and 0 where there was none
  std::optional<PictureSize> picture;
  std::optional<Hertz> rate;  ///< as declared, else the median of the times' steps; empty for one frame
  PerLandmark<bool> never_measured;   ///< landmarks without a single position: at the mid-hips, visibility 0
  std::vector<std::string> warnings;  ///< plain sentences for the report
};

/// What the sum of trunk (mid-shoulders to mid-hips), thigh and shank is taken to measure where a file holds
/// only pixels. Unsourced default: what BlazePose itself gives an adult in its world output (median of one
/// recording).
inline constexpr double kAssumedTrunkThighShankM = 1.25;

/// One person's landmarks over time. Times rise strictly; every number is finite. A landmark that is missing
/// in a frame where others are present has visibility 0 and a position interpolated in time from its
/// neighbors (held at the ends), because a Pose always has 33 points; `source.warnings` tells how many there
/// are.
struct LandmarkRecording {
  std::vector<PoseFrame> frames;
  LandmarkSource source;
};

/// Whether landmark `i` of a frame's pose holds something that the source measured, and a writer therefore
/// writes.
[[nodiscard]] bool was_measured(const Pose& pose, std::size_t i, const LandmarkSource& source);

struct LandmarkReadOptions {
  std::optional<Hertz> rate = {};  ///< needed for json_points and npy, which have no times; ignored elsewhere
  std::filesystem::path world_file =
      {};  ///< json_points only: meters beside the pixels; empty: `world_file_beside`
  std::optional<PictureSize> picture = {};  ///< where the file does not say it
  std::size_t max_bytes = std::size_t{256} << 20;
};

/// Limits that keep a damaged or hostile file from filling memory.
inline constexpr std::size_t kMaxLandmarkFrames = 200'000;  ///< 1 h 51 min at 30 Hz, about 0.4 GB
inline constexpr double kMaxRecordingS = 86'400;            ///< longer means times in another unit
inline constexpr double kMaxWorldM = 1e4;
inline constexpr double kMaxImagePx = 1e6;

/// Reads landmarks from a .json, .csv, .trc or .npy file (by its ending, in any case).
/// Errors: those of `read_file`; unsupported (another ending, above a limit); corrupt (numbers that are not
/// finite, another count than 33, times that do not rise; the cause names the place); invalid_argument (a
/// rate is needed); nothing_measured (no frame holds a landmark).
[[nodiscard]] Result<LandmarkRecording> read_landmarks(const std::filesystem::path& path,
                                                       const LandmarkReadOptions& options = {});

/// The file of world positions that belongs to a file of bare pixel arrays by its name, where it exists:
/// "squats.full.json" has "squats_3d.full.json". Empty otherwise.
[[nodiscard]] std::filesystem::path world_file_beside(const std::filesystem::path& path);

}  // namespace reprise
