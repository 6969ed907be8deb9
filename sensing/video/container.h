// SPDX-License-Identifier: Apache-2.0
#pragma once

// Opens the files that videos and their sound come in. Not for other folders.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "sensing/video/libav.h"

namespace reprise::sensing::libav {

/// A file and what FFmpeg found in it. `format` reads from `input`, so it ends first.
struct Container {
  std::unique_ptr<FileInput> input;
  FormatPointer format;
};

/// Opens a file by its content and looks for its streams; nothing else is opened, whatever it refers to.
/// Decoders that look for missing facts refuse more than `most_pixels`. Errors: those of `FileInput::open`;
/// unsupported (no video or photo, HEIC); unreadable (cut off before its index, cannot be opened).
[[nodiscard]] Result<Container> open_container(const std::filesystem::path& path, const LogSink& log,
                                               std::int64_t most_pixels);

/// A cause with the decoder's last message, if there is one.
[[nodiscard]] std::string with_message(std::string cause, const LogSink& log);

}  // namespace reprise::sensing::libav
