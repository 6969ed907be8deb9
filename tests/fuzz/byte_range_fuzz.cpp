// SPDX-License-Identifier: Apache-2.0
// The field Range of a request for a film. The part that comes out lies in the content, and is what its
// answer says.
//
// The first byte of an input is the content's length.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http/byte_range.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::server::http;
  if (size == 0) return 0;
  const std::string content(data[0], 'x');
  const std::string field{reinterpret_cast<const char*>(data + 1), size - 1};
  const auto range = parse_byte_range(field, content.size());
  if (range && (range->begin > content.size() || range->size > content.size() - range->begin)) std::abort();
  const auto response =
      answer_ranges({"GET", "/film", {{"range", field}}, {}, {}, true}, content, "\"a\"", {});
  const unsigned status = !range ? 200 : range->size == 0 ? 416 : 206;
  if (response.status != status) std::abort();
  if (response.body.size() != (!range ? content.size() : range->size)) std::abort();
  return 0;
}
