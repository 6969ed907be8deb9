// SPDX-License-Identifier: Apache-2.0
// Any bytes as a browser's push subscription: an error without the endpoint, or one that may be sent to.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/fields.h"
#include "server/push/subscription.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::server::push;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto json = reprise::Json::parse(text, nullptr, false);
  if (json.is_discarded()) return 0;
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  const PushHosts hosts = {"fcm.googleapis.com", "*.notify.windows.com", "127.0.0.1"};
  const auto read = read_subscription(json, hosts);
  if (!read) {
    must(!read.error().cause.empty());
    return 0;
  }
  const Endpoint& endpoint = read->endpoint;
  must(read->keys.auth.size() == kAuthBytes && is_p256_point(read->keys.point));
  must(endpoint.url.rfind(endpoint.origin, 0) == 0 && endpoint.url.size() <= kLongestEndpoint);
  must(endpoint.is_local ? endpoint.host.rfind("127.0.0.1", 0) == 0
                         : endpoint.origin == "https://" + endpoint.host);
  must(encrypt_message(read->keys, "exercises").has_value());
  return 0;
}
