// SPDX-License-Identifier: Apache-2.0
#include "server/pages/compression.h"

#include <brotli/encode.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace reprise::server {
namespace {

// Fits into one packet uncompressed.
constexpr std::size_t kSmallestBody = 1400;
// 140 kB of exercises become 20 kB in 3 ms; higher ones take many times as long for little.
constexpr int kBrotliQuality = 5;
constexpr int kBrotliWindow = 20;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Returns whether a weight, ";q=…", is 0: "0" or "0." with zeros.
bool is_refused(std::string_view weight) {
  const auto value = trimmed(weight.substr(std::min(weight.size(), weight.find('=') + 1)));
  return weight.find('=') != std::string_view::npos && !value.empty() && value.front() == '0' &&
         value.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool takes_brotli(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto one = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const auto semicolon = std::min(one.find(';'), one.size());
    if (same_word(trimmed(one.substr(0, semicolon)), "br")) return !is_refused(one.substr(semicolon));
  }
  return false;
}

void compress_resource(http::Response& response) {
  constexpr std::string_view kFhir = "application/fhir+json";
  const std::string* type = http::find_field(response.fields, "content-type");
  if (response.body.size() < kSmallestBody || type == nullptr || type->compare(0, kFhir.size(), kFhir) != 0) {
    return;
  }
  std::string compressed(response.body.size(), '\0');
  std::size_t size = compressed.size();
  const bool done =
      BrotliEncoderCompress(kBrotliQuality, kBrotliWindow, BROTLI_MODE_TEXT, response.body.size(),
                            reinterpret_cast<const std::uint8_t*>(response.body.data()), &size,
                            reinterpret_cast<std::uint8_t*>(compressed.data())) == BROTLI_TRUE;
  if (!done) return;  // it would be no smaller
  compressed.resize(size);
  response.body = std::move(compressed);
  response.fields.push_back({"content-encoding", "br"});
  response.fields.push_back({"vary", "accept-encoding"});
}

}  // namespace reprise::server
