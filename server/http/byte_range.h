// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "server/http/message.h"

// Parts of a content (RFC 9110, section 14). Browsers play a film by them, and some play none without them.
namespace reprise::server::http {

/// The part of a content that a request asks for.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t size = 0;  ///< 0: no part of the content is asked for, so none can be sent (416)
};

/// Parses the field Range for a content of `size` bytes: "bytes=0-99", "bytes=100-", "bytes=-50". nullopt:
/// the whole content is to be sent, as for another unit, for several ranges and for text that is no range.
[[nodiscard]] std::optional<ByteRange> parse_byte_range(std::string_view field, std::size_t size);

/// Answers GET or HEAD of a content that never changes at its address: 200, 206, 304 or 416. `entity_tag`:
/// strong, with its quotes. `fields`: of all these answers but 416.
[[nodiscard]] Response answer_ranges(const Request& request, std::string_view content,
                                     std::string_view entity_tag, std::vector<Field> fields);

}  // namespace reprise::server::http
