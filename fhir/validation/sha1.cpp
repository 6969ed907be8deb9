// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/sha1.h"

#include <string>

namespace reprise::fhir {
namespace {

constexpr std::size_t kBlock = 64;

constexpr std::uint32_t rotated(std::uint32_t word, unsigned by) {
  return (word << by) | (word >> (32U - by));
}

void add_block(std::string_view block, std::array<std::uint32_t, 5>& state) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t j = 0; j < 4; ++j)
      words[i] = (words[i] << 8U) | static_cast<unsigned char>(block[4 * i + j]);
  }
  for (std::size_t i = 16; i < words.size(); ++i)
    words[i] = rotated(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999U
                                : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1U
                                : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCU
                                         : (b ^ c ^ d) + 0xCA62C1D6U;
    const std::uint32_t next = rotated(a, 5) + mixed + e + words[i];
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

}  // namespace

std::array<std::uint8_t, 20> sha1(std::string_view bytes) {
  std::array<std::uint32_t, 5> state = {0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
  while (bytes.size() >= kBlock) {
    add_block(bytes.substr(0, kBlock), state);
    bytes.remove_prefix(kBlock);
  }
  std::string rest{bytes};
  rest += '\x80';
  while (rest.size() % kBlock != kBlock - 8) rest += '\0';
  for (unsigned shift = 64; shift > 0; shift -= 8) rest += static_cast<char>((bits >> (shift - 8)) & 0xFFU);
  for (std::size_t at = 0; at < rest.size(); at += kBlock)
    add_block(std::string_view{rest}.substr(at, kBlock), state);
  std::array<std::uint8_t, 20> digest{};
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::uint8_t>((state[i / 4] >> (24U - 8U * (i % 4))) & 0xFFU);
  return digest;
}

}  // namespace reprise::fhir
