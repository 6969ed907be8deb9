#include "server/api/request.h"

#include <algorithm>
#include <array>

#include "record/search/form_text.h"

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
  // The last is how FHIR was sent before its third edition; clients still ask for it.
  return type == "application/fhir+json" || type == "application/json" || type == "text/json" ||
         type == "application/json+fhir";
}

Refusal only_json() {
  return {Why::not_acceptable,
          {{fhir::Severity::error, IssueType::not_supported, "answers are in application/fhir+json", ""}}};
}

std::optional<Refusal> check_accept(const http::Request& request) {
  const std::string accepted = field_or_nothing(request, "accept");
  std::string_view rest = accepted;
  if (rest.empty()) return {};
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    std::string_view one = rest.substr(0, comma);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    const std::string type = media_type(one);
    if (is_json(type) || type == "*/*" || type == "application/*") return {};
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  return only_json();
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

bool has_parameters_of_its_own(const Asked& asked) {
  switch (asked.interaction) {
    case FhirInteraction::search:
    case FhirInteraction::history_instance:
    case FhirInteraction::history_type: return true;
    case FhirInteraction::update:
    case FhirInteraction::patch:
    case FhirInteraction::remove: return asked.id.empty();
    default: return false;
  }
}

/// `_format` and `_pretty`, which every request may have; others are refused where nobody else looks at them.
std::optional<Refusal> read_common_parameters(ApiRequest& read) {
  const auto parameters = record::read_form(read.asked.query);
  if (!parameters) {
    return record::refuse(Why::malformed, IssueType::value,
                          "what follows the '?' is not encoded as it must be")
        .value();
  }
  for (const auto& [name, value] : *parameters) {
    if (name == "_pretty") {
      if (value != "true" && value != "false") {
        return record::refuse(Why::malformed, IssueType::value, "_pretty is true or false").value();
      }
      read.pretty = value == "true";
    } else if (name == "_format") {
      if (value != "json" && !is_json(media_type(value))) return only_json();
    } else if (!has_parameters_of_its_own(read.asked) && !read.lenient) {
      return record::refuse(Why::malformed, IssueType::not_supported,
                            "this request knows the parameters _format and _pretty only")
          .value();
    }
  }
  return {};
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
  if (auto refusal = read_common_parameters(read)) return tl::unexpected(std::move(*refusal));
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
