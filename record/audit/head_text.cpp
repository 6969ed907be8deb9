// SPDX-License-Identifier: Apache-2.0
#include "record/audit/head_text.h"

namespace reprise::record {

std::vector<std::string> heads_in(std::string_view text) {
  constexpr std::string_view kBegin = "{\"log\":";
  constexpr std::size_t kMost = 1000;
  constexpr std::size_t kLongest = 2000;  // a head has about 450
  std::vector<std::string> heads;
  while (heads.size() < kMost) {
    const std::size_t begin = text.find(kBegin);
    if (begin == std::string_view::npos) return heads;
    text.remove_prefix(begin);
    const std::size_t end = text.substr(0, kLongest).find('}');
    if (end == std::string_view::npos) {
      text.remove_prefix(kBegin.size());
      continue;
    }
    std::string& head = heads.emplace_back();
    for (const char c : text.substr(0, end + 1)) {
      // None of these stands in a head.
      if (std::string_view{" \t\r\n>="}.find(c) == std::string_view::npos) head += c;
    }
    text.remove_prefix(end + 1);
  }
  return heads;
}

}  // namespace reprise::record
