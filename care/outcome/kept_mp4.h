// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::care {

/// Returns why the record does not keep this MP4 (ISO/IEC 14496-12, whole or fragmented); nullopt: it does.
/// See kept_film.h.
[[nodiscard]] std::optional<std::string> problem_of_mp4(std::string_view bytes);

}  // namespace reprise::care
