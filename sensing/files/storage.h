// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

// MOT and STO, the tables of OpenSim: a name, header lines "key=value" (or, older, "key value"),
// any text, "endheader", column labels, rows. Separated by tabs; commas and blanks are read,
// too.

/// A table as in the file. Numbers are not converted; their labels define their meaning.
struct StorageTable {
  std::string name;  ///< the first line
  /// Whether the header says that angles are in degrees. Empty if it does not say; OpenSim then assumes
  /// radians.
  std::optional<bool> in_degrees;
  std::vector<std::string> notes;             ///< other lines of the header, verbatim
  std::vector<std::string> labels;            ///< the first is nearly always "time"
  std::vector<std::optional<double>> values;  ///< [row * labels.size() + column]; empty: NaN in the file
  std::vector<std::string> warnings;

  [[nodiscard]] std::size_t rows() const { return labels.empty() ? 0 : values.size() / labels.size(); }
  [[nodiscard]] const std::optional<double>& at(std::size_t row, std::size_t column) const {
    return values[row * labels.size() + column];
  }
  /// Returns the first column with that label; empty if there is none.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view label) const;
};

/// Marks a table as of no person: in its name, which `is_simulated` reads, and in a note.
void mark_simulated(StorageTable& table);
[[nodiscard]] bool is_simulated(const StorageTable& table);

inline constexpr std::size_t kMaxStorageColumns = 20'000;
inline constexpr std::size_t kMaxStorageValues = 50'000'000;  ///< 0.8 GB

/// Parses MOT or STO. Warns about rows or columns that differ from the header's counts, a torn last row (left
/// out), duplicate labels, and times that do not rise. Errors: corrupt (no endheader, an unknown inDegrees,
/// an empty label, a cell that is not a number, a row of another length; the cause names the line),
/// unsupported (above a limit), nothing_measured (no rows).
[[nodiscard]] Result<StorageTable> parse_storage(std::string_view text);

/// Reads a file of at most `max_bytes` and parses it. Errors: those of `parse_storage` and `read_file`.
[[nodiscard]] Result<StorageTable> read_storage(const std::filesystem::path& path,
                                                std::size_t max_bytes = std::size_t{256} << 20);

/// Writes MOT or STO (they are the same) with the shortest digits that read back as the same numbers. Empty
/// values become NaN. Errors: invalid_argument (no columns, a label that is empty or holds a blank or
/// separator, counts that do not match, a number that is not finite, a line break in name or notes).
[[nodiscard]] Result<std::string> to_storage(const StorageTable& table);

}  // namespace reprise::sensing
