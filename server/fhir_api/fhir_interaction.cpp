// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/fhir_interaction.h"

#include <algorithm>
#include <charconv>

#include "fhir/model/definition_tables.h"
#include "fhir/model/definitions.h"
#include "fhir/model/primitive.h"
#include "record/search/parse_query.h"
#include "record/store/indexed_resource.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::Outcome;
using record::RefusalKind;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
  }
  return parts;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return {};
  return number;
}

bool is_kept(std::string_view type) {
  return type != "Bundle" && type != "CapabilityStatement" && type != "OperationOutcome" &&
         type != "Parameters" && fhir::find_resource(type) != nullptr;
}

tl::unexpected<record::Refusal> wrong_method() {
  return record::refuse(RefusalKind::method, IssueType::not_supported, "this address is not for that method");
}

tl::unexpected<record::Refusal> no_such_address() {
  return record::refuse(RefusalKind::not_found, IssueType::not_found,
                        "there is no such address below the FHIR base");
}

Outcome<RequestAddress> of_base(std::string_view method, RequestAddress asked) {
  if (method != "POST") return wrong_method();
  asked.interaction = FhirInteraction::bundle;
  return asked;
}

Outcome<RequestAddress> of_type(std::string_view method, RequestAddress asked) {
  if (method == "GET" || method == "HEAD") {
    asked.interaction = FhirInteraction::search;
  } else if (method == "POST") {
    asked.interaction = FhirInteraction::create;
  } else if (method == "PUT" || method == "PATCH" || method == "DELETE") {
    if (asked.query.empty()) {
      return record::refuse(
          RefusalKind::malformed, IssueType::required,
          "without an id, the address needs the search that finds the one resource that is meant");
    }
    asked.interaction = method == "PUT"     ? FhirInteraction::update
                        : method == "PATCH" ? FhirInteraction::patch
                                            : FhirInteraction::remove;
  } else {
    return wrong_method();
  }
  return asked;
}

Outcome<RequestAddress> of_instance(std::string_view method, RequestAddress asked) {
  if (method == "GET" || method == "HEAD") {
    asked.interaction = FhirInteraction::read;
  } else if (method == "PUT") {
    asked.interaction = FhirInteraction::update;
  } else if (method == "PATCH") {
    asked.interaction = FhirInteraction::patch;
  } else if (method == "DELETE") {
    asked.interaction = FhirInteraction::remove;
  } else {
    return wrong_method();
  }
  return asked;
}

Outcome<RequestAddress> of_special(std::string_view method, RequestAddress asked,
                                   const std::vector<std::string_view>& parts) {
  const bool get = method == "GET" || method == "HEAD";
  if (parts.size() == 2 && parts[1] == "_search") {
    if (method != "POST") return wrong_method();
    asked.interaction = FhirInteraction::search;
    return asked;
  }
  if (parts.size() == 2 && parts[1] == "_history") {
    asked.interaction = FhirInteraction::history_type;
  } else if (parts.size() == 3 && parts[2] == "_history") {
    asked.interaction = FhirInteraction::history_instance;
  } else if (parts.size() == 4 && parts[2] == "_history") {
    const auto version = whole_number(parts[3]);
    if (!version)
      return record::refuse(RefusalKind::not_found, IssueType::not_found, "there is no such version");
    asked.interaction = FhirInteraction::vread;
    asked.version = *version;
  } else {
    return no_such_address();
  }
  if (!get) return wrong_method();
  return asked;
}

Outcome<RequestAddress> read_any_address(std::string_view method, std::string_view target) {
  RequestAddress asked;
  const auto question = target.find('?');
  if (question != std::string_view::npos) asked.query = target.substr(question + 1);
  std::string_view path = target.substr(0, question);
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  const auto parts = parts_of(path);
  if (parts.empty()) return of_base(method, std::move(asked));
  if (parts[0] == "metadata" && parts.size() == 1) {
    if (method != "GET" && method != "HEAD") return wrong_method();
    asked.interaction = FhirInteraction::capabilities;
    return asked;
  }
  constexpr std::string_view kNoType = "_$.";  // also .well-known
  if (parts[0].empty() || kNoType.find(parts[0][0]) != std::string_view::npos) return no_such_address();
  const bool operation =
      std::any_of(parts.begin(), parts.end(), [](auto part) { return part.substr(0, 1) == "$"; });
  if (operation) {
    return record::refuse(RefusalKind::not_found, IssueType::not_supported, "this server has no operations");
  }
  if (!is_kept(parts[0])) {
    return record::refuse(RefusalKind::not_found, IssueType::not_supported,
                          "this record does not keep resources of that type");
  }
  asked.type = parts[0];
  if (parts.size() == 1) return of_type(method, std::move(asked));
  if (parts[1] == "_search" || parts[1] == "_history") return of_special(method, std::move(asked), parts);
  if (!fhir::is_id(parts[1])) {
    return record::refuse(RefusalKind::malformed, IssueType::value,
                          "an id is up to 64 letters, digits, '-' and '.'");
  }
  asked.id = parts[1];
  if (parts.size() == 2) return of_instance(method, std::move(asked));
  return of_special(method, std::move(asked), parts);
}

}  // namespace

std::string allowed_methods(std::string_view target) {
  std::string allowed;
  for (const char* method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
    const auto asked = read_address(method, target);
    if (!asked && asked.error().kind == RefusalKind::method) continue;
    if (!allowed.empty()) allowed += ", ";
    allowed += method;
  }
  return allowed;
}

std::vector<std::string_view> kept_types() {
  std::vector<std::string_view> types;
  for (const auto& structure : fhir::tables().structures) {
    if (structure.kind == fhir::Kind::resource && is_kept(structure.name)) types.push_back(structure.name);
  }
  return types;
}

Outcome<RequestAddress> read_address(std::string_view method, std::string_view target) {
  auto asked = read_any_address(method, target);
  if (asked && asked->type == record::kLogType && asked->interaction != FhirInteraction::read &&
      asked->interaction != FhirInteraction::search) {
    return record::refuse(RefusalKind::method, IssueType::not_supported,
                          "AuditEvents are the audit log's: they can be read and searched");
  }
  return asked;
}

bool is_reading(FhirInteraction interaction) {
  switch (interaction) {
    case FhirInteraction::create:
    case FhirInteraction::update:
    case FhirInteraction::patch:
    case FhirInteraction::remove:
    case FhirInteraction::bundle: return false;
    default: return true;
  }
}

std::string_view to_string(FhirInteraction interaction) {
  switch (interaction) {
    case FhirInteraction::capabilities: return "capabilities";
    case FhirInteraction::read: return "read";
    case FhirInteraction::vread: return "vread";
    case FhirInteraction::history_instance: return "history-instance";
    case FhirInteraction::history_type: return "history-type";
    case FhirInteraction::search: return "search-type";
    case FhirInteraction::create: return "create";
    case FhirInteraction::update: return "update";
    case FhirInteraction::patch: return "patch";
    case FhirInteraction::remove: return "delete";
    case FhirInteraction::bundle: return "batch";
  }
  return "";
}

std::optional<std::int64_t> version_of_tag(std::string_view tag) {
  if (tag.rfind("W/", 0) == 0) tag.remove_prefix(2);
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return {};
  return whole_number(tag.substr(1, tag.size() - 2));
}

}  // namespace reprise::server
