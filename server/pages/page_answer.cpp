// SPDX-License-Identifier: Apache-2.0
#include "server/pages/page_answer.h"

#include <string>

#include "record/accounts/secret.h"
#include "server/pages/compression.h"
#include "web/pages.h"

namespace reprise::server {
namespace {

// Scripts, workers and styles from this server only; WebAssembly may be compiled, text may not be evaluated.
// Styles that the pages' library adds at run time carry the nonce. A camera's picture is a blob or a stream.
std::string policy_with(const std::string& nonce) {
  return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' "
         "'nonce-" +
         nonce +
         "'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src "
         "'self'; base-uri "
         "'none'; "
         "form-action 'self'; frame-ancestors 'none'";
}

// A worker has the policy of its own script's response, not of its page.
constexpr std::string_view kWorkerPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

// The camera, and in video visits the microphone, are for these pages alone; nothing else of the device is
// asked for.
constexpr std::string_view kDevicePolicy =
    "camera=(self), microphone=(self), geolocation=(), display-capture=(), payment=(), usb=()";

std::string body_of(const web::Page& page, const http::Request& request, http::Response& response) {
  if (page.brotli.empty()) return std::string{page.content};
  response.fields.push_back({"vary", "accept-encoding"});
  const std::string* accepted = http::find_field(request.fields, "accept-encoding");
  if (accepted == nullptr || !takes_brotli(*accepted)) return std::string{page.content};
  response.fields.push_back({"content-encoding", "br"});
  return std::string{page.brotli};
}

}  // namespace

std::optional<http::Response> page_answer(const http::Request& request, std::string_view path) {
  const web::Page* page = web::find_page(path);
  if (page == nullptr) return {};
  http::Response response{200, {{"content-type", std::string{page->type}}}, {}};
  response.kind = http::RequestKind::page;
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
