// SPDX-License-Identifier: Apache-2.0
#include "base/network_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace reprise {

std::string address_group(std::string_view address) {
  const std::string text{address};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
    return inet_ntop(AF_INET, bytes.data() + kMapped.size(), out.data(), out.size());
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return std::string{inet_ntop(AF_INET6, bytes.data(), out.data(), out.size())} + "/64";
}

}  // namespace reprise
