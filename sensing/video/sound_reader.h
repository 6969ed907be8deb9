// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "base/result.h"
#include "engine/signal/sound_level.h"

namespace reprise::sensing {

/// Reads how loud a video's sound is over time, counted from its first picture as `VideoFrame::time` is; all
/// channels together. The samples are dropped as they are read. Of several sound tracks the one that FFmpeg
/// takes to be the best. What cannot be decoded is left out. Errors: those of `open_video`; nothing_measured
/// (no sound track, none of it can be decoded); unsupported (no decoder, a rate outside 8 to 384 kHz or one
/// that changes, more than an hour).
[[nodiscard]] Result<engine::SoundLevels> read_sound_levels(const std::filesystem::path& video);

}  // namespace reprise::sensing
