#include "server/api/asker.h"

#include "record/access/api_token.h"
#include "record/access/secret.h"
#include "record/store/writer.h"

namespace reprise::server {
namespace {

using record::Why;

tl::unexpected<record::Refusal> unknown(std::string why) {
  return record::refuse(Why::unknown, fhir::IssueType::login, std::move(why));
}

}  // namespace

record::Outcome<record::Permission> permission_of(const http::Request& request,
                                                  record::Connection& connection) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string* field = http::find_field(request.fields, "authorization");
  if (field == nullptr) return unknown("who asks? A request needs a token (Authorization: Bearer …)");
  if (!http::same_name(std::string_view{*field}.substr(0, kBearer.size()), kBearer)) {
    return unknown("the header Authorization holds no token (Bearer …)");
  }
  const auto hash = record::hash_of_secret(std::string_view{*field}.substr(kBearer.size()));
  if (!hash) return unknown("the token is none of this server");
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  const auto token = find_token(connection, *hash, now_us);
  if (!token) return record::refuse(token.error());
  if (!*token) return unknown("the token is not valid, or no longer");
  auto asker = asker_of(**token);
  auto allowed = allowed_patients(connection, asker, now_us);
  if (!allowed) return record::refuse(allowed.error());
  return record::Permission{std::move(asker), std::move(*allowed)};
}

}  // namespace reprise::server
