#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request_kind.h"

namespace reprise::server::http {

/// A header field. Of a request, the name is in lower case; of a response, it is written as it is.
struct Field {
  std::string name;
  std::string value;
};

/// What a client asked for, complete with its body.
struct Request {
  std::string method;  ///< as sent, e.g. "GET"
  std::string target;  ///< path and query, or "*"; as sent, undecoded; at least one character
  std::vector<Field> fields;
  std::string body;
  std::string remote_address;  ///< of the other end of the connection, without the port
  bool secure = false;         ///< it came over TLS
};

/// What the server answers. It adds `content-length`, `date` and `connection` by itself, and leaves the body
/// out where HTTP says so (HEAD, 204, 304).
struct Response {
  unsigned status = 200;
  std::vector<Field> fields;
  std::string body;
  std::optional<RequestKind> kind = {};  ///< what was asked for, where only the handler knows it; for metrics
};

/// Sent with everything that goes out over TLS: browsers then ask for nothing without it (RFC 6797).
inline const Field kStrictTransport{"strict-transport-security", "max-age=31536000; includeSubDomains"};

/// The value of the first field of that name (given in lower case, compared without regard to case), or null.
[[nodiscard]] const std::string* find_field(const std::vector<Field>& fields, std::string_view name);

/// Whether two names are the same but for the case of ASCII letters.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace reprise::server::http
