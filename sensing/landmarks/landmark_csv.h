#pragma once

#include <string>
#include <string_view>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise {

// Landmarks as a table. One row for each instant; columns, in any order:
//   time_s                                            required
//   <landmark>_x_m, <landmark>_y_m, <landmark>_z_m    meters, camera axes, origin mid-hips
//   <landmark>_x_px, <landmark>_y_px, <landmark>_z_px picture
//   <landmark>_visibility                             0 to 1
//   simulated                                         1 in a movement that the body model made
// <landmark> is a name of engine/pose/landmarks.h. Any group may be absent for any landmark, but x, y, z come
// together. An empty cell is missing; a point has all its cells or none. A row whose points are all missing
// is an instant at which nobody was seen. Other columns are left out with a warning, unless their names end
// like these (a misspelt landmark is an error).

/// Errors as for `read_landmarks`; the cause names the line and the column.
[[nodiscard]] Result<LandmarkRecording> parse_landmark_csv(std::string_view text);

struct LandmarkCsvOptions {
  bool image = true;  ///< write picture positions where there are any
};

/// Writes such a table; every number reads back as the same double. What was not measured (see
/// `to_landmark_json`) is not written. Precondition: all numbers are finite.
[[nodiscard]] std::string to_landmark_csv(const LandmarkRecording& recording,
                                          const LandmarkCsvOptions& options = {});

}  // namespace reprise
