#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise {

// MOT and STO, the tables of OpenSim: a name, header lines "key=value" (or, older, "key value"), any text,
// "endheader", column labels, rows. Separated by tabs; files separated by commas or blanks exist and are
// read.

/// A table as the file has it: numbers are not converted, and what they mean follows from their labels.
struct StorageTable {
  std::string name;  ///< the first line
  /// Whether angles are in degrees, as the header says. Empty where it does not say; OpenSim then takes them
  /// for radians.
  std::optional<bool> in_degrees;
  std::vector<std::string> notes;             ///< other lines of the header, as they are
  std::vector<std::string> labels;            ///< the first is "time" nearly always
  std::vector<std::optional<double>> values;  ///< [row * labels.size() + column]; empty: NaN in the file
  std::vector<std::string> warnings;

  [[nodiscard]] std::size_t rows() const { return labels.empty() ? 0 : values.size() / labels.size(); }
  [[nodiscard]] const std::optional<double>& at(std::size_t row, std::size_t column) const {
    return values[row * labels.size() + column];
  }
  /// The first column of that label.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view label) const;
};

inline constexpr std::size_t kMaxStorageColumns = 20'000;
inline constexpr std::size_t kMaxStorageValues = 50'000'000;  ///< 0.8 GB

/// Reads MOT or STO. Rows or columns that differ from the header's counts are a warning with both figures; so
/// are a torn last row, which is left out, labels that occur twice, and times that do not rise. Errors:
/// corrupt (no endheader, an unknown inDegrees, a label without a name, a cell that is no number, a row of
/// another length; the cause names the line), unsupported (above a limit), nothing_measured (no rows).
[[nodiscard]] Result<StorageTable> parse_storage(std::string_view text);

/// `parse_storage` of a file of at most `max_bytes`. Errors: those and the ones of `read_file`.
[[nodiscard]] Result<StorageTable> read_storage(const std::filesystem::path& path,
                                                std::size_t max_bytes = std::size_t{256} << 20);

/// Writes MOT or STO (they are the same) with the shortest digits that read back as the same numbers; what is
/// empty becomes NaN. Errors: invalid_argument (no columns, a label that is empty or holds a blank or
/// separator, counts that do not match, a number that is not finite, a line break in name or notes).
[[nodiscard]] Result<std::string> to_storage(const StorageTable& table);

}  // namespace reprise
