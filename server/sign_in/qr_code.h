#pragma once

#include <string>

namespace reprise::server {

/// A QR code as SVG; empty where the text is too long for one.
[[nodiscard]] std::string qr_code(const std::string& text);

}  // namespace reprise::server
