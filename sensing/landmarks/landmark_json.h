// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise::sensing {

// Landmarks as JSON, in two forms.
//
// "reprise.landmarks/1", an object:
//   {
//     "schema": "reprise.landmarks/1",
//     "source": {"picture_px": [1080, 1920], "rate_hz": 30, "world_from_image": false, "simulated": false,
//                "networks": [{"name": "pose_landmarks.tflite", "sha256": "..."}]},
//                                                     every member optional; networks: those that measured
//     "landmark_names": ["nose", ...],       optional; where present, the 33 names in our order
//     "landmarks": [
//       {"time_s": 0, "image_px": [[x, y, z], ... 33], "world_m": [[x, y, z], ... 33], "visibility": [v, ...
//       33]},
//       {"time_s": 0.033}                     the person was not seen
//     ]
//   }
// Units and axes are those of engine/pose/landmarks.h. image_px, world_m and visibility may each be absent or
// null, and so may single points and visibilities. Other members are skipped, so any document with such a
// member "landmarks" can be read (a session document, for instance); its "schema" then has its own value.
//
// Bare arrays of other tools: [frame][33][x, y, z] in pixels (z may be absent), without times. An empty or
// null frame has no person. A second file of the same form may hold meters. If all numbers are small and
// centered between the hips, they are taken as meters.

/// The value of "schema" that is read and written.
inline constexpr std::string_view kLandmarkSchema = "reprise.landmarks/1";

/// Reads either form. `world_text`: the meters beside bare pixel arrays. Errors as for `read_landmarks`.
[[nodiscard]] Result<LandmarkRecording> parse_landmark_json(std::string_view text,
                                                            const LandmarkReadOptions& options = {},
                                                            std::optional<std::string_view> world_text = {});

/// Writes "reprise.landmarks/1"; every number reads back as the same double. Skips unmeasured values: meters
/// made from pixels, a visibility missing from the source, landmarks that were never measured (null).
/// Precondition: all numbers are finite.
[[nodiscard]] std::string to_landmark_json(const LandmarkRecording& recording);

}  // namespace reprise::sensing
