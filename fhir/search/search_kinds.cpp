// SPDX-License-Identifier: Apache-2.0
#include "fhir/search/search_kinds.h"

#include <algorithm>

#include "fhir/model/reference.h"

namespace reprise::fhir {
namespace {

using Values = std::vector<SearchValue>;

std::string text_or_nothing(const Json& group, std::string_view name) {
  const std::string* text = text_field(group, name);
  return text != nullptr ? *text : std::string{};
}

std::optional<double> number_field(const Json& group, const char* name) {
  const auto at = group.find(name);
  if (at == group.end() || !at->is_number()) return {};
  return at->get<double>();
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_token(const Json& group, std::string_view code_field, Values& values) {
  const std::string* code = text_field(group, code_field);
  if (code == nullptr) return;
  const std::string* system = text_field(group, "system");
  values.emplace_back(SearchToken{system != nullptr ? std::optional{*system} : std::nullopt, *code});
}

// An identifier is also found together with what kind of identifier it is.
void add_typed_identifiers(const Node& identifier, Values& values) {
  const std::string* value = text_field(*identifier.value, "value");
  if (value == nullptr) return;
  for (const Node& type : children(identifier, "type")) {
    for (const Node& coding : children(type, "coding")) {
      const std::string* code = text_field(*coding.value, "code");
      if (code == nullptr) continue;
      values.emplace_back(SearchTypedIdentifier{text_or_nothing(*coding.value, "system"), *code, *value});
    }
  }
}

// A plain code has the system that its element's binding gives it.
void add_plain_token(const Node& node, Values& values) {
  SearchToken token{{}, text_of(*node.value)};
  if (node.element != nullptr && node.structure->kind == Kind::code) {
    const std::string_view system = system_of(required_codes(*node.element), token.code);
    if (!system.empty()) token.system = system;
  }
  values.emplace_back(std::move(token));
}

void tokens_of(const Node& node, Values& values) {
  const std::string_view type = node.structure->name;
  if (type == "CodeableConcept") {
    for (const Node& coding : children(node, "coding")) add_token(*coding.value, "code", values);
  } else if (type == "Coding") {
    add_token(*node.value, "code", values);
  } else if (type == "Identifier") {
    add_token(*node.value, "value", values);
    add_typed_identifiers(node, values);
  } else if (type == "ContactPoint") {
    if (const std::string* text = text_field(*node.value, "value"))
      values.emplace_back(SearchToken{{}, *text});
  } else if (is_primitive(node.structure->kind)) {
    add_plain_token(node, values);
  }
}

// Names and addresses are found by any of their parts.
void texts_of(const Node& node, Values& values) {
  if (node.value->is_string()) {
    values.emplace_back(SearchText{node.value->get<std::string>()});
    return;
  }
  for (const char* part : {"text", "family", "given", "prefix", "suffix", "line", "city", "district", "state",
                           "postalCode", "country"}) {
    for (const Node& found : children(node, part)) {
      if (found.value->is_string()) values.emplace_back(SearchText{found.value->get<std::string>()});
    }
  }
}

void references_of(const Node& node, Values& values) {
  for (const Node& identifier : children(node, "identifier")) {
    const std::string* value = text_field(*identifier.value, "value");
    if (value != nullptr)
      values.emplace_back(SearchLogicalReference{text_or_nothing(*identifier.value, "system"), *value});
  }
  const std::string* text = node.value->is_string() ? node.value->get_ptr<const std::string*>()
                                                    : text_field(*node.value, "reference");
  if (text == nullptr) return;
  SearchReference reference{{}, {}, *text, false};
  const bool is_reference = node.structure->name == "Reference";
  const auto parsed = parse_reference(*text);
  // A contained resource has no existence of its own and is not found by its id.
  if (is_reference && (!parsed || parsed->form == ReferenceForm::contained)) return;
  reference.is_relative = parsed && parsed->form == ReferenceForm::relative;
  // A canonical is an address, but some are written like a reference.
  if (is_reference || reference.is_relative) {
    reference.type = parsed->type;
    reference.id = parsed->id;
  }
  values.emplace_back(std::move(reference));
}

SearchQuantity quantity_of(const Json& quantity) {
  SearchQuantity found{number_field(quantity, "value"), number_field(quantity, "value"),
                       text_or_nothing(quantity, "system"), text_or_nothing(quantity, "code"),
                       text_or_nothing(quantity, "unit")};
  const std::string comparator = text_or_nothing(quantity, "comparator");
  if (comparator.rfind('<', 0) == 0) found.low.reset();
  if (comparator.rfind('>', 0) == 0) found.high.reset();
  return found;
}

void quantities_of(const Node& node, Values& values) {
  const Json& value = *node.value;
  if (node.structure->name == "Money") {
    const auto amount = number_field(value, "value");
    if (amount)
      values.emplace_back(
          SearchQuantity{amount, amount, "urn:iso:std:iso:4217", text_or_nothing(value, "currency"), {}});
  } else if (node.structure->name == "Range") {
    const auto low = children(node, "low");
    const auto high = children(node, "high");
    if (low.empty() && high.empty()) return;
    SearchQuantity range = quantity_of(low.empty() ? *high[0].value : *low[0].value);
    range.low = low.empty() ? std::nullopt : number_field(*low[0].value, "value");
    range.high = high.empty() ? std::nullopt : number_field(*high[0].value, "value");
    values.emplace_back(std::move(range));
  } else if (value.is_object() && number_field(value, "value")) {
    values.emplace_back(quantity_of(value));
  }
}

void numbers_of(const Node& node, Values& values) {
  if (node.value->is_number()) {
    values.emplace_back(SearchNumber{node.value->get<double>(), node.value->get<double>()});
  } else if (node.structure->name == "Range") {
    Values found;
    quantities_of(node, found);
    for (const SearchValue& one : found) {
      const auto& range = std::get<SearchQuantity>(one);
      values.emplace_back(SearchNumber{range.low, range.high});
    }
  }
}

std::optional<Interval> period_of(const Node& node) {
  const std::string* start = text_field(*node.value, "start");
  const std::string* end = text_field(*node.value, "end");
  const auto from = start != nullptr ? interval_of(*start) : std::nullopt;
  const auto to = end != nullptr ? interval_of(*end) : std::nullopt;
  if (!from && !to) return {};
  return Interval{from ? from->start_ms : std::nullopt, to ? to->end_ms : std::nullopt};
}

// Of a Timing: from its first event to its last, or else its bounds.
void dates_of(const Node& node, Values& values) {
  std::optional<Interval> found;
  const Kind kind = node.structure->kind;
  if (kind == Kind::date || kind == Kind::date_time || kind == Kind::instant) {
    if (node.value->is_string()) found = interval_of(node.value->get_ref<const std::string&>());
  } else if (node.structure->name == "Period") {
    found = period_of(node);
  } else if (node.structure->name == "Timing") {
    for (const Node& event : children(node, "event")) {
      const auto one = event.value->is_string() ? interval_of(event.value->get<std::string>()) : std::nullopt;
      if (!one) continue;
      if (!found) found = one;
      found->start_ms = std::min(found->start_ms, one->start_ms);
      found->end_ms = std::max(found->end_ms, one->end_ms);
    }
    for (const Node& repeat : children(node, "repeat")) {
      for (const Node& bounds : children(repeat, "bounds")) {
        if (!found && bounds.structure->name == "Period") found = period_of(bounds);
      }
    }
  }
  if (found) values.emplace_back(*found);
}

}  // namespace

void add_search_values(SearchKind kind, const Node& node, std::vector<SearchValue>& values) {
  switch (kind) {
    case SearchKind::token: return tokens_of(node, values);
    case SearchKind::string: return texts_of(node, values);
    case SearchKind::reference: return references_of(node, values);
    case SearchKind::quantity: return quantities_of(node, values);
    case SearchKind::number: return numbers_of(node, values);
    case SearchKind::date: return dates_of(node, values);
    case SearchKind::uri:
      if (node.value->is_string()) values.emplace_back(SearchUri{node.value->get<std::string>()});
      return;
    case SearchKind::composite: return;  // its parts have values, it has none
  }
}

}  // namespace reprise::fhir
