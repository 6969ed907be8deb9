// SPDX-License-Identifier: Apache-2.0
#include "server/http/own_hosts.h"

#include <algorithm>

#include "base/text.h"
#include "server/http/forwarded.h"

namespace reprise::server {
namespace {

/// Returns the name in lower case, without port, brackets and trailing dot.
std::string name_in(std::string_view host) {
  if (!host.empty() && host.front() == '[') {
    host = host.substr(1, host.find(']') == std::string_view::npos ? 0 : host.find(']') - 1);
  } else if (std::count(host.begin(), host.end(), ':') == 1) {
    host = host.substr(0, host.find(':'));
  }
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return lower_case(host);
}

bool is_address(std::string_view name) {
  return name.find('/') == std::string_view::npos && http::parse_address_range(name).has_value();
}

/// "*" stands for one label.
bool matches(std::string_view pattern, std::string_view name) {
  if (pattern.rfind("*.", 0) != 0) return pattern == name;
  const auto dot = name.find('.');
  return dot != std::string_view::npos && dot > 0 && name.substr(dot) == pattern.substr(1);
}

}  // namespace

OwnHosts::OwnHosts(const std::vector<std::string>& names, std::string_view public_url, bool from_elsewhere)
    : from_elsewhere_(from_elsewhere) {
  for (const std::string& name : names) names_.push_back(is_address(name) ? name : name_in(name));
  const auto scheme = public_url.find("://");
  if (scheme != std::string_view::npos) names_.push_back(name_in(public_url.substr(scheme + 3)));
}

bool OwnHosts::has(std::string_view host) const {
  const std::string name = name_in(host);
  if (name == "localhost" || http::is_loopback(name) || (from_elsewhere_ && is_address(name))) return true;
  return std::any_of(names_.begin(), names_.end(),
                     [&](const std::string& own) { return matches(own, name); });
}

}  // namespace reprise::server
