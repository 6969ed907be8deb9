#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/pose/landmarks.h"

namespace reprise {

// One person's landmarks in few bytes, so that a clinic can look at a movement again that was done at home.
// After deflate a second takes a few kB (docs/browser.md).
//
//   "RPLM", version 1, flags (1: simulated, 2: with picture positions), width, height, frames; then each
//   frame: time since the one before, 1 with somebody or 0, and of whoever is seen the 33 landmarks, each x,
//   y, z in meters, x, y in the picture, visibility.
//
// Numbers are whole: times in 0.1 ms, meters in millimeters, pixels in quarters, visibility in hundredths.
// Landmarks are told as the difference from the last frame with somebody. A number takes a byte for each 7
// bits, low ones first; one that may be negative is doubled, and a negative one made odd (-1 is 1, 1 is 2).

/// Landmarks of one recording as they are packed.
struct PackedLandmarks {
  std::vector<PoseFrame> frames;  ///< times rise; `ImagePoint::z_px` is not kept, and read as 0
  bool simulated = false;
  int width_px = 0;  ///< of the picture; 0: not known
  int height_px = 0;
};

/// Precondition: finite numbers, below 10 km, 250,000 pixels and a day between frames; farther ones are cut.
/// Picture positions are kept where every frame with somebody has them.
[[nodiscard]] std::string pack_landmarks(const PackedLandmarks& recording);

/// Errors: corrupt (no such bytes, or they end too early), unsupported (another version, more than 200,000
/// frames or longer than a day).
[[nodiscard]] Result<PackedLandmarks> unpack_landmarks(std::string_view bytes);

}  // namespace reprise
