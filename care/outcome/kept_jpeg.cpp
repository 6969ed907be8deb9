// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_jpeg.h"

#include <cstdint>
#include <string>

namespace reprise::care {
namespace {

constexpr std::size_t kMostBytes = 2U << 20U;

// Markers of ITU-T T.81, table B.1, after a byte 0xff.
constexpr std::uint8_t kScan = 0xda;
constexpr std::uint8_t kFirstApp = 0xe0;
constexpr std::uint8_t kAdobe = 0xee;  // how its colors are coded
constexpr std::uint8_t kLastApp = 0xef;
constexpr std::uint8_t kComment = 0xfe;
/// With its length, a JFIF segment without a thumbnail.
constexpr std::size_t kPlainJfif = 16;

tl::unexpected<Error> wrong_jpeg(std::string cause) {
  return fail(ErrorCode::invalid_argument, "keeping a photo of a posture", std::move(cause),
              "encode the photo that was measured anew as a JPEG of at most 2 MiB, without metadata");
}

bool is_metadata(std::uint8_t marker, std::size_t length) {
  if (marker == kFirstApp) return length != kPlainJfif;
  return marker == kComment || (marker > kFirstApp && marker <= kLastApp && marker != kAdobe);
}

}  // namespace

Result<void> check_kept_jpeg(std::string_view bytes) {
  if (bytes.size() > kMostBytes)
    return wrong_jpeg("it has " + std::to_string(bytes.size()) + " bytes, more than 2 MiB");
  if (bytes.substr(0, 2) != "\xff\xd8") return wrong_jpeg("it is no JPEG");
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (byte(at) != 0xff) return wrong_jpeg("it is no JPEG: a segment begins without its marker");
    const std::uint8_t marker = byte(at + 1);
    if (marker == kScan) return {};
    const std::size_t length = 256U * byte(at + 2) + byte(at + 3);
    if (length < 2) return wrong_jpeg("it is no JPEG: a segment is shorter than its length");
    if (is_metadata(marker, length))
      return wrong_jpeg("it has metadata as Exif, which may say where it was taken");
    at += 2 + length;
  }
  return wrong_jpeg("it is no JPEG: it ends before its picture");
}

}  // namespace reprise::care
