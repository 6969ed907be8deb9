// SPDX-License-Identifier: Apache-2.0
#include "record/index/index_ids.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "fhir/model/definitions.h"
#include "record/index/text_folding.h"

namespace reprise::record {
namespace {

using fhir::SearchKind;
using fhir::SearchParameter;

// Increase it when the same path results in other rows.
constexpr std::string_view kRowsVersion = "1";

bool is_column(const SearchParameter& parameter) {
  return parameter.code == "_id" || parameter.code == "_lastUpdated";
}

std::string paths_text(const SearchParameter& parameter) {
  const fhir::SearchTables& all = fhir::search_tables();
  std::string text;
  for (const fhir::SearchPath& path : all.paths.subspan(parameter.first_path, parameter.path_count)) {
    text += '|';
    for (const fhir::SearchStep& step : all.steps.subspan(path.first_step, path.step_count)) {
      text += '/' + std::to_string(static_cast<int>(step.kind)) + ' ' + std::string{step.name} + ' ' +
              std::string{step.value};
    }
  }
  return text;
}

std::string definition_of(const SearchParameter& parameter) {
  std::string text = std::string{kRowsVersion} + ' ' + std::to_string(static_cast<int>(parameter.kind));
  if (parameter.kind == SearchKind::string) text += ' ' + folding_version();
  return text + paths_text(parameter);
}

// Returns the code under which values by identifier are indexed; empty if there is none.
std::string_view addition_of(const SearchParameter& parameter) {
  if (parameter.kind == SearchKind::token && fhir::leads_to_structure(parameter, "Identifier"))
    return kByTypedIdentifier;
  if (parameter.kind == SearchKind::reference && fhir::leads_to_structure(parameter, "Reference"))
    return kByIdentifier;
  return {};
}

using Twins = std::unordered_map<const SearchParameter*, const SearchParameter*>;

// Parameters whose values are always those of another one of the same type, such as Patient's phonetic and
// name: it has the rows for both.
Twins collected_twins() {
  Twins twins;
  for (const fhir::Structure& structure : fhir::tables().structures) {
    std::map<std::string, const SearchParameter*> by_definition;
    for (const SearchParameter& parameter : fhir::search_parameters(structure.name)) {
      if (is_column(parameter) || parameter.kind == SearchKind::composite) continue;
      const auto [first, is_first] = by_definition.emplace(definition_of(parameter), &parameter);
      if (!is_first) twins.emplace(&parameter, first->second);
    }
  }
  return twins;
}

const SearchParameter* twin_of(const SearchParameter& parameter) {
  static const Twins kTwins = collected_twins();
  const auto at = kTwins.find(&parameter);
  return at != kTwins.end() ? at->second : nullptr;
}

void add_parameter(std::string_view type, const SearchParameter& parameter,
                   std::vector<IndexedParameter>& all) {
  if (is_column(parameter) || twin_of(parameter) != nullptr) return;
  if (parameter.kind == SearchKind::composite) {
    for (const SearchParameter& part : fhir::parts_of(parameter)) {
      all.push_back({type, std::string{part.code}, definition_of(part) + paths_text(parameter)});
    }
    return;
  }
  const std::string code{parameter.code};
  const std::string definition = definition_of(parameter);
  all.push_back({type, code, definition});
  const std::string_view addition = addition_of(parameter);
  if (!addition.empty()) all.push_back({type, code + std::string{addition}, definition});
}

void add_compartment(std::string_view type, std::vector<IndexedParameter>& all) {
  std::string definition{kRowsVersion};
  for (const fhir::CompartmentRule& rule : fhir::search_tables().patient_compartment) {
    if (rule.resource_type == type) definition += ' ' + std::string{rule.code};
  }
  if (type == "Patient" || type == "Binary" || definition != kRowsVersion)
    all.push_back({type, std::string{kCompartment}, definition});
}

std::vector<IndexedParameter> collected() {
  std::vector<IndexedParameter> all;
  for (const fhir::Structure& structure : fhir::tables().structures) {
    if (structure.kind != fhir::Kind::resource) continue;
    for (const std::string_view of : {structure.name, std::string_view{"Resource"}}) {
      for (const SearchParameter& parameter : fhir::search_parameters(of))
        add_parameter(structure.name, parameter, all);
    }
    add_compartment(structure.name, all);
  }
  std::sort(all.begin(), all.end(), [](const IndexedParameter& a, const IndexedParameter& b) {
    return std::tie(a.resource_type, a.code) < std::tie(b.resource_type, b.code);
  });
  return all;
}

std::optional<std::int64_t> number_of(const TypeIds& type, const std::string& code) {
  const auto at = type.codes.find(code);
  return at != type.codes.end() ? std::optional{at->second} : std::nullopt;
}

// Resolves all names once, so that indexing a resource needs no lookup by name.
void connect(TypeIds& type) {
  for (const std::string_view of : {std::string_view{type.name}, std::string_view{"Resource"}}) {
    for (const SearchParameter& parameter : fhir::search_parameters(of)) {
      const std::string code{parameter.code};
      if (const SearchParameter* twin = twin_of(parameter)) {
        // Found by the twin's rows; has none of its own.
        for (const std::string_view addition : {std::string_view{}, addition_of(parameter)}) {
          const auto number = number_of(type, std::string{twin->code} + std::string{addition});
          if (number) type.codes.emplace(code + std::string{addition}, *number);
        }
        continue;
      }
      auto by_identifier = number_of(type, code + std::string{kByIdentifier});
      if (!by_identifier) by_identifier = number_of(type, code + std::string{kByTypedIdentifier});
      type.parameters[&parameter] = {number_of(type, code), by_identifier};
      for (const SearchParameter& part : fhir::parts_of(parameter)) {
        type.parameters[&part] = {number_of(type, std::string{part.code}), {}};
      }
    }
  }
  for (const fhir::CompartmentRule& rule : fhir::search_tables().patient_compartment) {
    if (rule.resource_type == type.name)
      type.compartment_rules.insert(fhir::find_search_parameter(type.name, rule.code));
  }
}

std::string text_at(Row row, std::size_t column) {
  return std::string{std::get<std::string_view>(row[column])};
}

std::int64_t number_at(Row row, std::size_t column) {
  return std::get<std::int64_t>(row[column]);
}

Result<std::map<std::string, std::int64_t, std::less<>>> types_in(Connection& connection) {
  std::map<std::string, std::int64_t, std::less<>> types;
  const auto read = connection.query("SELECT name, number FROM resource_type", {}, [&](Row row) {
    types.emplace(text_at(row, 0), number_at(row, 1));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  return types;
}

struct KnownParameter {
  std::int64_t number;
  std::string definition;
};

using KnownParameters = std::map<std::pair<std::string, std::string>, KnownParameter>;

Result<KnownParameters> parameters_in(Connection& connection) {
  KnownParameters known;
  const auto read = connection.query("SELECT resource_type, code, number, definition FROM search_parameter",
                                     {}, [&](Row row) {
                                       known.emplace(std::pair{text_at(row, 0), text_at(row, 1)},
                                                     KnownParameter{number_at(row, 2), text_at(row, 3)});
                                       return true;
                                     });
  if (!read) return tl::unexpected(read.error());
  return known;
}

Result<void> add_types(Connection& connection) {
  const auto known = types_in(connection);
  if (!known) return tl::unexpected(known.error());
  std::int64_t last = 0;
  for (const auto& [name, number] : *known) last = std::max(last, number);
  std::vector<Value> values;
  for (const std::string_view name : fhir::tables().resource_types) {
    if (known->find(name) != known->end()) continue;
    values.insert(values.end(), {++last, name});
  }
  if (values.empty()) return {};
  return connection.insert("resource_type", "number, name", 2, values);
}

Result<void> change_definition(Connection& connection, std::int64_t number, std::string_view definition) {
  const std::array<Value, 2> values = {definition, number};
  return connection.execute("UPDATE search_parameter SET definition = $1 WHERE number = $2", values)
      .map([](std::int64_t) {});
}

Result<void> remove_parameter(Connection& connection, std::int64_t number) {
  const std::array<Value, 1> values = {number};
  return connection.execute("DELETE FROM search_parameter WHERE number = $1", values).map([](std::int64_t) {
  });
}

}  // namespace

const std::vector<IndexedParameter>& indexed_parameters() {
  static const std::vector<IndexedParameter> kAll = collected();
  return kAll;
}

IndexIds::IndexIds(const std::vector<std::pair<std::string, std::int64_t>>& types,
                   const std::vector<std::tuple<std::string, std::string, std::int64_t>>& codes) {
  for (const auto& [name, number] : types) {
    TypeIds& type = types_[name];
    type.name = name;
    type.number = number;
    names_[number] = name;
  }
  for (const auto& [type, code, number] : codes) types_[type].codes[code] = number;
  for (auto& [name, type] : types_) connect(type);
}

const TypeIds* IndexIds::find(std::string_view type) const {
  const auto at = types_.find(type);
  return at != types_.end() ? &at->second : nullptr;
}

const TypeIds* IndexIds::find(std::int64_t type) const {
  const auto at = names_.find(type);
  return at != names_.end() ? find(at->second) : nullptr;
}

std::optional<std::int64_t> IndexIds::parameter(std::string_view type, std::string_view code) const {
  const TypeIds* of = find(type);
  if (of == nullptr) return {};
  const auto at = of->codes.find(code);
  return at != of->codes.end() ? std::optional{at->second} : std::nullopt;
}

Result<IndexIds> load_index_ids(Connection& connection) {
  const auto types = types_in(connection);
  if (!types) return tl::unexpected(types.error());
  const auto known = parameters_in(connection);
  if (!known) return tl::unexpected(known.error());
  std::vector<std::tuple<std::string, std::string, std::int64_t>> codes;
  for (const auto& [name, parameter] : *known) codes.emplace_back(name.first, name.second, parameter.number);
  return IndexIds({types->begin(), types->end()}, codes);
}

Result<std::vector<std::string>> assign_index_ids(Connection& connection) {
  if (auto added = add_types(connection); !added) return tl::unexpected(added.error());
  auto known = parameters_in(connection);
  if (!known) return tl::unexpected(known.error());
  std::int64_t last = 0;
  for (const auto& [name, parameter] : *known) last = std::max(last, parameter.number);

  std::set<std::string> types;
  std::vector<Value> values;
  for (const IndexedParameter& one : indexed_parameters()) {
    const auto at = known->find({std::string{one.resource_type}, one.code});
    if (at == known->end()) {
      values.insert(values.end(), {++last, one.resource_type, std::string_view{one.code},
                                   std::string_view{one.definition}});
      types.emplace(one.resource_type);
      continue;
    }
    if (at->second.definition != one.definition) {
      auto changed = change_definition(connection, at->second.number, one.definition);
      if (!changed) return tl::unexpected(changed.error());
      types.emplace(one.resource_type);
    }
    known->erase(at);
  }
  // The remaining rows belong to no parameter; they go when the resources are indexed again.
  for (const auto& [name, parameter] : *known) {
    auto removed = remove_parameter(connection, parameter.number);
    if (!removed) return tl::unexpected(removed.error());
    types.insert(name.first);
  }
  if (!values.empty()) {
    auto added = connection.insert("search_parameter", "number, resource_type, code, definition", 4, values);
    if (!added) return tl::unexpected(added.error());
  }
  return std::vector<std::string>{types.begin(), types.end()};
}

}  // namespace reprise::record
