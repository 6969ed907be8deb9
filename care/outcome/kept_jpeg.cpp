// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_jpeg.h"

#include <cstdint>
#include <string>

namespace reprise::care {
namespace {

constexpr std::size_t kMostBytes = 2U << 20U;

// Markers of ITU-T T.81, table B.1, after a byte 0xff.
constexpr std::uint8_t kScan = 0xda;
constexpr std::uint8_t kEnd = 0xd9;
constexpr std::uint8_t kFirstRestart = 0xd0;
constexpr std::uint8_t kLastRestart = 0xd7;
constexpr std::uint8_t kFirstApp = 0xe0;
constexpr std::uint8_t kAdobe = 0xee;  // how its colors are coded
constexpr std::uint8_t kLastApp = 0xef;
constexpr std::uint8_t kComment = 0xfe;
/// With its length, a JFIF segment without a thumbnail.
constexpr std::size_t kPlainJfif = 16;

tl::unexpected<Error> wrong_jpeg(std::string cause) {
  return fail(ErrorCode::invalid_argument, "keeping a picture", std::move(cause),
              "encode it anew as a JPEG of at most 2 MiB, without metadata");
}

bool is_metadata(std::uint8_t marker, std::size_t length) {
  if (marker == kFirstApp) return length != kPlainJfif;
  return marker == kComment || (marker > kFirstApp && marker <= kLastApp && marker != kAdobe);
}

/// Returns where the marker after a scan's data begins, which are from `at` on; the size if there is none.
std::size_t end_of_scan(std::string_view bytes, std::size_t at) {
  for (at = bytes.find('\xff', at); at < bytes.size(); at = bytes.find('\xff', at)) {
    if (at + 1 == bytes.size()) break;
    const auto next = static_cast<std::uint8_t>(bytes[at + 1]);
    const bool is_data = next == 0 || (next >= kFirstRestart && next <= kLastRestart);
    if (!is_data && next != 0xff) return at;
    at += is_data ? 2 : 1;
  }
  return bytes.size();
}

}  // namespace

Result<void> check_kept_jpeg(std::string_view bytes) {
  if (bytes.size() > kMostBytes)
    return wrong_jpeg("it has " + std::to_string(bytes.size()) + " bytes, more than 2 MiB");
  if (bytes.substr(0, 2) != "\xff\xd8") return wrong_jpeg("it is no JPEG");
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  bool is_drawn = false;
  for (std::size_t at = 2; at + 2 <= bytes.size();) {
    if (byte(at) != 0xff) return wrong_jpeg("it is no JPEG: a segment begins without its marker");
    const std::uint8_t marker = byte(at + 1);
    if (marker == kEnd && is_drawn) {
      // Phones append videos and further pictures, with metadata of their own.
      return at + 2 == bytes.size() ? Result<void>{}
                                    : wrong_jpeg("it has metadata or others after its picture");
    }
    if (at + 4 > bytes.size()) break;
    const std::size_t length = 256U * byte(at + 2) + byte(at + 3);
    if (length < 2) return wrong_jpeg("it is no JPEG: a segment is shorter than its length");
    if (is_metadata(marker, length))
      return wrong_jpeg("it has metadata as Exif, which may say where it was taken");
    at += 2 + length;
    if (marker == kScan) {
      is_drawn = true;
      at = end_of_scan(bytes, at);
    }
  }
  return wrong_jpeg("it is no JPEG: it ends before its picture does");
}

}  // namespace reprise::care
