// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/cbor_bounds.h"

#include <cstdint>
#include <optional>

namespace reprise::record::webauthn {
namespace {

constexpr int kDeepest = 4;  // as in CTAP2

struct Head {
  unsigned kind = 0;  ///< major type
  std::uint64_t value = 0;
};

std::optional<Head> take_head(std::string_view& bytes) {
  if (bytes.empty()) return {};
  const unsigned first = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  Head head{first >> 5U, first & 0x1FU};
  if (head.value < 24) return head;
  if (head.value > 27) return {};  // an open length, or reserved
  const std::size_t size = std::size_t{1} << (head.value - 24);
  if (bytes.size() < size) return {};
  head.value = 0;
  for (std::size_t i = 0; i < size; ++i)
    head.value = (head.value << 8U) | static_cast<unsigned char>(bytes[i]);
  bytes.remove_prefix(size);
  return head;
}

bool take_item(std::string_view& bytes, int depth) {
  const auto head = take_head(bytes);
  if (!head || depth > kDeepest) return false;
  switch (head->kind) {
    case 2:
    case 3:  // bytes, text
      if (head->value > bytes.size()) return false;
      bytes.remove_prefix(static_cast<std::size_t>(head->value));
      return true;
    case 4:
    case 5: {  // array, map: each item has a byte at least
      if (head->value > bytes.size()) return false;
      const std::uint64_t items = head->value * (head->kind == 5 ? 2 : 1);
      for (std::uint64_t i = 0; i < items; ++i) {
        if (!take_item(bytes, depth + 1)) return false;
      }
      return true;
    }
    case 6: return false;  // tags
    default: return true;  // numbers, truth values
  }
}

}  // namespace

bool is_bounded_cbor(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!take_item(bytes, 1)) return false;
  }
  return true;
}

}  // namespace reprise::record::webauthn
