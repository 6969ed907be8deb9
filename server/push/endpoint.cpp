// SPDX-License-Identifier: Apache-2.0
#include "server/push/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace reprise::server::push {
namespace {

constexpr std::string_view kHere = "127.0.0.1";
constexpr std::string_view kBelow = "*.";

struct Range4 {
  std::uint32_t begin;
  int bits;
};

// IANA's special-purpose registry of IPv4, and multicast.
constexpr std::array kNotInternet4 = {
    Range4{0x00000000, 8},  Range4{0x0A000000, 8},  Range4{0x64400000, 10}, Range4{0x7F000000, 8},
    Range4{0xA9FE0000, 16}, Range4{0xAC100000, 12}, Range4{0xC0000000, 24}, Range4{0xC0000200, 24},
    Range4{0xC0586300, 24}, Range4{0xC0A80000, 16}, Range4{0xC6120000, 15}, Range4{0xC6336400, 24},
    Range4{0xCB007100, 24}, Range4{0xE0000000, 3},
};

bool is_internet4(std::uint32_t address) {
  return std::none_of(kNotInternet4.begin(), kNotInternet4.end(), [&](const Range4& range) {
    return ((address ^ range.begin) >> (32 - range.bits)) == 0;
  });
}

/// Global unicast is 2000::/3. Of it, 2001::/23 (protocols), 2001:db8::/32 (documentation), 2002::/16 (6to4,
/// with an IPv4 address inside) and 3fff::/20 (documentation) are out.
bool is_internet6(const std::array<std::uint8_t, 16>& bytes) {
  const unsigned first = bytes[0] * 256U + bytes[1];
  const unsigned second = bytes[2] * 256U + bytes[3];
  if ((first >> 13U) != 1) return false;
  const bool is_protocol = first == 0x2001 && (second < 0x200 || second == 0xDB8);
  const bool is_documentation = first == 0x3FFF && second < 0x1000;
  return !is_protocol && !is_documentation && first != 0x2002;
}

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/// Two labels at least, the last one with letters only: never a numeric address.
bool is_host_name(std::string_view text) {
  if (text.size() > 253 || text.find('.') == std::string_view::npos) return false;
  while (true) {
    const std::string_view label = text.substr(0, text.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
        !std::all_of(label.begin(), label.end(), is_label_character))
      return false;
    if (label.size() == text.size())
      return std::any_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    text.remove_prefix(label.size() + 1);
  }
}

bool is_of(std::string_view host, std::string_view allowed) {
  if (allowed.substr(0, kBelow.size()) != kBelow) return host == allowed;
  const std::string_view end = allowed.substr(1);  // ".push.example.org"
  return host.size() > end.size() && host.substr(host.size() - end.size()) == end;
}

tl::unexpected<Error> refuse_endpoint(const char* cause) {
  return fail(ErrorCode::invalid_argument, "checking a push endpoint", cause,
              "use a browser whose push service is in push.hosts, or add its host there");
}

/// ":8080"; empty is none.
bool is_port(std::string_view text) {
  return text.empty() || (text.size() > 1 && text.size() <= 6 && text.front() == ':' &&
                          text.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

}  // namespace

const PushHosts& known_push_hosts() {
  static const PushHosts kHosts = {"fcm.googleapis.com", "updates.push.services.mozilla.com",
                                   "web.push.apple.com", "*.notify.windows.com"};
  return kHosts;
}

bool is_push_host(std::string_view text) {
  if (text == kHere) return true;
  if (text.substr(0, kBelow.size()) == kBelow) text.remove_prefix(kBelow.size());
  return is_host_name(text);
}

Result<Endpoint> parse_endpoint(std::string_view url, const PushHosts& hosts) {
  const bool is_plain = std::all_of(url.begin(), url.end(),
                                    [](char c) { return c > 0x20 && c < 0x7F && c != '\\' && c != '#'; });
  if (url.size() > kLongestEndpoint || !is_plain)
    return refuse_endpoint("the endpoint is longer than 2048 bytes, or has characters that no URL has");
  const std::size_t begin = url.find("://") == std::string_view::npos ? 0 : url.find("://") + 3;
  const std::string_view scheme = url.substr(0, begin);
  const std::size_t end = std::min(url.find_first_of("/?", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  const bool is_local = authority.substr(0, kHere.size()) == kHere &&
                        is_port(authority.substr(kHere.size())) &&
                        std::find(hosts.begin(), hosts.end(), kHere) != hosts.end();
  if (scheme != "https://" && !(is_local && scheme == "http://"))
    return refuse_endpoint("the endpoint does not begin with https://");
  Endpoint endpoint{std::string{url}, std::string{url.substr(0, end)}, std::string{authority}, is_local};
  if (is_local) return endpoint;
  if (!is_host_name(authority))
    return refuse_endpoint("the endpoint has a port, a user or a numeric address");
  if (std::none_of(hosts.begin(), hosts.end(), [&](const std::string& one) { return is_of(authority, one); }))
    return refuse_endpoint("the endpoint's host is not in push.hosts");
  return endpoint;
}

bool is_internet_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_internet4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return false;
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return is_internet6(bytes);
}

}  // namespace reprise::server::push
