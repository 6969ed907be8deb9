#include "server/sign_in/qr_code.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace reprise::server {

std::string qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code{
      ::QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), ::QRcode_free};
  if (!code) return {};
  constexpr int kQuiet = 4;  // modules around the code, as the standard wants
  const int size = code->width + 2 * kQuiet;
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><rect width="{0}" height="{0}" fill="#fff"/><path d=")",
      size);
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      const bool dark = (code->data[y * code->width + x] & 1U) != 0;
      if (dark) svg += fmt::format("M{} {}h1v1h-1z", x + kQuiet, y + kQuiet);
    }
  }
  return svg + "\"/></svg>";
}

}  // namespace reprise::server
