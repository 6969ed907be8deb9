// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/site.h"

#include <algorithm>

#include "base/text.h"

namespace reprise::record::webauthn {
namespace {

constexpr std::string_view kLocal = "localhost";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A name whose last label is a number is an IPv4 address, as browsers read it.
bool is_domain_name(std::string_view host) {
  const auto is_plain = [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
  };
  if (host.empty() || host.size() > 253 || !std::all_of(host.begin(), host.end(), is_plain)) return false;
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && !std::all_of(last.begin(), last.end(), is_digit);
}

bool is_port(std::string_view port) {
  return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

}  // namespace

std::optional<Site> site_of(std::string_view address) {
  const std::string folded = lower_case(address);
  const auto colon = folded.find("://");
  if (colon == std::string::npos) return {};
  const std::string_view scheme = std::string_view{folded}.substr(0, colon);
  std::string_view host = std::string_view{folded}.substr(colon + 3);
  std::string_view port;
  if (const auto end = host.find(':'); end != std::string_view::npos) {
    port = host.substr(end + 1);
    host = host.substr(0, end);
    if (!is_port(port)) return {};
  }
  if (!is_domain_name(host) || (scheme != "https" && (scheme != "http" || host != kLocal))) return {};
  std::string origin{scheme};
  origin.append("://").append(host);
  if (!port.empty() && port != (scheme == "https" ? "443" : "80")) origin.append(":").append(port);
  return Site{std::move(origin), std::string{host}};
}

}  // namespace reprise::record::webauthn
