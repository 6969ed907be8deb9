// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Where push messages may go to. A browser names the endpoint, so any page's script could: the list of hosts
// and the check of the address keep the server from posting into its own network.
namespace reprise::server::push {

using PushHosts = std::vector<std::string>;

/// The push services of the known browsers (docs/sources.md, WP1 to WP6).
[[nodiscard]] const PushHosts& known_push_hosts();

/// Returns whether it can be in the list: "push.example.org"; "*.push.example.org", any host below it; or
/// "127.0.0.1", a push service on this machine, also without TLS.
[[nodiscard]] bool is_push_host(std::string_view text);

struct Endpoint {
  std::string url;
  std::string origin;  ///< "https://push.example.org"
  std::string host;
  bool is_local = false;  ///< on this machine, as the list says
};

inline constexpr std::size_t kLongestEndpoint = 2048;

/// Parses an endpoint's URL: https without port, user and fragment, and a host of the list. Errors:
/// invalid_argument, without the URL.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view url, const PushHosts& hosts);

/// Returns whether a message may be sent to this network address: one of the internet. Others are private,
/// link-local, loopback, multicast, shared, reserved, or lead to such (IPv4 inside IPv6).
[[nodiscard]] bool is_internet_address(const sockaddr& address);

}  // namespace reprise::server::push
