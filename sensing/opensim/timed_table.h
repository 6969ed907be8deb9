// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "sensing/files/storage.h"

namespace reprise::sensing {

/// A table of OpenSim's (.mot, .sto) over time.
struct TimedTable {
  StorageTable table;
  std::vector<double> times_s;  ///< one for each row; they rise
  std::string file;             ///< its name, for messages

  /// All numbers of a column. Errors: corrupt (a gap; the cause names row and column).
  [[nodiscard]] Result<std::vector<double>> column(std::size_t index) const;
  /// Whether angles are in degrees: as the header says, else `setup`, else by the words of old headers.
  [[nodiscard]] bool in_degrees(std::optional<bool> setup = {}) const;
};

/// Checks a table that was parsed; `file` is its name for messages. Errors: corrupt (another first column
/// than the time, a gap in it, times that do not rise).
[[nodiscard]] Result<TimedTable> timed_table(StorageTable table, std::string file);

/// Reads a table whose first column is the time. Errors: those of `timed_table` and `read_storage`,
/// each with the file's name.
[[nodiscard]] Result<TimedTable> read_timed_table(const std::filesystem::path& path);

}  // namespace reprise::sensing
