// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"

// Decides whether a questionnaire's item is enabled by the given answers (Questionnaire.item.enableWhen).
namespace reprise::fhir {

/// A half-open range of a response's items in document order.
struct ItemRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The items of a response by their linkIds. Refers into the response.
class AnsweredItems {
 public:
  explicit AnsweredItems(const Json& response);

  /// Returns the range of an item and everything inside it.
  [[nodiscard]] ItemRange range_of(const Json& item) const;

  /// Returns the answers to a question that count at a place: those of the innermost range that has any.
  [[nodiscard]] std::vector<const Json*> answers(std::string_view link_id,
                                                 const std::vector<ItemRange>& around) const;

 private:
  void add(const Json& parent);

  std::vector<const Json*> items_;  ///< in document order
  std::map<const Json*, ItemRange> ranges_;
  std::map<std::string_view, std::vector<std::size_t>> positions_;
};

/// Checks whether an item of a questionnaire is enabled; empty if R4 leaves it open or it is undecidable.
/// `around`: the groups around the item in the response, outermost first. `work`: grows by the number of
/// visited items.
[[nodiscard]] std::optional<bool> is_enabled(const Json& item, const AnsweredItems& answered,
                                             const std::vector<ItemRange>& around, std::size_t& work);

/// Compares two codings; `wanted` without a system matches any.
[[nodiscard]] bool is_coding(const Json& given, const Json& wanted);

/// The value[x] of an answer, an option or a limit: its type and value; empty if there is none. `stem`:
/// "value", or "answer" of a condition.
struct NamedValue {
  std::string_view name;  ///< "Integer" of "valueInteger"
  const Json* value = nullptr;
};
[[nodiscard]] std::optional<NamedValue> value_in(const Json& group, std::string_view stem = "value");

/// Returns less than 0, 0, or more than 0 if `a` is before, equal to or after `b`. Empty if they are not
/// comparable: different types, or dates of different precision.
[[nodiscard]] std::optional<int> compare_values(const NamedValue& a, const NamedValue& b);

}  // namespace reprise::fhir
