// SPDX-License-Identifier: Apache-2.0
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
  unsigned prefix = 128;  ///< number of leading bits of the range

  friend bool operator==(const AddressRange&, const AddressRange&) = default;
};

/// Parses an address ("192.0.2.1", "::1"), or one with a prefix ("10.0.0.0/8"); nullopt if it is neither.
[[nodiscard]] std::optional<AddressRange> parse_address_range(std::string_view text);

/// Returns whether the address (as text) lies in the range; false if it is not an address.
[[nodiscard]] bool contains(const AddressRange& range, std::string_view address);

/// Returns whether it is a loopback address (127.0.0.0/8, ::1).
[[nodiscard]] bool is_loopback(std::string_view address);

/// The client of a request, and whether the way to it is encrypted.
struct Client {
  std::string address;
  bool secure = false;
};

/// Returns the client of a request. X-Forwarded-For and X-Forwarded-Proto count only as far as proxies in
/// `trusted` wrote them, because any client can send such fields.
[[nodiscard]] Client client_of(const Request& request, std::span<const AddressRange> trusted);

}  // namespace reprise::server::http
