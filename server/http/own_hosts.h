#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace reprise::server {

/// The names by which this server is asked. A request that names another host comes from a page that leads
/// browsers here under a name of its own, or wants that name in what is answered: it gets 421.
class OwnHosts {
 public:
  /// No name but those of this machine for itself.
  OwnHosts() = default;

  /// `names`: host names ("*.clinic.example" too) and addresses, as certificates list them; `public_url` may
  /// be empty. `from_elsewhere`: whether other machines reach this one. Then every IP address is taken,
  /// because machines in between may translate addresses, and an address, unlike a name, cannot be made to
  /// lead here.
  OwnHosts(const std::vector<std::string>& names, std::string_view public_url, bool from_elsewhere);

  /// `host` as in the header field, with or without a port.
  [[nodiscard]] bool has(std::string_view host) const;

 private:
  std::vector<std::string> names_;
  bool from_elsewhere_ = false;
};

}  // namespace reprise::server
