#pragma once

#include <string>
#include <vector>

namespace reprise::server {

/// A QR code as SVG; empty where the text is too long for one.
[[nodiscard]] std::string qr_code(const std::string& text);

/// The same as lines of a terminal (ANSI); none where the text is too long.
[[nodiscard]] std::vector<std::string> qr_code_for_terminal(const std::string& text);

}  // namespace reprise::server
