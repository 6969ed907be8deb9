#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"

// When an item of a questionnaire is enabled by the answers that are given (Questionnaire.item.enableWhen).
namespace reprise::fhir {

/// Part of a response, from the first to behind the last of its items in document order.
struct ItemRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The items of a response by their linkIds. It refers into the response.
class AnsweredItems {
 public:
  explicit AnsweredItems(const Json& response);

  /// The item at a position, and what lies inside of it.
  [[nodiscard]] ItemRange range_of(const Json& item) const;

  /// The answers to a question that count at a place: those of the innermost of the ranges that has any.
  [[nodiscard]] std::vector<const Json*> answers(std::string_view link_id,
                                                 const std::vector<ItemRange>& around) const;

 private:
  void add(const Json& parent);

  std::vector<const Json*> items_;  ///< in document order
  std::map<const Json*, ItemRange> ranges_;
  std::map<std::string_view, std::vector<std::size_t>> positions_;
};

/// Whether an item of a questionnaire is enabled; nothing: R4 leaves it open, or it cannot be told.
/// `around`: the groups around the item in the response, outermost first. `work`: grows by what was looked
/// at.
[[nodiscard]] std::optional<bool> is_enabled(const Json& item, const AnsweredItems& answered,
                                             const std::vector<ItemRange>& around, std::size_t& work);

/// Whether two codings mean the same: `wanted` without a system fits any.
[[nodiscard]] bool is_coding(const Json& given, const Json& wanted);

/// The value[x] of an answer, an option or a limit: its name and what it is; nothing where there is none.
/// `stem`: "value", or "answer" of a condition.
struct NamedValue {
  std::string_view name;  ///< "Integer" of "valueInteger"
  const Json* value = nullptr;
};
[[nodiscard]] std::optional<NamedValue> value_in(const Json& group, std::string_view stem = "value");

/// Less than 0, 0, or more than 0, as `a` is before, at or behind `b`; nothing where they cannot be compared:
/// values of different types, dates of different precision.
[[nodiscard]] std::optional<int> compare_values(const NamedValue& a, const NamedValue& b);

}  // namespace reprise::fhir
