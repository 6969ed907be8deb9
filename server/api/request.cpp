#include "server/api/request.h"

#include <algorithm>
#include <array>

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Outcome;
using record::Refusal;
using record::Why;

std::string field_or_nothing(const http::Request& request, std::string_view name) {
  const std::string* value = http::find_field(request.fields, name);
  return value != nullptr ? *value : std::string{};
}

/// "application/fhir+json" of "Application/FHIR+JSON; charset=utf-8".
std::string media_type(std::string_view field) {
  std::string type{field.substr(0, field.find(';'))};
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return type;
}

bool is_json(std::string_view type) {
  return type == "application/fhir+json" || type == "application/json" || type == "text/json";
}

std::optional<Refusal> check_accept(const http::Request& request) {
  std::string_view rest = field_or_nothing(request, "accept");
  const std::string all{rest};
  rest = all;
  if (rest.empty()) return {};
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view one = rest.substr(0, comma);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    const std::string type = media_type(one);
    if (is_json(type) || type == "*/*" || type == "application/*") return {};
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return Refusal{Why::not_acceptable,
                 {{fhir::Severity::error, IssueType::not_supported,
                   "answers are in application/fhir+json, which the header Accept leaves out", ""}}};
}

std::optional<Refusal> check_content_type(FhirInteraction interaction, const http::Request& request) {
  const std::string type = media_type(field_or_nothing(request, "content-type"));
  std::string_view wanted = "application/fhir+json";
  if (interaction == FhirInteraction::patch) {
    wanted = "application/json-patch+json";
    if (type == wanted) return {};
  } else if (interaction == FhirInteraction::search) {
    wanted = "application/x-www-form-urlencoded";
    if (type == wanted) return {};
  } else if (is_json(type)) {
    return {};
  }
  return record::refuse(Why::media_type, IssueType::not_supported,
                        "the body of this request must be " + std::string{wanted})
      .value();
}

void read_preferences(std::string_view prefer, ApiRequest& read) {
  const auto says = [&](std::string_view what) { return prefer.find(what) != std::string_view::npos; };
  read.lenient = says("handling=lenient");
  if (says("return=minimal")) read.wanted = Wanted::minimal;
  if (says("return=OperationOutcome")) read.wanted = Wanted::outcome;
}

bool has_body(FhirInteraction interaction, std::string_view method) {
  switch (interaction) {
    case FhirInteraction::create:
    case FhirInteraction::update:
    case FhirInteraction::patch:
    case FhirInteraction::bundle: return true;
    case FhirInteraction::search: return method == "POST";
    default: return false;
  }
}

bool may_stand_in_address(std::string_view host) {
  return !host.empty() && host.size() < 300 && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{".-:[]_"}.find(c) != std::string_view::npos;
  });
}

}  // namespace

Outcome<ApiRequest> read_request(http::Request request, std::string_view base_path,
                                 std::string_view public_base) {
  auto asked = read_address(request.method, std::string_view{request.target}.substr(base_path.size()));
  if (!asked) return tl::unexpected(std::move(asked.error()));
  if (auto refusal = check_accept(request)) return tl::unexpected(std::move(*refusal));
  ApiRequest read;
  read.asked = std::move(*asked);
  const std::string host = field_or_nothing(request, "host");
  read.base = public_base;
  if (read.base.empty()) {
    read.base = std::string{request.secure ? "https://" : "http://"} +
                (may_stand_in_address(host) ? host : std::string{"localhost"}) + std::string{base_path};
  }
  if (has_body(read.asked.interaction, request.method)) {
    if (auto refusal = check_content_type(read.asked.interaction, request))
      return tl::unexpected(std::move(*refusal));
    (read.asked.interaction == FhirInteraction::search ? read.form : read.body) = std::move(request.body);
  }
  read.remote_address = request.remote_address;
  read.request_id = record::new_resource_id();
  read.if_match = field_or_nothing(request, "if-match");
  read.if_none_match = field_or_nothing(request, "if-none-match");
  read.if_none_exist = field_or_nothing(request, "if-none-exist");
  read_preferences(field_or_nothing(request, "prefer"), read);
  return read;
}

Outcome<record::Operation> operation_of(const ApiRequest& request) {
  using record::Verb;
  record::Operation operation;
  operation.type = request.asked.type;
  operation.id = request.asked.id;
  operation.body = request.body;
  switch (request.asked.interaction) {
    case FhirInteraction::create: operation.verb = Verb::create; break;
    case FhirInteraction::update: operation.verb = Verb::update; break;
    case FhirInteraction::patch: operation.verb = Verb::patch; break;
    default: operation.verb = Verb::remove;
  }
  if (operation.verb == Verb::create) {
    std::string_view condition = request.if_none_exist;
    if (condition.rfind('?', 0) == 0) condition.remove_prefix(1);
    operation.condition = condition;
  } else if (operation.id.empty()) {
    operation.condition = request.asked.query;
  }
  if (!request.if_match.empty()) {
    operation.state.version = version_of_tag(request.if_match);
    if (!operation.state.version) {
      return record::refuse(Why::malformed, IssueType::value, "If-Match names a version as W/\"3\"");
    }
  }
  operation.state.absent = request.if_none_match == "*";
  return operation;
}

}  // namespace reprise::server
