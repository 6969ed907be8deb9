// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "record/database/connection.h"
#include "record/search/cursor.h"

namespace reprise::record {

/// Builds a statement. Values never become part of its text: each is a parameter, numbered in the order of
/// writing.
class Sql {
 public:
  explicit Sql(const Dialect& dialect)
      : unindexed_(dialect.plans_by_statistics ? "" : "+"),
        apart_(dialect.plans_by_statistics ? " OFFSET 0" : "") {}

  /// Prefix that keeps a planner without statistics from using an index here. Otherwise it would look up the
  /// few rows of one resource by their values, or reverse an EXISTS.
  [[nodiscard]] std::string_view unindexed() const { return unindexed_; }
  /// Suffix of an EXISTS query that keeps a planner with statistics from evaluating it for all resources
  /// first; a page has few.
  [[nodiscard]] std::string_view apart() const { return apart_; }

  Sql& operator<<(std::string_view text) {
    text_ += text;
    return *this;
  }
  /// Writes "$n" and binds the value.
  Sql& bind(std::int64_t value) { return bind_value(value); }
  Sql& bind(double value) { return bind_value(value); }
  Sql& bind(std::string value) { return bind_value(std::move(value)); }
  Sql& bind(const SortValue& value) { return bind_value(value); }

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Returns views of the values, valid while this object is unchanged.
  [[nodiscard]] std::vector<Value> values() const;

 private:
  Sql& bind_value(SortValue value) {
    values_.push_back(std::move(value));
    text_ += '$' + std::to_string(values_.size());
    return *this;
  }

  std::string_view unindexed_;
  std::string_view apart_;
  std::string text_;
  std::vector<SortValue> values_;
};

/// Writes "($3, $4, …)". Pads a list with its last value to 1, 2, 4, 8, … values, to limit the number of
/// prepared statements. `values` must not be empty.
template <class T>
void bind_list(Sql& sql, const std::vector<T>& values) {
  std::size_t size = 1;
  while (size < values.size()) size *= 2;
  sql << "(";
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) sql << ", ";
    sql.bind(i < values.size() ? values[i] : values.back());
  }
  sql << ")";
}

/// Runs a query. Errors: those of the connection.
[[nodiscard]] Result<void> run_query(Connection& connection, const Sql& sql, const RowVisitor& see);

/// Converts a column's value to a sort value.
[[nodiscard]] SortValue sort_value(const Value& column);

}  // namespace reprise::record
