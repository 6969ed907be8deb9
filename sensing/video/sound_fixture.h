// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: adds synthetic sound to a video, encoded by FFmpeg's own encoders. No microphone took it.

#include <filesystem>
#include <string>
#include <vector>

namespace reprise::sensing {

struct FixtureSound {
  std::vector<float> samples = {};  ///< one channel, -1 to 1, from time 0
  int rate_hz = 48000;
  std::string encoder = "aac";  ///< FFmpeg's name
};

/// Writes a copy of a video with the sound as its second stream; the pictures are not encoded again, and the
/// container follows from the ending. Throws std::runtime_error where FFmpeg fails.
void add_sound(const std::filesystem::path& video, const std::filesystem::path& out,
               const FixtureSound& sound);

}  // namespace reprise::sensing
