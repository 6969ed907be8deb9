// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reprise {

/// Returns the text as XML and HTML hold it, in content and in attributes of double quotes. The text is UTF-8
/// without control characters.
[[nodiscard]] std::string markup_escaped(std::string_view text);

}  // namespace reprise
