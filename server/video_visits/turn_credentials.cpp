// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/turn_credentials.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/base64.h"

namespace reprise::server {
namespace {

// Returns the host with its port or TURN's default; an IPv6 address is in brackets.
std::string with_port(const std::string& host) {
  const auto colon = host.rfind(':');
  const bool has_port = colon != std::string::npos && host.find(']', colon) == std::string::npos;
  return has_port ? host : host + ":3478";
}

std::string without_port(const std::string& host) {
  const std::string whole = with_port(host);
  return whole.substr(0, whole.rfind(':'));
}

}  // namespace

TurnCredentials make_turn_credentials(std::string_view secret, std::string_view who, std::int64_t ends_s) {
  TurnCredentials pass;
  pass.username = std::to_string(ends_s) + ":" + std::string{who};
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(pass.username.data()), pass.username.size(), mac.data(),
       &length);
  pass.password = to_base64({reinterpret_cast<const char*>(mac.data()), length});
  return pass;
}

fhir::Json ice_servers(const TurnServer& relay, std::string_view who, std::int64_t ends_s) {
  if (relay.host.empty()) return fhir::Json::array();
  const auto pass = make_turn_credentials(relay.secret, who, ends_s);
  fhir::Json urls = {"turn:" + with_port(relay.host) + "?transport=udp",
                     "turn:" + with_port(relay.host) + "?transport=tcp"};
  // Some networks only permit traffic that looks like the web.
  if (relay.tls_port != 0) {
    urls.push_back("turns:" + without_port(relay.host) + ":" + std::to_string(relay.tls_port) +
                   "?transport=tcp");
  }
  return fhir::Json::array(
      {{{"urls", std::move(urls)}, {"username", pass.username}, {"credential", pass.password}}});
}

}  // namespace reprise::server
