// SPDX-License-Identifier: Apache-2.0
#include "server/http/byte_range.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

#include "base/text.h"

namespace reprise::server::http {
namespace {

constexpr std::string_view kUnit = "bytes=";

/// The digits of a position; nullopt: there are other characters, or none. A number that is too large counts
/// as the largest.
std::optional<std::uint64_t> read_position(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
  std::uint64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? number : std::numeric_limits<std::uint64_t>::max();
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool is_among(std::string_view tags, std::string_view entity_tag) {
  return without_blanks(tags) == "*" || tags.find(entity_tag) != std::string_view::npos;
}

/// The part that a request asks for; nullopt: the whole. A part of another content is of no use (If-Range).
std::optional<ByteRange> range_of(const Request& request, std::size_t size, std::string_view entity_tag) {
  if (request.method != "GET") return {};
  const std::string* range = find_field(request.fields, "range");
  const std::string* only_of = find_field(request.fields, "if-range");
  if (range == nullptr || (only_of != nullptr && without_blanks(*only_of) != entity_tag)) return {};
  return parse_byte_range(*range, size);
}

}  // namespace

std::optional<ByteRange> parse_byte_range(std::string_view field, std::size_t size) {
  field = without_blanks(field);
  if (field.size() < kUnit.size() || !same_word(field.substr(0, kUnit.size()), kUnit)) return {};
  field = without_blanks(field.substr(kUnit.size()));
  const auto dash = field.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view first = field.substr(0, dash);
  const std::string_view last = field.substr(dash + 1);
  if (first.empty()) {
    const auto length = read_position(last);
    if (!length) return {};
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(*length, size));
    return ByteRange{size - taken, taken};
  }
  const auto begin = read_position(first);
  const auto end = last.empty() ? std::numeric_limits<std::uint64_t>::max() : read_position(last);
  if (!begin || !end || *end < *begin) return {};
  if (*begin >= size) return ByteRange{};
  const std::uint64_t longest = size - *begin;
  const std::uint64_t wanted = *end - *begin;  // without its last byte, which could overflow
  return ByteRange{static_cast<std::size_t>(*begin),
                   static_cast<std::size_t>(wanted < longest ? wanted + 1 : longest)};
}

Response answer_ranges(const Request& request, std::string_view content, std::string_view entity_tag,
                       std::vector<Field> fields) {
  Response response{200, std::move(fields), {}};
  response.fields.push_back({"etag", std::string{entity_tag}});
  response.fields.push_back({"accept-ranges", "bytes"});
  const std::string* known = find_field(request.fields, "if-none-match");
  if (known != nullptr && is_among(*known, entity_tag)) {
    response.status = 304;
    return response;
  }
  const auto range = range_of(request, content.size(), entity_tag);
  const std::string of_all = "/" + std::to_string(content.size());
  if (range && range->size == 0)
    return {416, {{"content-range", "bytes */" + std::to_string(content.size())}}, {}};
  if (!range) {
    response.body = content;
    return response;
  }
  response.status = 206;
  response.body = content.substr(range->begin, range->size);
  response.fields.push_back({"content-range", "bytes " + std::to_string(range->begin) + "-" +
                                                  std::to_string(range->begin + range->size - 1) + of_all});
  return response;
}

}  // namespace reprise::server::http
