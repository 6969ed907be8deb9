// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/item_conditions.h"

#include <algorithm>

#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

const Json* list_in(const Json& group, const char* name) {
  if (!group.is_object()) return nullptr;
  const auto at = group.find(name);
  return at != group.end() && at->is_array() ? &*at : nullptr;
}

bool is_number(const NamedValue& value) {
  return (value.name == "Integer" || value.name == "Decimal") && value.value->is_number();
}

std::optional<bool> equals(const NamedValue& given, const NamedValue& wanted) {
  if (given.name == "Coding" && wanted.name == "Coding") return is_coding(*given.value, *wanted.value);
  if (is_number(given) && is_number(wanted)) return given.value->get<double>() == wanted.value->get<double>();
  if (given.name == "Reference" && wanted.name == "Reference")
    return text_in(*given.value, "reference") == text_in(*wanted.value, "reference");
  if (given.value->is_structured() || wanted.value->is_structured()) return {};
  return *given.value == *wanted.value;
}

std::optional<bool> compared(const NamedValue& given, std::string_view op, const NamedValue& wanted) {
  if (op == "=") return equals(given, wanted);
  if (op == "!=") {
    const auto same = equals(given, wanted);
    return same ? std::optional{!*same} : std::nullopt;
  }
  const auto order = compare_values(given, wanted);
  if (!order) return {};
  if (op == ">") return *order > 0;
  if (op == "<") return *order < 0;
  if (op == ">=") return *order >= 0;
  if (op == "<=") return *order <= 0;
  return {};
}

std::optional<bool> holds(const Json& when, const AnsweredItems& answered,
                          const std::vector<ItemRange>& around, std::size_t& work) {
  const auto wanted = value_in(when, "answer");
  if (!wanted) return {};
  const auto given = answered.answers(text_in(when, "question"), around);
  work += given.size() + 1;
  const auto op = text_in(when, "operator");
  if (op == "exists") {
    if (!wanted->value->is_boolean()) return {};
    return !given.empty() == wanted->value->get<bool>();
  }
  bool any = false;
  bool all = true;
  for (const Json* answer : given) {
    const auto value = value_in(*answer);
    const auto one = value ? compared(*value, op, *wanted) : std::nullopt;
    if (!one) return {};
    any = any || *one;
    all = all && *one;
  }
  // R4: "at least no answer has a value that is equal", which some read as "one answer differs".
  if (op == "!=" && (given.empty() || any != all)) return {};
  return any;
}

}  // namespace

AnsweredItems::AnsweredItems(const Json& response) {
  add(response);
}

void AnsweredItems::add(const Json& parent) {
  if (const Json* items = list_in(parent, "item")) {
    for (const Json& item : *items) {
      const std::size_t begin = items_.size();
      items_.push_back(&item);
      positions_[text_in(item, "linkId")].push_back(begin);
      if (const Json* answers = list_in(item, "answer")) {
        for (const Json& answer : *answers) add(answer);
      }
      add(item);
      ranges_[&item] = {begin, items_.size()};
    }
  }
}

ItemRange AnsweredItems::range_of(const Json& item) const {
  const auto found = ranges_.find(&item);
  return found != ranges_.end() ? found->second : ItemRange{};
}

std::vector<const Json*> AnsweredItems::answers(std::string_view link_id,
                                                const std::vector<ItemRange>& around) const {
  std::vector<const Json*> found;
  const auto known = positions_.find(link_id);
  if (known == positions_.end()) return found;
  const auto& all = known->second;
  ItemRange range{0, items_.size()};
  auto first = all.begin();
  for (auto inner = around.rbegin(); inner != around.rend(); ++inner) {
    const auto at = std::lower_bound(all.begin(), all.end(), inner->begin);
    if (at == all.end() || *at >= inner->end) continue;
    first = at;
    range = *inner;
    break;
  }
  for (; first != all.end() && *first < range.end; ++first) {
    const Json* answers = list_in(*items_[*first], "answer");
    if (answers == nullptr) continue;
    for (const Json& answer : *answers) found.push_back(&answer);
  }
  return found;
}

std::optional<bool> is_enabled(const Json& item, const AnsweredItems& answered,
                               const std::vector<ItemRange>& around, std::size_t& work) {
  const Json* conditions = list_in(item, "enableWhen");
  if (conditions == nullptr || conditions->empty()) return true;
  const bool any = text_in(item, "enableBehavior") == "any";
  bool open = false;
  for (const Json& when : *conditions) {
    const auto one = holds(when, answered, around, work);
    if (!one) {
      open = true;
    } else if (*one == any) {
      return any;  // one is enough, to enable or to disable
    }
  }
  return open ? std::nullopt : std::optional{!any};
}

bool is_coding(const Json& given, const Json& wanted) {
  const auto system = text_in(wanted, "system");
  if (!system.empty() && system != text_in(given, "system")) return false;
  const auto code = text_in(wanted, "code");
  return code.empty()
             ? text_in(given, "code").empty() && text_in(given, "display") == text_in(wanted, "display")
             : code == text_in(given, "code");
}

std::optional<NamedValue> value_in(const Json& group, std::string_view stem) {
  if (!group.is_object()) return {};
  for (const auto& [name, field] : group.get_ref<const Json::object_t&>()) {
    if (name.size() > stem.size() && name.compare(0, stem.size(), stem) == 0)
      return NamedValue{std::string_view{name}.substr(stem.size()), &field};
  }
  return {};
}

std::optional<int> compare_values(const NamedValue& a, const NamedValue& b) {
  if (is_number(a) && is_number(b)) {
    const double x = a.value->get<double>();
    const double y = b.value->get<double>();
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (!a.value->is_string() || !b.value->is_string()) return {};
  const auto& x = a.value->get_ref<const std::string&>();
  const auto& y = b.value->get_ref<const std::string&>();
  if (a.name != b.name || x.size() != y.size()) return {};
  // Of times with zones the same text length does not make them the same clock.
  if (a.name == "DateTime" && x.size() > 10 && x.substr(19) != y.substr(19)) return {};
  return x.compare(y);
}

}  // namespace reprise::fhir
