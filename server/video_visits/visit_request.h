#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "server/http/message.h"

namespace reprise::server {

/// A request below /visits, read: who sends it is not known yet.
struct VisitCall {
  enum class What : std::uint8_t { show, come_in, exchange, leave };
  What what = What::show;
  std::string appointment;
  std::string window;                 ///< a UUID; empty: the visit is only looked at
  std::int64_t after = 0;             ///< the number of the newest message that the window has
  bool connected = false;             ///< it sees the other
  std::string to;                     ///< the window for which the messages are; may be empty
  std::vector<std::string> messages;  ///< of a page to the other page: nothing that the server understands
};

/// An error is the answer: the address, the method, or the form or size of the body.
[[nodiscard]] tl::expected<VisitCall, http::Response> read_visit_call(const http::Request& request);

}  // namespace reprise::server
