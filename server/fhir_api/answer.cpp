// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/answer.h"

#include <array>
#include <ctime>

#include "fhir/model/operation_outcome.h"

namespace reprise::server {
namespace {

using record::RefusalKind;

std::string outcome_text(std::span<const fhir::Issue> issues) {
  return fhir::operation_outcome(issues).dump(-1, ' ', false, fhir::Json::error_handler_t::replace);
}

// Wed, 21 Oct 2026 07:28:00 GMT
std::string http_date(std::int64_t ms) {
  const std::time_t seconds = ms / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

void add_version(const record::Stored& stored, http::Response& response) {
  response.fields.push_back({"etag", tag_of(stored.version)});
  response.fields.push_back({"last-modified", http_date(stored.updated_ms)});
}

}  // namespace

unsigned status_of(RefusalKind kind) {
  switch (kind) {
    case RefusalKind::malformed: return 400;
    case RefusalKind::invalid: return 422;
    case RefusalKind::unsupported: return 404;
    case RefusalKind::not_found: return 404;
    case RefusalKind::deleted: return 410;
    case RefusalKind::conflict: return 409;
    case RefusalKind::method: return 405;
    case RefusalKind::media_type: return 415;
    case RefusalKind::not_acceptable: return 406;
    case RefusalKind::precondition: return 412;
    case RefusalKind::unknown: return 401;
    case RefusalKind::forbidden: return 403;
    case RefusalKind::too_large: return 413;
    case RefusalKind::too_many: return 429;
    case RefusalKind::moved: return 409;
    case RefusalKind::unavailable: return 503;
  }
  return 500;
}

http::Response answer(unsigned status, std::string text) {
  return {status, {{"content-type", std::string{kFhirJson}}}, std::move(text)};
}

http::Response answer(const record::Refusal& refusal) {
  auto response = answer(status_of(refusal.kind), outcome_text(refusal.issues));
  if (refusal.kind == RefusalKind::unknown) response.fields.push_back({"www-authenticate", "Bearer"});
  if (refusal.kind == RefusalKind::unavailable || refusal.kind == RefusalKind::too_many)
    response.fields.push_back({"retry-after", "1"});
  return response;
}

http::Response answer(const record::Stored& stored) {
  if (!stored.content) {
    auto gone = answer(record::Refusal{RefusalKind::deleted,
                                       {{fhir::Severity::error, fhir::IssueType::deleted,
                                         "the resource is deleted; its history is still there", ""}}});
    add_version(stored, gone);
    return gone;
  }
  auto response = answer(200, whole_text(stored));
  add_version(stored, response);
  return response;
}

http::Response answer(const record::ChangeResult& done, record::Verb verb, Wanted wanted,
                      std::string_view base) {
  const bool removed = verb == record::Verb::remove;
  http::Response response;
  if (removed) {
    response = {204, {}, {}};
  } else if (wanted == Wanted::representation) {
    response = answer(200, whole_text(*done.stored));
  } else if (wanted == Wanted::outcome) {
    response = answer(200, outcome_text({}));
  }
  if (done.created) response.status = 201;
  if (!done.stored) return response;
  add_version(*done.stored, response);
  if (!removed) {
    response.fields.push_back({"location", std::string{base} + "/" + done.stored->type + "/" +
                                               done.stored->id + "/_history/" +
                                               std::to_string(done.stored->version)});
  }
  return response;
}

std::string tag_of(std::int64_t version) {
  return "W/\"" + std::to_string(version) + "\"";
}

}  // namespace reprise::server
