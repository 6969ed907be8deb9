#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server::http {

/// A range of IP addresses, such as 10.0.0.0/8; IPv4 as IPv6 maps it.
struct AddressRange {
  std::array<std::uint8_t, 16> address = {};
  unsigned prefix = 128;  ///< so many leading bits are the range's

  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

/// Reads an address ("192.0.2.1", "::1"), or one with a prefix ("10.0.0.0/8"). Nothing where it is neither.
[[nodiscard]] std::optional<AddressRange> parse_address_range(std::string_view text);

/// Whether the address (as text) lies in the range; what is no address does not.
[[nodiscard]] bool contains(const AddressRange& range, std::string_view address);

/// Whether it is an address that only this machine reaches (127.0.0.0/8, ::1).
[[nodiscard]] bool is_loopback(std::string_view address);

/// Who asks, and whether the way to the client is encrypted.
struct Client {
  std::string address;
  bool secure = false;
};

/// The client of a request. What X-Forwarded-For and X-Forwarded-Proto say counts only as far as proxies in
/// `trusted` have written it: anyone can send such fields.
[[nodiscard]] Client client_of(const Request& request, std::span<const AddressRange> trusted);

}  // namespace reprise::server::http
