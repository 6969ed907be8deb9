#include "server/page_answer.h"

#include "record/access/secret.h"
#include "web/pages.h"

namespace reprise::server {
namespace {

// Scripts and styles from this server alone. What the pages' library writes into the page at run time carries
// the nonce.
std::string policy_with(const std::string& nonce) {
  return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
         "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'";
}

}  // namespace

std::optional<http::Response> page_answer(std::string_view path) {
  const web::Page* page = web::find_page(path);
  if (page == nullptr) return {};
  http::Response response{200, {{"content-type", std::string{page->type}}}, std::string{page->content}};
  if (page->immutable) {
    response.fields.push_back({"cache-control", "public, max-age=31536000, immutable"});
    return response;
  }
  const std::string nonce = record::new_secret().text;
  const auto place = response.body.find(web::kNoncePlace);
  if (place != std::string::npos) response.body.replace(place, web::kNoncePlace.size(), nonce);
  response.fields.push_back({"content-security-policy", policy_with(nonce)});
  return response;
}

}  // namespace reprise::server
