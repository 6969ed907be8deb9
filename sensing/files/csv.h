// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::sensing {

/// Reads separated text row by row (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; also
/// LF alone, a byte order mark, and ';' or tab as separator, found from the first line). Copies nothing but
/// fields with doubled quotes. The text must outlive the reader.
class CsvReader {
 public:
  static constexpr std::size_t kMaxColumns = 4096;

  explicit CsvReader(std::string_view text);

  /// Puts the next row's fields into `fields`; they are valid until the next call. False at the end.
  /// An empty line is a row of one empty field.
  /// Errors: corrupt (a quote is not closed, or text follows a closing quote), unsupported (too many
  /// columns).
  [[nodiscard]] Result<bool> next(std::vector<std::string_view>& fields);

  /// The line on which the row last returned starts, from 1.
  [[nodiscard]] std::size_t line() const { return row_line_; }
  [[nodiscard]] char separator() const { return separator_; }

 private:
  [[nodiscard]] Result<std::string_view> field();
  [[nodiscard]] Result<std::string_view> quoted_field();

  std::string_view rest_;
  char separator_ = ',';
  std::size_t line_ = 1;
  std::size_t row_line_ = 0;
  std::vector<std::string> unquoted_;  // fields with doubled quotes, of this row
};

/// One column of a table over time; the unit belongs into the name, e.g. "left_knee_flexion_deg".
struct CsvColumn {
  std::string name;
  std::vector<std::optional<double>> values;  ///< empty: not measured, an empty cell
};

struct CsvWriteOptions {
  std::optional<int> decimals = {};  ///< 0 to 12; empty: the shortest text that reads back as the same number
  int time_decimals = 6;             ///< 0 to 12
};

/// A table as CSV: a column "time_s", then the others; a decimal point in every locale, LF, UTF-8, no mark.
/// `time` and every column have the same length. Errors: invalid_argument (lengths differ, a name is empty or
/// occurs twice, a value is not finite, decimals out of range).
[[nodiscard]] Result<std::string> to_csv(std::span<const Seconds> time, std::span<const CsvColumn> columns,
                                         const CsvWriteOptions& options = {});

/// `to_csv` into a file, whole or not at all. Errors: those of `to_csv` and of `write_file_atomically`.
[[nodiscard]] Result<void> write_csv(const std::filesystem::path& path, std::span<const Seconds> time,
                                     std::span<const CsvColumn> columns, const CsvWriteOptions& options = {});

}  // namespace reprise::sensing
