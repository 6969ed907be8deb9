// SPDX-License-Identifier: Apache-2.0
#include "record/search/query_builder.h"

#include <utility>

#include "fhir/model/definitions.h"

namespace reprise::record {

using fhir::SearchKind;

QueryBuilder::QueryBuilder(std::string_view type) {
  query_.type = type;
}

const fhir::SearchParameter* QueryBuilder::find(std::string_view type, std::string_view parameter,
                                                SearchKind kind) {
  const auto* found = fhir::find_search_parameter(type, parameter);
  if (found != nullptr && found->kind == kind) return found;
  if (problem_.empty()) {
    problem_ = std::string{type}.append(" has no such search parameter of this kind: ").append(parameter);
  }
  return nullptr;
}

QueryBuilder& QueryBuilder::add(std::string_view parameter, SearchKind kind, std::vector<SimpleValue> any,
                                Modifier modifier) {
  const auto* found = find(query_.type, parameter, kind);
  if (found == nullptr) return *this;
  Criterion criterion{query_.type, found, modifier, false, {}, {}};
  for (SimpleValue& value : any) criterion.alternatives.push_back({std::move(value)});
  query_.criteria.push_back(std::move(criterion));
  return *this;
}

QueryBuilder& QueryBuilder::id(std::string_view id) {
  return code("_id", id);
}

QueryBuilder& QueryBuilder::code(std::string_view parameter, std::string_view code) {
  return any_code(parameter, {code});
}

QueryBuilder& QueryBuilder::not_code(std::string_view parameter, std::string_view code) {
  return add(parameter, SearchKind::token, {TokenValue{{}, std::string{code}}}, Modifier::negated);
}

QueryBuilder& QueryBuilder::any_code(std::string_view parameter,
                                     std::initializer_list<std::string_view> codes) {
  std::vector<TokenValue> tokens;
  for (const std::string_view code : codes) tokens.push_back({{}, std::string{code}});
  return any_token(parameter, std::move(tokens));
}

QueryBuilder& QueryBuilder::token(std::string_view parameter, std::string_view system,
                                  std::string_view code) {
  return any_token(parameter, {{std::string{system}, std::string{code}}});
}

QueryBuilder& QueryBuilder::not_token(std::string_view parameter, std::string_view system,
                                      std::string_view code) {
  return add(parameter, SearchKind::token, {TokenValue{std::string{system}, std::string{code}}},
             Modifier::negated);
}

QueryBuilder& QueryBuilder::any_token(std::string_view parameter, std::vector<TokenValue> tokens) {
  std::vector<SimpleValue> values;
  for (TokenValue& token : tokens) values.emplace_back(std::move(token));
  return add(parameter, SearchKind::token, std::move(values));
}

QueryBuilder& QueryBuilder::reference(std::string_view parameter, std::string_view type,
                                      std::string_view id) {
  return add(parameter, SearchKind::reference, {ReferenceValue{std::string{type}, std::string{id}, {}}});
}

QueryBuilder& QueryBuilder::chained_reference(std::string_view parameter, std::string_view chained_type,
                                              std::string_view chained_parameter, std::string_view type,
                                              std::string_view id) {
  const auto* link = find(query_.type, parameter, SearchKind::reference);
  const auto* found = find(chained_type, chained_parameter, SearchKind::reference);
  if (link == nullptr || found == nullptr) return *this;
  query_.criteria.push_back({std::string{chained_type},
                             found,
                             Modifier::none,
                             false,
                             {{ReferenceValue{std::string{type}, std::string{id}, {}}}},
                             Chain{link, std::string{chained_type}}});
  return *this;
}

QueryBuilder& QueryBuilder::date(std::string_view parameter, Prefix prefix, std::int64_t time_ms) {
  return add(parameter, SearchKind::date, {DateValue{prefix, time_ms, time_ms + 1}});
}

QueryBuilder& QueryBuilder::uri(std::string_view parameter, std::string_view uri) {
  return add(parameter, SearchKind::uri, {UriValue{std::string{uri}}});
}

QueryBuilder& QueryBuilder::sort(std::string_view parameter, bool descending) {
  const auto* found = fhir::find_search_parameter(query_.type, parameter);
  if (found == nullptr) {
    problem_ = query_.type + " cannot be sorted by " + std::string{parameter};
  } else {
    query_.sort.push_back({found, descending});
  }
  return *this;
}

Result<SearchQuery> QueryBuilder::build() const {
  if (problem_.empty()) return query_;
  return fail(ErrorCode::invalid_argument, "searching the record", problem_,
              "report it with the version that you use");
}

}  // namespace reprise::record
