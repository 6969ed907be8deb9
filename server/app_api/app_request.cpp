// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/app_request.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.h"
#include "fhir/model/operation_outcome.h"
#include "record/search/query_string.h"
#include "record/store/operation.h"
#include "server/app_api/app_api.h"
#include "server/authentication/session_cookie.h"

namespace reprise::server {
namespace {

constexpr std::size_t kLongestBody = 16 * 1024;
constexpr std::size_t kLongestText = 2048;
constexpr std::size_t kMostTexts = 1000;

fhir::IssueType issue_type_of(unsigned status) {
  switch (status) {
    case 401: return fhir::IssueType::login;
    case 403: return fhir::IssueType::forbidden;
    case 404: return fhir::IssueType::not_found;
    case 409: return fhir::IssueType::conflict;
    case 413: return fhir::IssueType::too_long;
    case 415: return fhir::IssueType::not_supported;
    case 429: return fhir::IssueType::throttled;
    case 503: return fhir::IssueType::transient;
    default: return fhir::IssueType::value;
  }
}

std::string_view value_of(const http::Request& request, std::string_view name) {
  const std::string* field = http::find_field(request.fields, name);
  return field == nullptr ? std::string_view{} : std::string_view{*field};
}

bool is_plain_host(std::string_view host) {
  return !host.empty() && host.size() < 300 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{".-:[]"}.find(c) != std::string_view::npos;
  });
}

// A link that leads to "localhost" is of no use on a patient's phone.
std::string asked_origin_of(const http::Request& request, std::string_view public_url,
                            std::string_view network_url) {
  if (!public_url.empty()) return std::string{public_url};
  const std::string_view host = value_of(request, "host");
  const bool local = !is_plain_host(host) || host.rfind("localhost", 0) == 0 || host.rfind("127.", 0) == 0;
  if (local && !network_url.empty()) return std::string{network_url};
  return (request.secure ? "https://" : "http://") + std::string{is_plain_host(host) ? host : "localhost"};
}

std::string local_origin_of(const http::Request& request) {
  const std::string_view host = value_of(request, "host");
  if (!is_plain_host(host) || host.substr(0, host.find(':')) != "localhost") return {};
  return (request.secure ? "https://" : "http://") + std::string{host};
}

std::optional<std::vector<std::string>> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    if (path.front() != '/') return {};
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part.size() > 128) return {};
    parts.emplace_back(part);
    path.remove_prefix(part.size());
  }
  return parts;
}

tl::expected<fhir::Json, http::Response> body_of(const http::Request& request) {
  if (request.body.empty()) return fhir::Json::object();
  if (request.body.size() > kLongestBody) {
    return tl::unexpected(refused(413, word::kInvalid, "the body of this request is at most 16 KiB"));
  }
  // No form of another site can send this type without being asked first.
  const std::string_view type = value_of(request, "content-type");
  if (!same_word(type.substr(0, type.find(';')), "application/json")) {
    return tl::unexpected(refused(415, word::kInvalid, "the body of this request must be application/json"));
  }
  auto body = fhir::Json::parse(request.body, nullptr, false);
  if (!body.is_object()) {
    return tl::unexpected(refused(400, word::kInvalid, "the body must be a JSON object"));
  }
  return body;
}

}  // namespace

tl::expected<AppRequest, http::Response> parse_app_request(const http::Request& request,
                                                           std::string_view public_url,
                                                           std::string_view network_url) {
  const std::string_view target = request.target;
  const auto question = target.find('?');
  auto path = parts_of(target.substr(0, question).substr(std::string_view{kAppApiPath}.size()));
  if (!path) return tl::unexpected(refused(404, word::kNotFound, "there is nothing at this address"));
  AppRequest call;
  call.path = std::move(*path);
  if (question != std::string_view::npos) {
    auto query = record::parse_query_string(target.substr(question + 1));
    if (!query) {
      return tl::unexpected(
          refused(400, word::kInvalid, "what follows the '?' is not encoded as it must be"));
    }
    call.query = std::move(*query);
  }
  auto body = body_of(request);
  if (!body) return tl::unexpected(std::move(body.error()));
  call.body = std::move(*body);
  call.method = request.method;
  call.place = {request.remote_address, std::string{value_of(request, "user-agent")}};
  call.origin = !public_url.empty() ? public_url : !network_url.empty() ? network_url : "https://localhost";
  call.asked_origin = asked_origin_of(request, public_url, network_url);
  call.local_origin = local_origin_of(request);
  call.shown_secret = session_secret_of(request);
  call.secure = request.secure;
  call.request_id = record::new_resource_id();
  return call;
}

http::Response json_answer(unsigned status, const fhir::Json& json) {
  return {status, {{"content-type", "application/json"}}, json.dump()};
}

http::Response no_content() {
  return {204, {}, {}};
}

http::Response refused(unsigned status, std::string_view word, std::string sentence) {
  const std::array<fhir::Issue, 1> issues = {
      fhir::Issue{fhir::Severity::error, issue_type_of(status), std::move(sentence), ""}};
  fhir::Json outcome = fhir::operation_outcome(issues);
  outcome["issue"][0]["details"]["coding"] = {{{"code", word}}};
  return {status, {{"content-type", "application/fhir+json;charset=utf-8"}}, outcome.dump()};
}

http::Response refused_for_now(std::int64_t wait_us) {
  auto response = refused(429, word::kWait, "too many attempts; wait as long as Retry-After says");
  response.fields.push_back({"retry-after", std::to_string((wait_us + 999'999) / 1'000'000)});
  return response;
}

bool Fields::take(const char* name) {
  const bool there = reader_.has(name);
  if (there) --unknown_;
  return there;
}

std::optional<std::string> Fields::optional_text(const char* name) {
  return take(name) ? std::optional{reader_.text(name, kLongestText)} : std::nullopt;
}

std::string Fields::text(const char* name) {
  take(name);
  return reader_.text(name, kLongestText);
}

std::string Fields::text_or_empty(const char* name) {
  return optional_text(name).value_or(std::string{});
}

std::optional<bool> Fields::flag(const char* name) {
  return take(name) ? std::optional{reader_.truth(name)} : std::nullopt;
}

std::optional<std::int64_t> Fields::number(const char* name) {
  constexpr int kMost = std::numeric_limits<int>::max();
  return take(name) ? std::optional<std::int64_t>{reader_.whole(name, -kMost, kMost)} : std::nullopt;
}

std::vector<std::string> Fields::texts(const char* name) {
  std::vector<std::string> texts;
  take(name);
  const fhir::Json* list = reader_.value(name);
  if (list != nullptr && !list->is_array()) reader_.refuse(name, "a list of texts");
  for (const json::Reader& one : reader_.items(name, kMostTexts)) {
    if (!one.json().is_string()) return reader_.refuse(name, "a list of texts"), std::vector<std::string>{};
    texts.push_back(one.json().get<std::string>());
  }
  return texts;
}

std::optional<http::Response> Fields::problem() const {
  if (const auto wrong = body_.problem()) return refused(422, word::kInvalid, wrong->cause);
  // Names of fields are the caller's text: they are counted, not repeated.
  if (unknown_ > 0) return refused(422, word::kInvalid, "the body has a field that is not known here");
  return {};
}

}  // namespace reprise::server
