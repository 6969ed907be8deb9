// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "server/http/message.h"

namespace reprise::server {

/// A parsed request below /visits, not yet authenticated.
struct VisitRequest {
  enum class Action : std::uint8_t { show, come_in, exchange, leave };
  Action action = Action::show;
  std::string appointment;
  std::string window;                 ///< a UUID; empty if the visit is only shown
  std::int64_t after = 0;             ///< the number of the newest message that the window has
  bool connected = false;             ///< it sees the other
  std::string to;                     ///< the receiving window; may be empty
  std::vector<std::string> messages;  ///< between the pages; opaque to the server
};

/// Parses a request. The error is the response: for the path, the method, or the form or size of the body.
[[nodiscard]] tl::expected<VisitRequest, http::Response> parse_visit_request(const http::Request& request);

}  // namespace reprise::server
