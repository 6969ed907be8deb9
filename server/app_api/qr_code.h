// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reprise::server {

/// Returns a QR code as SVG; empty if the text is too long.
[[nodiscard]] std::string qr_code(const std::string& text);

/// Returns a QR code as lines of a terminal (ANSI); empty if the text is too long.
[[nodiscard]] std::vector<std::string> qr_code_for_terminal(const std::string& text);

}  // namespace reprise::server
