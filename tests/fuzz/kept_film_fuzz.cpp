// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "care/outcome/kept_film.h"

// Any bytes: an error, or a film that ends with the bytes, and whose movie box, if it is the first after the
// file's type, begins with no user data.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using reprise::care::FilmContainer;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto container = reprise::care::check_kept_film(bytes, 1U << 20U);
  if (!container) return 0;
  if (*container == FilmContainer::mp4) {
    if (bytes.substr(4, 4) != "ftyp" || bytes.find("mdat") == std::string_view::npos) std::abort();
    const std::size_t movie = bytes.find("moov");
    if (movie == std::string_view::npos) std::abort();
    const std::size_t type_end = 256U * data[2] + data[3];
    if (data[0] == 0 && data[1] == 0 && movie == type_end + 4 && bytes.substr(movie + 8, 4) == "udta")
      std::abort();
  } else {
    if (bytes.find("webm") == std::string_view::npos) std::abort();
    if (bytes.find("\x1f\x43\xb6\x75") == std::string_view::npos) std::abort();
  }
  return 0;
}
