// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/request.h"

#include <algorithm>
#include <array>

#include "record/search/parse_query.h"
#include "record/search/query_string.h"
#include "server/fhir_api/binary.h"
#include "server/fhir_api/payload/media_type.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Outcome;
using record::Refusal;
using record::RefusalKind;

std::string field_or_nothing(const http::Request& request, std::string_view name) {
  const std::string* value = http::find_field(request.fields, name);
  return value != nullptr ? *value : std::string{};
}

Refusal only_json() {
  return {RefusalKind::not_acceptable,
          {{fhir::Severity::error, IssueType::not_supported, "answers are in application/fhir+json", ""}}};
}

bool asks_for_json(std::string_view accept) {
  const auto ranges = media_ranges(accept);
  return std::any_of(ranges.begin(), ranges.end(),
                     [](std::string_view range) { return is_json(media_type(range)) && is_of_r4(range); });
}

std::optional<Refusal> check_accept(const http::Request& request) {
  const std::string accepted = field_or_nothing(request, "accept");
  const auto ranges = media_ranges(accepted);
  const bool any = std::any_of(ranges.begin(), ranges.end(), [](std::string_view range) {
    const std::string type = media_type(range);
    return (is_json(type) || type == "*/*" || type == "application/*") && is_of_r4(range);
  });
  if (ranges.empty() || any) return {};
  return only_json();
}

/// Returns whether the body of a Binary is its content, not a resource.
bool is_native_content(const RequestAddress& asked, std::string_view type) {
  const bool writes =
      asked.interaction == FhirInteraction::create || asked.interaction == FhirInteraction::update;
  return asked.type == "Binary" && writes && !type.empty() && !is_json(type) &&
         type.find("fhir") == std::string_view::npos;
}

std::optional<Refusal> check_coding(const http::Request& request) {
  const std::string coding = field_or_nothing(request, "content-encoding");
  if (coding.empty() || coding == "identity") return {};
  return record::refuse(RefusalKind::media_type, IssueType::not_supported,
                        "the body of a request must not have a Content-Encoding")
      .value();
}

std::optional<Refusal> check_content_type(FhirInteraction interaction, const http::Request& request) {
  const std::string field = field_or_nothing(request, "content-type");
  const std::string type = media_type(field);
  std::string_view wanted = "application/fhir+json";
  if (interaction == FhirInteraction::patch) {
    wanted = "application/json-patch+json";
    if (type == wanted) return {};
  } else if (interaction == FhirInteraction::search) {
    wanted = "application/x-www-form-urlencoded";
    if (type == wanted || (type.empty() && request.body.empty())) return {};
  } else if (is_json(type) && is_of_r4(field)) {
    return {};
  }
  return record::refuse(RefusalKind::media_type, IssueType::not_supported,
                        "the body of this request must be " + std::string{wanted})
      .value();
}

void read_preferences(std::string_view prefer, ApiRequest& read) {
  const auto says = [&](std::string_view what) { return prefer.find(what) != std::string_view::npos; };
  read.lenient = says("handling=lenient");
  if (says("return=minimal")) read.wanted = Wanted::minimal;
  if (says("return=OperationOutcome")) read.wanted = Wanted::outcome;
}

bool has_parameters_of_its_own(const RequestAddress& asked) {
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

bool shows_a_resource(const RequestAddress& asked) {
  return asked.type != record::kLogType &&
         (asked.interaction == FhirInteraction::read || asked.interaction == FhirInteraction::vread ||
          asked.interaction == FhirInteraction::capabilities);
}

/// Reads `_summary` and `_elements`, as in a search.
std::optional<Refusal> read_part(const std::vector<std::pair<std::string, std::string>>& parameters,
                                 ApiRequest& read) {
  if (parameters.empty()) return {};
  const std::string form = record::write_query_string(parameters);
  const std::array<std::string_view, 1> forms = {form};
  const bool statement = read.asked.interaction == FhirInteraction::capabilities;
  auto query = record::parse_query(statement ? "CapabilityStatement" : read.asked.type, forms, {});
  if (!query.errors.empty()) return Refusal{RefusalKind::malformed, std::move(query.errors)};
  if (query.query.summary == record::Summary::count) {
    return record::refuse(RefusalKind::malformed, IssueType::value, "_summary=count is for searches").value();
  }
  read.part = std::move(query.query);
  return {};
}

std::optional<Refusal> unknown_parameter(const ApiRequest& read) {
  if (has_parameters_of_its_own(read.asked) || read.lenient) return {};
  return record::refuse(
             RefusalKind::malformed, IssueType::not_supported,
             shows_a_resource(read.asked)
                 ? "this request knows the parameters _format, _pretty, _summary and _elements only"
                 : "this request knows the parameters _format and _pretty only")
      .value();
}

std::optional<Refusal> read_format(std::string value, ApiRequest& read) {
  // Clients send the + of application/fhir+json unescaped, which is a blank in a form.
  std::replace(value.begin(), value.end(), ' ', '+');
  read.native = false;
  return value == "json" || is_json(media_type(value)) ? std::optional<Refusal>{} : only_json();
}

std::optional<Refusal> read_pretty(std::string_view value, ApiRequest& read) {
  read.pretty = value == "true";
  if (read.pretty || value == "false") return {};
  return record::refuse(RefusalKind::malformed, IssueType::value, "_pretty is true or false").value();
}

/// There is one statement, which includes the normative part.
std::optional<Refusal> check_mode(std::string_view value) {
  if (value == "full" || value == "normative") return {};
  return record::refuse(RefusalKind::malformed, IssueType::not_supported, "mode is full or normative")
      .value();
}

/// Reads `_format` and `_pretty`, which every request may have, and the parameters of a read. Refuses others
/// unless they are read elsewhere.
std::optional<Refusal> read_common_parameters(ApiRequest& read) {
  const auto parameters = record::parse_query_string(read.asked.query);
  if (!parameters) {
    return record::refuse(RefusalKind::malformed, IssueType::value,
                          "what follows the '?' is not encoded as it must be")
        .value();
  }
  std::vector<std::pair<std::string, std::string>> part;
  const bool shows = shows_a_resource(read.asked);
  for (const auto& [name, value] : *parameters) {
    std::optional<Refusal> refusal;
    if (name == "_pretty") {
      refusal = read_pretty(value, read);
    } else if (name == "_format") {
      refusal = read_format(value, read);
    } else if (shows && (name == "_summary" || name == "_elements")) {
      part.emplace_back(name, value);
      read.native = false;
    } else if (name == "mode" && read.asked.interaction == FhirInteraction::capabilities) {
      refusal = check_mode(value);
    } else {
      refusal = unknown_parameter(read);
    }
    if (refusal) return refusal;
  }
  return read_part(part, read);
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

Outcome<ApiRequest> read_request(http::Request request, RequestAddress asked, std::string_view base_path,
                                 std::string_view public_base) {
  ApiRequest read;
  read.asked = std::move(asked);
  read.accept = field_or_nothing(request, "accept");
  read.native = read.asked.type == "Binary" && shows_a_resource(read.asked) && !asks_for_json(read.accept);
  const std::string host = field_or_nothing(request, "host");
  read.base = public_base;
  if (read.base.empty()) {
    read.base = std::string{request.secure ? "https://" : "http://"} +
                (may_stand_in_address(host) ? host : std::string{"localhost"}) + std::string{base_path};
  }
  if (has_body(read.asked.interaction, request.method)) {
    if (auto refusal = check_coding(request)) return tl::unexpected(std::move(*refusal));
    const std::string type = field_or_nothing(request, "content-type");
    if (is_native_content(read.asked, media_type(type))) {
      request.body =
          binary_text(type, field_or_nothing(request, "x-security-context"), read.asked.id, request.body);
    } else if (auto refusal = check_content_type(read.asked.interaction, request)) {
      return tl::unexpected(std::move(*refusal));
    }
    (read.asked.interaction == FhirInteraction::search ? read.form : read.body) = std::move(request.body);
  }
  read.remote_address = request.remote_address;
  read.request_id = record::new_resource_id();
  read.if_match = field_or_nothing(request, "if-match");
  read.if_none_match = field_or_nothing(request, "if-none-match");
  read.if_modified_since = field_or_nothing(request, "if-modified-since");
  read.fetch_destination = field_or_nothing(request, "sec-fetch-dest");
  read.if_none_exist = field_or_nothing(request, "if-none-exist");
  read_preferences(field_or_nothing(request, "prefer"), read);
  if (auto refusal = read_common_parameters(read)) return tl::unexpected(std::move(*refusal));
  if (!read.native) {
    if (auto refusal = check_accept(request)) return tl::unexpected(std::move(*refusal));
  }
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
      return record::refuse(RefusalKind::malformed, IssueType::value, "If-Match names a version as W/\"3\"");
    }
  }
  operation.state.absent = request.if_none_match == "*";
  return operation;
}

}  // namespace reprise::server
