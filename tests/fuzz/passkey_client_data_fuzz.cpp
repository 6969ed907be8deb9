// SPDX-License-Identifier: Apache-2.0
// Any bytes as the client's data of a passkey: an error, or data of this ceremony and origin.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "record/webauthn/client_data.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::record::webauthn;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Site site{"https://clinic.example", "clinic.example"};
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  int accepted = 0;
  for (const Ceremony ceremony : {Ceremony::create, Ceremony::get}) {
    const auto read = read_client_data(text, ceremony, site);
    if (!read) {
      must(!read.error().cause.empty());
      continue;
    }
    ++accepted;
    must(size <= kLongestInput && text.find('{') != std::string_view::npos);
    must(read->challenge.size() < size);
  }
  must(accepted < 2);  // a text is of one ceremony
  return 0;
}
