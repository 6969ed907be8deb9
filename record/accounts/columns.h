// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "record/database/connection.h"

// Reads the columns of a row.
namespace reprise::record {

/// Returns a text column; empty if null.
[[nodiscard]] inline std::string text_in(Row row, std::size_t column) {
  const auto* text = std::get_if<std::string_view>(&row[column]);
  return text == nullptr ? std::string{} : std::string{*text};
}

[[nodiscard]] inline std::optional<std::string> optional_text_in(Row row, std::size_t column) {
  if (std::holds_alternative<std::monostate>(row[column])) return {};
  return text_in(row, column);
}

/// Returns a number column; 0 if null.
[[nodiscard]] inline std::int64_t number_in(Row row, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&row[column]);
  return number == nullptr ? 0 : *number;
}

[[nodiscard]] inline std::optional<std::int64_t> optional_number_in(Row row, std::size_t column) {
  if (std::holds_alternative<std::monostate>(row[column])) return {};
  return number_in(row, column);
}

/// Converts an optional text to a statement parameter; null if empty.
[[nodiscard]] inline Value value_or_null(const std::optional<std::string>& text) {
  return text ? Value{std::string_view{*text}} : Value{};
}

/// Returns a condition of SQL: neither the account of this name in the statement is disabled nor, if it is a
/// carer's, that of the patient who is helped.
[[nodiscard]] inline std::string is_enabled(const std::string& account) {
  return account +
         ".disabled = 0 AND NOT EXISTS (SELECT 1 FROM account helped WHERE helped.role = 'patient' AND "
         "helped.disabled <> 0 AND helped.person = " +
         account + ".patient)";
}

/// Executes statements that take the same parameters. Stops at the first failure.
[[nodiscard]] inline Result<void> execute_each(Connection& connection,
                                               std::initializer_list<std::string_view> statements,
                                               std::span<const Value> parameters) {
  for (const std::string_view sql : statements) {
    if (auto done = connection.execute(sql, parameters); !done) return tl::unexpected(done.error());
  }
  return {};
}

}  // namespace reprise::record
