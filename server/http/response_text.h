// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server::http {

/// Returns whether a response is valid: a status from 200 to 599, names and values without line ends or other
/// control characters, and no field that the server writes itself.
[[nodiscard]] bool is_sendable(const Response& response);

/// The framing of a response.
struct Framing {
  bool head = false;      ///< the request was HEAD: no body, but its length
  bool close = false;     ///< the connection closes after it
  bool http_1_0 = false;  ///< an HTTP/1.0 client needs "keep-alive" stated
  std::string_view date;  ///< HTTP date
};

/// Serializes the status line and the fields of a valid response, with the empty line.
[[nodiscard]] std::string head_text(const Response& response, const Framing& framing);

/// Returns whether the body follows the head.
[[nodiscard]] bool sends_body(const Response& response, const Framing& framing);

/// Formats a time as an HTTP date, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
[[nodiscard]] std::string http_date(std::int64_t seconds_since_1970);

}  // namespace reprise::server::http
