// SPDX-License-Identifier: Apache-2.0
#include "server/http/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

#include "base/text.h"

namespace reprise::server::http {
namespace {

constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0,    0,
                                                  0, 0, 0, 0, 0xff, 0xff};  // RFC 4291, 2.5.5.2

struct Parsed {
  std::array<std::uint8_t, 16> bytes = {};
  bool is_ipv4 = false;
};

std::optional<Parsed> parse_address(std::string_view text) {
  const std::string whole{text};  // inet_pton wants its end marked
  Parsed parsed;
  if (whole.find('\0') != std::string::npos) return {};
  if (inet_pton(AF_INET, whole.c_str(), parsed.bytes.data() + kMapped.size()) == 1) {
    std::copy(kMapped.begin(), kMapped.end(), parsed.bytes.begin());
    parsed.is_ipv4 = true;
    return parsed;
  }
  if (inet_pton(AF_INET6, whole.c_str(), parsed.bytes.data()) == 1) return parsed;
  return {};
}

bool is_in(const AddressRange& range, const std::array<std::uint8_t, 16>& address) {
  for (unsigned bit = 0; bit < range.prefix; bit += 8) {
    const unsigned bits = std::min(8U, range.prefix - bit);
    const auto mask = static_cast<std::uint8_t>(0xff00U >> bits);
    if (((range.address[bit / 8] ^ address[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

// Returns the list elements of all fields of that name, in order.
std::vector<std::string_view> list_of(const Request& request, std::string_view name) {
  std::vector<std::string_view> all;
  for (const Field& field : request.fields) {
    if (!same_word(field.name, name)) continue;
    std::string_view rest = field.value;
    for (;;) {
      const std::size_t comma = rest.find(',');
      all.push_back(trimmed(rest.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return all;
}

bool is_trusted(std::string_view address, std::span<const AddressRange> trusted) {
  return std::any_of(trusted.begin(), trusted.end(),
                     [&](const AddressRange& range) { return contains(range, address); });
}

}  // namespace

std::optional<AddressRange> parse_address_range(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return {};
  AddressRange range{address->bytes, 128};
  if (slash == std::string_view::npos) return range;
  const std::string_view digits = text.substr(slash + 1);
  const unsigned longest = address->is_ipv4 ? 32 : 128;
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  if (error != std::errc{} || end != digits.data() + digits.size() || prefix > longest) return {};
  range.prefix = prefix + (128 - longest);
  return range;
}

bool contains(const AddressRange& range, std::string_view address) {
  const auto parsed = parse_address(address);
  return parsed && is_in(range, parsed->bytes);
}

bool is_loopback(std::string_view address) {
  static const AddressRange kIpv4 = *parse_address_range("127.0.0.0/8");
  static const AddressRange kIpv6 = *parse_address_range("::1");
  return contains(kIpv4, address) || contains(kIpv6, address);
}

Client client_of(const Request& request, std::span<const AddressRange> trusted) {
  Client client{request.remote_address, request.secure};
  if (!is_trusted(client.address, trusted)) return client;
  // Each proxy appends its client: read from the last one back, while the reporting hop is trusted.
  const auto hops = list_of(request, "x-forwarded-for");
  for (auto hop = hops.rbegin(); hop != hops.rend() && is_trusted(client.address, trusted); ++hop) {
    if (!parse_address(*hop)) break;
    client.address = *hop;
  }
  const auto protocols = list_of(request, "x-forwarded-proto");
  if (!protocols.empty()) client.secure = same_word(protocols.back(), "https");
  return client;
}

}  // namespace reprise::server::http
