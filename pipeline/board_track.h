// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "engine/cameras/board_lens.h"
#include "pipeline/recording.h"

namespace reprise::pipeline {

/// A board's size as typed, "9x6": inner corners across and down. Errors: invalid_argument (no such text, no
/// size of a board, two even or two odd numbers).
[[nodiscard]] Result<engine::BoardSize> parse_board_size(std::string_view text);

/// Looks for a board in a video, in fifteen pictures a second or less. The camera is named as the video
/// without its ending; corners are in pixels of the full size. Errors: those of the reader; unsupported
/// (landmarks instead of a video); cancelled.
[[nodiscard]] Result<engine::BoardTrack> track_board(const std::filesystem::path& video,
                                                     const engine::BoardSize& size,
                                                     const OnPicture& on_picture = {});

}  // namespace reprise::pipeline
