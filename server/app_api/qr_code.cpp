// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace reprise::server {
namespace {

constexpr int kQuiet = 4;  // modules around the code, as the standard wants

using Code = std::unique_ptr<QRcode, void (*)(QRcode*)>;

Code encoded(const std::string& text) {
  return {::QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), ::QRcode_free};
}

bool is_dark(const QRcode& code, int x, int y) {
  const bool inside = x >= 0 && y >= 0 && x < code.width && y < code.width;
  return inside && (code.data[y * code.width + x] & 1U) != 0;
}

}  // namespace

std::vector<std::string> qr_code_for_terminal(const std::string& text) {
  const Code code = encoded(text);
  std::vector<std::string> lines;
  if (!code) return lines;
  // Two modules a character, black on white whatever colors the terminal has.
  for (int y = -kQuiet; y < code->width + kQuiet; y += 2) {
    std::string line = "\x1b[30;107m";
    for (int x = -kQuiet; x < code->width + kQuiet; ++x) {
      const bool upper = is_dark(*code, x, y);
      const bool lower = is_dark(*code, x, y + 1);
      line += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    lines.push_back(line + "\x1b[0m");
  }
  return lines;
}

std::string qr_code(const std::string& text) {
  const Code code = encoded(text);
  if (!code) return {};
  const int size = code->width + 2 * kQuiet;
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><rect width="{0}" height="{0}" fill="#fff"/><path d=")",
      size);
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      if (is_dark(*code, x, y)) svg += fmt::format("M{} {}h1v1h-1z", x + kQuiet, y + kQuiet);
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace reprise::server
