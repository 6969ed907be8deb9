#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "record/database/connection.h"

// What stands in a row.
namespace reprise::record {

/// Empty where there is nothing.
[[nodiscard]] inline std::string text_in(Row row, std::size_t column) {
  const auto* text = std::get_if<std::string_view>(&row[column]);
  return text == nullptr ? std::string{} : std::string{*text};
}

[[nodiscard]] inline std::optional<std::string> optional_text_in(Row row, std::size_t column) {
  if (std::holds_alternative<std::monostate>(row[column])) return {};
  return text_in(row, column);
}

/// 0 where there is none.
[[nodiscard]] inline std::int64_t number_in(Row row, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&row[column]);
  return number == nullptr ? 0 : *number;
}

[[nodiscard]] inline std::optional<std::int64_t> optional_number_in(Row row, std::size_t column) {
  if (std::holds_alternative<std::monostate>(row[column])) return {};
  return number_in(row, column);
}

/// As a parameter: null where there is nothing.
[[nodiscard]] inline Value value_or_null(const std::optional<std::string>& text) {
  return text ? Value{std::string_view{*text}} : Value{};
}

/// Runs statements that each take the same parameters; ends at the first that fails.
[[nodiscard]] inline Result<void> execute_each(Connection& connection,
                                               std::initializer_list<std::string_view> statements,
                                               std::span<const Value> parameters) {
  for (const std::string_view sql : statements) {
    if (auto done = connection.execute(sql, parameters); !done) return tl::unexpected(done.error());
  }
  return {};
}

}  // namespace reprise::record
