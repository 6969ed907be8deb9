// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reprise::report {

/// The design's values (web/design/tokens.css) with report/sections/style.css, and report/sections/script.js:
/// built in so that the report is one file.
[[nodiscard]] std::string_view style_sheet();
[[nodiscard]] std::string_view script();

}  // namespace reprise::report
