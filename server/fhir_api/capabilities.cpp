// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/capabilities.h"

#include <algorithm>

#include "fhir/model/definition_tables.h"
#include "fhir/model/json.h"
#include "fhir/search/search_values.h"
#include "record/search/parse_query.h"
#include "server/fhir_api/audit_search.h"
#include "server/fhir_api/fhir_interaction.h"

namespace reprise::server {
namespace {

std::string_view name_of(fhir::SearchKind kind) {
  switch (kind) {
    case fhir::SearchKind::date: return "date";
    case fhir::SearchKind::number: return "number";
    case fhir::SearchKind::quantity: return "quantity";
    case fhir::SearchKind::reference: return "reference";
    case fhir::SearchKind::string: return "string";
    case fhir::SearchKind::token: return "token";
    case fhir::SearchKind::uri: return "uri";
    case fhir::SearchKind::composite: return "composite";
  }
  return "";
}

void add_parameters(std::string_view type, Json& list) {
  for (const auto& parameter : fhir::search_parameters(type)) {
    list.push_back({{"name", parameter.code}, {"type", name_of(parameter.kind)}});
  }
}

Json of_log() {
  Json parameters = Json::array();
  for (const auto code : audit_search_parameters()) {
    parameters.push_back(
        {{"name", code}, {"type", name_of(fhir::find_search_parameter(record::kLogType, code)->kind)}});
  }
  parameters.push_back({{"name", kAuditPurpose}, {"type", "token"}});
  return {{"type", record::kLogType},
          {"interaction", Json::array({{{"code", "read"}}, {{"code", "search-type"}}})},
          {"versioning", "no-version"},
          {"readHistory", false},
          {"updateCreate", false},
          {"searchParam", std::move(parameters)}};
}

/// Returns whether `_include` and `_revinclude` follow it: they do not follow canonicals.
bool is_followed(const fhir::SearchParameter& parameter) {
  return parameter.kind == fhir::SearchKind::reference && fhir::leads_to_structure(parameter, "Reference");
}

Json of_type(std::string_view type, bool checks_references) {
  Json interactions = Json::array();
  for (const char* code : {"read", "vread", "update", "patch", "delete", "history-instance", "history-type",
                           "create", "search-type"}) {
    interactions.push_back({{"code", code}});
  }
  Json parameters = Json::array();
  add_parameters("Resource", parameters);
  add_parameters(type, parameters);
  Json references = Json::array({"literal", "local"});
  if (checks_references) references.push_back("enforced");
  Json json = {{"type", type},
               {"interaction", std::move(interactions)},
               {"versioning", "versioned-update"},
               {"readHistory", true},
               {"updateCreate", true},
               {"conditionalCreate", true},
               {"conditionalRead", "full-support"},
               {"conditionalUpdate", true},
               {"conditionalDelete", "single"},
               {"referencePolicy", std::move(references)},
               {"searchInclude", Json::array()},
               {"searchRevInclude", Json::array()},
               {"searchParam", std::move(parameters)}};
  for (const auto& parameter : fhir::search_parameters(type)) {
    if (is_followed(parameter))
      json["searchInclude"].push_back(std::string{type} + ":" + std::string{parameter.code});
  }
  for (const auto source : kept_types()) {
    if (source == record::kLogType) continue;
    for (const auto& parameter : fhir::search_parameters(source)) {
      const auto targets = fhir::targets_of(parameter);
      const bool leads_here =
          is_followed(parameter) && std::find(targets.begin(), targets.end(), type) != targets.end();
      if (leads_here)
        json["searchRevInclude"].push_back(std::string{source} + ":" + std::string{parameter.code});
    }
  }
  for (const char* list : {"searchInclude", "searchRevInclude"}) {
    if (json[list].empty()) json.erase(list);
  }
  return json;
}

}  // namespace

std::string capabilities_text(std::string_view base, std::string_view date, bool checks_references) {
  Json resources = Json::array();
  for (const auto type : kept_types()) {
    resources.push_back(type == record::kLogType ? of_log() : of_type(type, checks_references));
  }
  Json rest = {
      {"mode", "server"},
      {"security",
       {{"cors", false},
        {"description",
         "If sign-in is required: a bearer token with SMART 2 scopes, created by a user with access "
         "to the record "
         "(docs/operations/access.md), or the cookie of a session. There is no authorization server."}}},
      {"resource", std::move(resources)},
      {"interaction", Json::array({{{"code", "transaction"}}, {{"code", "batch"}}})}};
  const Json statement = {{"resourceType", "CapabilityStatement"},
                          {"status", "active"},
                          {"date", date},
                          {"kind", "instance"},
                          {"software", {{"name", "Reprise"}, {"version", REPRISE_VERSION}}},
                          {"implementation", {{"description", "A clinic's record"}, {"url", base}}},
                          {"fhirVersion", "4.0.1"},
                          {"format", Json::array({"application/fhir+json", "json"})},
                          {"patchFormat", Json::array({"application/json-patch+json"})},
                          {"rest", Json::array({std::move(rest)})}};
  return statement.dump();
}

}  // namespace reprise::server
