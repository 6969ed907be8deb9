#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace reprise::server::http {

/// Whether it can be sent: a status from 200 to 599, names and values without line ends or other control
/// characters, and none of the fields that the server writes itself.
[[nodiscard]] bool is_sendable(const Response& response);

/// How an answer is framed.
struct Framing {
  bool head = false;      ///< the request was HEAD: no body, but its length
  bool close = false;     ///< the connection ends after it
  bool http_1_0 = false;  ///< the client must be told that the connection stays
  std::string_view date;  ///< as HTTP writes it
};

/// Status line and fields with the empty line behind them, of a response that is sendable.
[[nodiscard]] std::string head_text(const Response& response, const Framing& framing);

/// Whether the body goes out after the head.
[[nodiscard]] bool sends_body(const Response& response, const Framing& framing);

/// A moment as HTTP writes it, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
[[nodiscard]] std::string http_date(std::int64_t seconds_since_1970);

}  // namespace reprise::server::http
