// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/cameras/sound_lag.h"
#include "sensing/video/sound_reader.h"

// Any bytes as a video: an error, or levels that are no less than silence, in an hour at most, and against
// which a lag can be looked for. The pictures' container is opened on the way, too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int file = memfd_create("sound", 0);
  if (file < 0 || write(file, data, size) != static_cast<ssize_t>(size)) std::abort();
  const auto levels = reprise::sensing::read_sound_levels("/proc/self/fd/" + std::to_string(file));
  close(file);
  if (!levels) {
    if (levels.error().cause.empty() || levels.error().remedy.empty()) std::abort();
    return 0;
  }
  if (!std::isfinite(levels->from.value())) std::abort();
  constexpr double kMost = reprise::engine::kLongestSound.value() * reprise::engine::kSoundLevelHz;
  if (static_cast<double>(levels->power.size()) > kMost) std::abort();
  for (const float power : levels->power)
    if (std::isinf(power) || power < 0) std::abort();
  constexpr std::size_t kFewEnough = 5000;  // a transform of an hour takes longer than all the rest
  if (levels->power.size() > kFewEnough) return 0;
  const auto lag = reprise::engine::lag_by_sound(*levels, *levels);
  if (lag && !std::isfinite(lag->lag.value())) std::abort();
  return 0;
}
