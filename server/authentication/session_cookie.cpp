// SPDX-License-Identifier: Apache-2.0
#include "server/authentication/session_cookie.h"

#include "base/text.h"

namespace reprise::server {
namespace {

constexpr std::string_view kSecureName = "__Host-reprise";
constexpr std::string_view kPlainName = "reprise";

std::string_view name_of(bool secure) {
  return secure ? kSecureName : kPlainName;
}

http::Field cookie(std::string_view value, bool secure, std::string_view more) {
  std::string text{name_of(secure)};
  text += '=';
  text += value;
  text += "; Path=/; HttpOnly; SameSite=Strict";
  if (secure) text += "; Secure";
  text += more;
  return {"set-cookie", std::move(text)};
}

}  // namespace

std::string session_secret_of(const http::Request& request) {
  const std::string_view name = name_of(request.secure);
  for (const auto& field : request.fields) {
    if (!same_word(field.name, "cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      std::string_view pair = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        return std::string{pair.substr(equals + 1)};
      }
    }
  }
  return {};
}

http::Field keep_session(std::string_view secret, bool secure, std::int64_t for_s) {
  if (for_s <= 0) return cookie(secret, secure, {});
  return cookie(secret, secure, "; Max-Age=" + std::to_string(for_s));
}

http::Field forget_session(bool secure) {
  return cookie({}, secure, "; Max-Age=0");
}

}  // namespace reprise::server
