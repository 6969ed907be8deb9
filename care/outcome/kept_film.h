// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace reprise::care {

enum class FilmContainer { mp4, webm };

/// Returns the media type of its files: "video/mp4", "video/webm".
[[nodiscard]] std::string_view media_type_of(FilmContainer container);

/// Checks that `bytes` are a film that the record may keep, and returns its container: MP4 (ISO/IEC 14496-12)
/// or WebM, at most `most_bytes`, whole, at least one track of pictures and no track but pictures and sound,
/// and no part but those that play them. User data, XMP, tags and timed metadata can say where a film was
/// taken. Does not decode. Errors: invalid_argument.
[[nodiscard]] Result<FilmContainer> check_kept_film(std::string_view bytes, std::size_t most_bytes);

}  // namespace reprise::care
