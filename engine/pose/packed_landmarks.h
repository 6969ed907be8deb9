// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/pose/landmarks.h"

namespace reprise::engine {

// A compact format for one person's landmarks, so that a clinic can review a movement recorded at home. After
// deflate a second takes a few kB (docs/guide/browser.md).
//
//   "RPLM", version 1, flags (1: simulated, 2: with picture positions), width, height, number of frames. Each
//   frame: time since the previous one; 1 with a person, else 0. With a person the 33 landmarks follow, each
//   x, y, z in meters, x, y in the picture, visibility.
//
// Numbers are integers: times in 0.1 ms, meters in millimeters, pixels in quarters, visibility in hundredths.
// Landmarks are differences from the last frame with a person. A number takes a byte for each 7 bits, low
// ones first. A signed number is zigzag-coded (0, -1, 1 become 0, 1, 2).

/// The landmarks of one recording, unpacked.
struct PackedLandmarks {
  std::vector<PoseFrame> frames;  ///< times rise; `ImagePoint::z_px` is not packed, and read as 0
  bool simulated = false;
  int width_px = 0;  ///< of the picture; 0: unknown
  int height_px = 0;
};

/// Packs a recording. Precondition: finite numbers, below 10 km, 250,000 pixels and a day between frames;
/// larger ones are clamped. Picture positions are packed if every frame with a person has them.
[[nodiscard]] std::string pack_landmarks(const PackedLandmarks& recording);

/// Unpacks a recording. Errors: corrupt (not such bytes, or incomplete), unsupported (another version, over
/// 200,000 frames, or longer than a day).
[[nodiscard]] Result<PackedLandmarks> unpack_landmarks(std::string_view bytes);

}  // namespace reprise::engine
