#include "server/page_answer.h"

#include <algorithm>
#include <string>

#include "record/access/secret.h"
#include "web/pages.h"

namespace reprise::server {
namespace {

// Scripts, workers and styles from this server alone; programs (WebAssembly) may be compiled, text may not be
// run. What the pages' library writes into the page at run time carries the nonce. A camera's picture is a
// blob or a stream.
std::string policy_with(const std::string& nonce) {
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' "
         "'nonce-" +
         nonce +
         "'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src "
         "'self'; base-uri "
         "'none'; "
         "form-action 'self'; frame-ancestors 'none'";
}

// A worker obeys the policy of its own script's answer, not that of its page.
constexpr std::string_view kWorkerPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

// The camera is for these pages alone; nothing else of the device is asked for.
constexpr std::string_view kDevicePolicy =
    "camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Whether a weight, ";q=…", is 0: "0" or "0." with zeros.
bool is_refused(std::string_view weight) {
  const auto value = trimmed(weight.substr(std::min(weight.size(), weight.find('=') + 1)));
  return weight.find('=') != std::string_view::npos && !value.empty() && value.front() == '0' &&
         value.find_first_not_of("0.") == std::string_view::npos;
}

std::string body_of(const web::Page& page, const http::Request& request, http::Response& response) {
  if (page.brotli.empty()) return std::string{page.content};
  response.fields.push_back({"vary", "accept-encoding"});
  const std::string* accepted = http::find_field(request.fields, "accept-encoding");
  if (accepted == nullptr || !takes_brotli(*accepted)) return std::string{page.content};
  response.fields.push_back({"content-encoding", "br"});
  return std::string{page.brotli};
}

}  // namespace

bool takes_brotli(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const auto one = accept_encoding.substr(0, comma);
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const auto semicolon = std::min(one.find(';'), one.size());
    if (http::same_name(trimmed(one.substr(0, semicolon)), "br")) return !is_refused(one.substr(semicolon));
  }
  return false;
}

std::optional<http::Response> page_answer(const http::Request& request, std::string_view path) {
  const web::Page* page = web::find_page(path);
  if (page == nullptr) return {};
  http::Response response{200, {{"content-type", std::string{page->type}}}, {}};
  if (page->immutable) {
    response.body = body_of(*page, request, response);
    response.fields.push_back({"cache-control", "public, max-age=31536000, immutable"});
    response.fields.push_back({"content-security-policy", std::string{kWorkerPolicy}});
    return response;
  }
  response.body = page->content;
  const std::string nonce = record::new_secret().text;
  const auto place = response.body.find(web::kNoncePlace);
  if (place != std::string::npos) response.body.replace(place, web::kNoncePlace.size(), nonce);
  response.fields.push_back({"content-security-policy", policy_with(nonce)});
  response.fields.push_back({"permissions-policy", std::string{kDevicePolicy}});
  return response;
}

}  // namespace reprise::server
