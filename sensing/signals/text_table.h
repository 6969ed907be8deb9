// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// A column of a text file, before it is known what it means.
struct TextColumn {
  std::string name;            ///< "column_1", ... where the file has no header
  std::string unit;            ///< UCUM; empty: not said
  std::string sensor;          ///< from a header row above the names; may be empty
  bool named = true;           ///< false: the header has none, or there is no header
  bool time_of_day = false;    ///< values are seconds of a calendar or day clock, read from texts
  std::size_t unreadable = 0;  ///< cells that hold neither a number nor one of the texts for "missing"
  std::vector<double> values;  ///< NaN: missing; one per row
};

struct TextTable {
  std::vector<TextColumn> columns;
  std::optional<double> rate_hz;  ///< from a comment such as "# Sampling Rate (Hz):= 100"
  std::string first_timestamp;    ///< of a column of dates, as written; may be empty
  std::size_t dropped_rows = 0;   ///< with another number of cells
  bool cut_off = false;           ///< the last line is incomplete

  [[nodiscard]] std::size_t rows() const { return columns.empty() ? 0 : columns.front().values.size(); }
};

/// Reads a table of numbers from text: cells between tabs, ';', ',' or blanks; none, one, two or three header
/// rows (sensors, names, units, told apart by content), comment lines with '#' or '%', a decimal comma where
/// ';' or tabs separate. Empty cells and "NaN" are missing. A column of texts other than dates is left out.
/// Errors: nothing_measured (no rows of numbers), unsupported (too many columns or values), corrupt (more
/// than a tenth of the rows have another number of cells; the cause names the first line).
[[nodiscard]] Result<TextTable> parse_text_table(std::string_view text);

/// How many bytes lie before the first row of numbers: with them in front, any later rows are read as those
/// of the same table. `text`: the table's beginning. Empty: there is no row of numbers.
[[nodiscard]] std::optional<std::size_t> text_table_header(std::string_view text);

}  // namespace reprise::sensing
