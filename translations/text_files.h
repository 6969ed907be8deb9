// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace reprise::translations {

struct TextFile {
  std::string_view language;
  std::string_view name;
  std::string_view json;
};

/// The files built in (translations/CMakeLists.txt).
[[nodiscard]] std::span<const TextFile> text_files();

}  // namespace reprise::translations
