// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "care/outcome/kept_jpeg.h"

// Any bytes: an error, or a JPEG that has a picture, ends with its marker, and has no Exif in the segment
// that follows its start.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (reprise::care::check_kept_jpeg(bytes)) {
    if (bytes.substr(0, 2) != "\xff\xd8" || bytes.find("\xff\xda") == std::string_view::npos) std::abort();
    if (bytes.substr(size - 2) != "\xff\xd9") std::abort();
    if (bytes.substr(2, 2) == "\xff\xe1") std::abort();
  }
  return 0;
}
