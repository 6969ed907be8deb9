#pragma once

#include <string_view>

namespace reprise {

/// report/style.css and report/script.js, built in so that the report is one file.
[[nodiscard]] std::string_view style_sheet();
[[nodiscard]] std::string_view script();

}  // namespace reprise
