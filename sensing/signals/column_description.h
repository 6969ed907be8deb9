// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// How a person corrects the meaning of a table's columns.
struct ColumnDescription {
  struct Column {
    std::string name;     ///< as in the file; "column_3" where it has no header
    std::string meaning;  ///< as channel_meaning.h spells it, e.g. "acceleration_x"; empty: guessed
    std::string sensor;   ///< e.g. "left_foot"; empty: guessed
    std::string unit;     ///< UCUM; empty: as the file says
  };
  std::optional<double> rate_hz;
  std::string time_column;  ///< empty: guessed
  std::vector<Column> columns;
};

/// Parses the description file beside a table, NAME.columns.json:
/// {"rate_hz": 100, "time_column": "t", "columns": [{"name": "a1", "as": "acceleration_x",
/// "sensor": "left_foot", "unit": "m/s2"}]}. All fields but a column's name may be absent.
/// Errors: corrupt (no JSON), invalid_argument (another field, a type, a rate that is not positive, an
/// unknown unit; the cause names the place).
[[nodiscard]] Result<ColumnDescription> parse_column_description(std::string_view json);

}  // namespace reprise::sensing
