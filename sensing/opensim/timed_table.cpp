// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/timed_table.h"

#include <algorithm>

#include "base/text.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingTable = "reading a table over time";

}  // namespace

Result<std::vector<double>> TimedTable::column(std::size_t index) const {
  std::vector<double> values;
  values.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto& value = table.at(row, index);
    if (!value) {
      return fail(
          ErrorCode::corrupt, kReadingTable,
          "'" + file + "': row " + std::to_string(row + 1) + " has no '" + shown(table.labels[index]) + "'",
          "fill the gap, or cut the recording");
    }
    values.push_back(*value);
  }
  return values;
}

bool TimedTable::in_degrees(std::optional<bool> setup) const {
  if (table.in_degrees) return *table.in_degrees;
  if (setup) return *setup;
  return std::any_of(table.notes.begin(), table.notes.end(), [](const std::string& note) {
    return note.find("Angles are in degrees") != std::string::npos ||
           note.find("SIMM Motion File") != std::string::npos;
  });
}

Result<TimedTable> read_timed_table(const std::filesystem::path& path) {
  auto read = read_storage(path);
  if (!read) return tl::unexpected(error_in_file(read.error(), path));
  return timed_table(std::move(*read), path.filename().string());
}

Result<TimedTable> timed_table(StorageTable table, std::string file) {
  TimedTable out{std::move(table), {}, std::move(file)};
  if (!same_word(out.table.labels.front(), "time")) {
    return fail(
        ErrorCode::corrupt, kReadingTable,
        "'" + out.file + "': the first column is '" + shown(out.table.labels.front()) + "'; expected 'time'",
        "put the time (s) in the first column");
  }
  auto times = out.column(0);
  if (!times) return tl::unexpected(times.error());
  out.times_s = std::move(*times);
  const auto fall = std::adjacent_find(out.times_s.begin(), out.times_s.end(), std::greater_equal<>{});
  if (fall == out.times_s.end()) return out;
  return fail(
      ErrorCode::corrupt, kReadingTable,
      "'" + out.file + "': the time does not rise at row " + std::to_string(fall - out.times_s.begin() + 2),
      "remove rows with the same time, and sort the others");
}

}  // namespace reprise::sensing
