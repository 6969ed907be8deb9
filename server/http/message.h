// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request_kind.h"

namespace reprise::server::http {

/// A header field. In a request its name is in lower case; in a response it is sent unchanged.
struct Field {
  std::string name;
  std::string value;
};

/// A request, complete with its body.
struct Request {
  std::string method;  ///< as sent, e.g. "GET"
  std::string target;  ///< path and query, or "*"; as sent, undecoded; at least one character
  std::vector<Field> fields;
  std::string body;
  std::string remote_address;  ///< the peer's address, without the port
  bool secure = false;         ///< received over TLS
};

/// A response. The server adds `content-length`, `date` and `connection`, and omits the body where HTTP
/// requires it (HEAD, 204, 304).
struct Response {
  unsigned status = 200;
  std::vector<Field> fields;
  std::string body;
  std::optional<RequestKind> kind = {};  ///< the kind of request for metrics, if only the handler knows it
};

/// Sent with every response over TLS: browsers then use TLS only (RFC 6797).
inline const Field kStrictTransport{"strict-transport-security", "max-age=31536000; includeSubDomains"};

/// Returns the value of the first field of that name (given in lower case, compared without case), or null.
[[nodiscard]] const std::string* find_field(const std::vector<Field>& fields, std::string_view name);

}  // namespace reprise::server::http
