// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/video_reader.h"

namespace reprise::sensing {

std::vector<std::string> VideoFindings::warnings() const {
  std::vector<std::string> result;
  const auto count = [](std::int64_t n, const char* one, const char* several) {
    return std::to_string(n) + " " + (n == 1 ? one : several);
  };
  if (ends_early)
    result.emplace_back("The video ends earlier than it says: it was cut off, and its end is missing.");
  if (damaged_packets > 0) {
    result.push_back(count(damaged_packets, "picture", "pictures") +
                     " could not be decoded and were left out.");
  }
  if (damaged_frames > 0) result.push_back(count(damaged_frames, "picture", "pictures") + " show damage.");
  if (!decoder_message.empty() && !result.empty())
    result.back() += " The decoder says: " + decoder_message + ".";
  if (repaired_times > 0) {
    result.push_back(count(repaired_times, "timestamp", "timestamps") +
                     " were missing, repeated or jumped, and were replaced; times near them are uncertain.");
  }
  if (interlaced_frames > 0) {
    result.push_back(count(interlaced_frames, "picture", "pictures") +
                     " are interlaced: fast movement is blurred in them.");
  }
  if (high_dynamic_range)
    result.emplace_back("The video has a high dynamic range; its colors are shown flat.");
  if (unclear_rotation) {
    result.emplace_back("The rotation in the file is no quarter turn; the picture may not be upright.");
  }
  return result;
}

}  // namespace reprise::sensing
