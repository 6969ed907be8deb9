// SPDX-License-Identifier: Apache-2.0
#include "record/search/parse_criterion.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "fhir/model/definitions.h"
#include "record/search/parse_search_value.h"
#include "record/search/query_string.h"

namespace reprise::record {
namespace {

using fhir::SearchKind;
using fhir::SearchParameter;

tl::unexpected<CriterionProblem> unknown(std::string what) {
  return tl::unexpected(CriterionProblem{true, std::move(what)});
}

tl::unexpected<CriterionProblem> bad(std::string what) {
  return tl::unexpected(CriterionProblem{false, std::move(what)});
}

bool has_identifiers(const SearchParameter& parameter, Modifier modifier) {
  return modifier == Modifier::of_type
             ? parameter.kind == SearchKind::token && fhir::leads_to_structure(parameter, "Identifier")
             : parameter.kind == SearchKind::reference && fhir::leads_to_structure(parameter, "Reference");
}

bool goes_with(Modifier modifier, const SearchParameter& parameter) {
  switch (modifier) {
    case Modifier::none: return true;
    case Modifier::missing: return parameter.code != "_id" && parameter.code != "_lastUpdated";
    case Modifier::exact:
    case Modifier::contains: return parameter.kind == SearchKind::string;
    case Modifier::negated: return parameter.kind == SearchKind::token;
    case Modifier::of_type:
    case Modifier::identifier: return has_identifiers(parameter, modifier);
    case Modifier::above:
    case Modifier::below: return parameter.kind == SearchKind::uri;
  }
  return false;
}

struct NamedParameter {
  const SearchParameter* parameter = nullptr;
  Modifier modifier = Modifier::none;
  std::string only_type;  // "subject:Patient"
};

tl::expected<NamedParameter, CriterionProblem> find_named(std::string_view type, std::string_view name) {
  const std::size_t colon = std::min(name.find(':'), name.size());
  NamedParameter found{fhir::find_search_parameter(type, name.substr(0, colon)), {}, {}};
  if (found.parameter == nullptr) return unknown("is no search parameter of " + std::string{type});
  if (colon == name.size()) return found;
  const std::string_view word = name.substr(colon + 1);
  constexpr std::array<std::pair<std::string_view, Modifier>, 8> kModifiers = {
      {{"missing", Modifier::missing},
       {"exact", Modifier::exact},
       {"contains", Modifier::contains},
       {"not", Modifier::negated},
       {"of-type", Modifier::of_type},
       {"identifier", Modifier::identifier},
       {"above", Modifier::above},
       {"below", Modifier::below}}};
  for (const auto& [known, modifier] : kModifiers) {
    if (known == word) found.modifier = modifier;
  }
  if (found.modifier == Modifier::none) {
    if (found.parameter->kind != SearchKind::reference || !fhir::is_resource_type(word))
      return unknown("this modifier is not supported");
    found.only_type = word;
  }
  if (!goes_with(found.modifier, *found.parameter))
    return unknown("this modifier does not go with the parameter");
  return found;
}

// The type that a chain leads to: as it says, or the only one that has the parameter behind the point.
tl::expected<std::string, CriterionProblem> target_of(const NamedParameter& reference,
                                                      std::string_view code) {
  if (!reference.only_type.empty()) {
    if (fhir::find_resource(reference.only_type) == nullptr) return unknown("this type is not supported");
    if (reference.only_type == kLogType) return unknown("the audit log is searched alone");
    return reference.only_type;
  }
  std::vector<std::string_view> candidates;
  for (const std::string_view target : fhir::targets_of(*reference.parameter)) {
    if (target != kLogType && fhir::find_search_parameter(target, code) != nullptr)
      candidates.push_back(target);
  }
  if (candidates.empty()) return unknown("leads to no supported type with this parameter");
  if (candidates.size() > 1)
    return bad("may lead to several types: say which, such as " + std::string{reference.parameter->code} +
               ":" + std::string{candidates.back()} + "." + std::string{code});
  return std::string{candidates[0]};
}

tl::expected<SearchValue, CriterionProblem> read_alternative(const Criterion& criterion,
                                                             std::string_view text,
                                                             const ValueOptions& options) {
  SearchValue value;
  const SearchParameter& parameter = *criterion.parameter;
  if (parameter.kind != SearchKind::composite) {
    auto one = parse_search_value(parameter.kind, criterion.modifier, text, options);
    if (!one) return bad(one.error());
    const auto* token = std::get_if<TokenValue>(&*one);
    if (parameter.code == "_id" && (token->system || token->code.empty())) return bad("must be an id");
    value.push_back(std::move(*one));
    return value;
  }
  const auto parts = fhir::parts_of(parameter);
  const auto pieces = split_unescaped(text, '$');
  if (pieces.size() != parts.size())
    return bad("must be " + std::to_string(parts.size()) + " values with $ between");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto one = parse_search_value(parts[i].kind, Modifier::none, pieces[i], options);
    if (!one) return bad("each of the values with $ between: " + one.error());
    value.push_back(std::move(*one));
  }
  return value;
}

std::string_view only_target(const NamedParameter& named) {
  if (!named.only_type.empty()) return named.only_type;
  const auto targets = fhir::targets_of(*named.parameter);
  return targets.size() == 1 ? targets[0] : std::string_view{};
}

tl::expected<Criterion, CriterionProblem> with_values(Criterion criterion, const NamedParameter& named,
                                                      std::string_view value, const QueryOptions& options) {
  if (criterion.modifier == Modifier::missing) {
    if (value != "true" && value != "false") return bad("must be true or false");
    criterion.missing = value == "true";
    return criterion;
  }
  if (value.empty()) return bad("has no value");
  const auto texts = split_unescaped(value, ',');
  if (texts.size() > kMostAlternatives)
    return bad("may have at most " + std::to_string(kMostAlternatives) + " values");
  for (const std::string_view text : texts) {
    auto alternative = read_alternative(criterion, text, {options.now_ms, options.base, only_target(named)});
    if (!alternative) return tl::unexpected(alternative.error());
    const auto* reference = std::get_if<ReferenceValue>(alternative->data());
    const bool other_type = reference != nullptr && !named.only_type.empty() && !reference->type.empty() &&
                            reference->type != named.only_type;
    if (other_type) return bad("has a value of another type than its name says");
    criterion.alternatives.push_back(std::move(*alternative));
  }
  return criterion;
}

// "patient._id=1" is "patient=Patient/1".
void shorten(Criterion& criterion) {
  if (!criterion.chain || criterion.parameter->code != "_id" || criterion.modifier != Modifier::none) return;
  for (SearchValue& value : criterion.alternatives) {
    value[0] = ReferenceValue{criterion.chain->target_type, std::get<TokenValue>(value[0]).code, {}};
  }
  criterion.type = criterion.chain->reference->resource_type;
  criterion.parameter = criterion.chain->reference;
  criterion.chain.reset();
}

}  // namespace

std::string shown_name(std::string_view name) {
  constexpr std::size_t kLongest = 64;
  const bool plain =
      !name.empty() && name.size() <= kLongest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == ':' ||
               c == '.';
      });
  return plain ? std::string{name} : std::string{"a name that is not shown"};
}

tl::expected<Criterion, CriterionProblem> parse_criterion(const std::string& type, std::string_view name,
                                                          std::string_view value,
                                                          const QueryOptions& options) {
  const std::size_t point = std::min(name.find('.'), name.size());
  auto named = find_named(type, name.substr(0, point));
  if (!named) return tl::unexpected(named.error());
  Criterion criterion{type, named->parameter, named->modifier, false, {}, {}};
  if (point < name.size()) {
    const std::string_view rest = name.substr(point + 1);
    if (rest.find('.') != std::string_view::npos) return unknown("a chain may have only one step");
    if (named->parameter->kind != SearchKind::reference || named->modifier != Modifier::none ||
        !fhir::leads_to_structure(*named->parameter, "Reference"))
      return unknown("is nothing that a chain could go through");
    const auto target = target_of(*named, rest.substr(0, rest.find(':')));
    if (!target) return tl::unexpected(target.error());
    criterion.chain = Chain{named->parameter, *target};
    named = find_named(*target, rest);
    if (!named) return tl::unexpected(named.error());
    criterion.type = *target;
    criterion.parameter = named->parameter;
    criterion.modifier = named->modifier;
  }
  auto read = with_values(std::move(criterion), *named, value, options);
  if (read) shorten(*read);
  return read;
}

}  // namespace reprise::record
