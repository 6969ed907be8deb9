// SPDX-License-Identifier: Apache-2.0
// A method's letter and an address, a cookie, and a body, one on each line but for the last.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/app_api/app_request.h"
#include "server/authentication/session_cookie.h"

namespace {

std::string_view take_line(std::string_view& rest) {
  const auto line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::server;
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const auto first = take_line(rest);
  const auto target = first.empty() ? first : first.substr(1);
  if (target.rfind("/auth", 0) != 0) return 0;  // others do not come here
  http::Request request{first[0] == 'P' ? "POST" : "GET",
                        std::string{target},
                        {{"host", "localhost"}, {"content-type", "application/json"}},
                        {},
                        "127.0.0.1",
                        false};
  request.fields.push_back({"cookie", std::string{take_line(rest)}});
  request.body = rest;
  static_cast<void>(session_secret_of(request));
  static_cast<void>(is_from_own_page(request, session_secret_of(request)));
  const auto call = parse_app_request(request, "", "https://192.0.2.1:8443");
  if (!call) return call.error().status >= 400 ? 0 : (__builtin_trap(), 1);
  Fields fields{call->body};
  static_cast<void>(fields.text("name"));
  static_cast<void>(fields.optional_text("password"));
  static_cast<void>(fields.flag("disabled"));
  static_cast<void>(fields.number("days"));
  static_cast<void>(fields.texts("scopes"));
  const auto problem = fields.problem();
  if (problem && problem->status != 422) __builtin_trap();
  return 0;
}
