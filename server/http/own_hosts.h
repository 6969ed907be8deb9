// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reprise::server {

/// The host names of this server. A request for another host gets 421: its page leads browsers here under a
/// foreign name, or wants that name in the response.
class OwnHosts {
 public:
  /// Accepts only the names of the loopback interface.
  OwnHosts() = default;

  /// `names`: host names (also "*.clinic.example") and addresses, as in certificates; `public_url` may be
  /// empty. `from_elsewhere`: whether other machines reach this one. Then every IP address is accepted,
  /// because machines in between may translate addresses, and an attacker cannot make an address lead here.
  OwnHosts(const std::vector<std::string>& names, std::string_view public_url, bool from_elsewhere);

  /// Returns whether `host` is one of them. `host`: as in the header field, with or without a port.
  [[nodiscard]] bool has(std::string_view host) const;

 private:
  std::vector<std::string> names_;
  bool from_elsewhere_ = false;
};

}  // namespace reprise::server
