// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/storage.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/files/text_lines.h"

namespace reprise::sensing {
namespace {

constexpr std::string_view kSimulatedTable = " (simulated)";

constexpr const char* kReading = "reading a motion file (MOT, STO)";
constexpr const char* kWritingStorage = "writing a motion file (MOT, STO)";

tl::unexpected<Error> bad_storage(std::string cause, std::string remedy = "export the file again") {
  return fail(ErrorCode::corrupt, kReading, std::move(cause), std::move(remedy));
}

std::string_view without_separators(std::string_view line) {
  const std::size_t end = line.find_last_not_of(" \t,");
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

struct Counts {
  std::optional<long long> rows, columns;
};

class StorageReader {
 public:
  explicit StorageReader(std::string_view text) : rest_(text) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  [[nodiscard]] Result<StorageTable> read() && {
    if (auto header = read_header(); !header) return tl::unexpected(header.error());
    if (auto labels = read_labels(); !labels) return tl::unexpected(labels.error());
    if (auto rows = read_rows(); !rows) return tl::unexpected(rows.error());
    note_times();
    return std::move(table_);
  }

 private:
  [[nodiscard]] std::string place() const { return "line " + std::to_string(line_); }
  std::string_view next_line() {
    ++line_;
    return take_line(rest_);
  }

  [[nodiscard]] Result<void> read_header() {
    table_.name = without_separators(next_line());
    // A binary file has no lines; do not copy all of it into a message.
    if (table_.name.size() > 10'000)
      return bad_storage("the first line is not a name", "check that this is a MOT or STO file");
    if (same_word(table_.name, "endheader")) {
      table_.name.clear();
      return {};
    }
    constexpr std::size_t kMostNotes = 1000;
    while (!rest_.empty() && table_.notes.size() <= kMostNotes && line_ < 2 * kMostNotes) {
      const std::string_view line = without_separators(next_line());
      if (same_word(trimmed(line), "endheader")) return {};
      if (auto taken = take_header_line(line); !taken) return taken;
    }
    return bad_storage("there is no line 'endheader'", "check that this is a MOT or STO file");
  }

  [[nodiscard]] Result<void> take_header_line(std::string_view line) {
    const std::size_t end = std::min(line.find_first_of("= \t"), line.size());
    const std::string_view key = trimmed(line.substr(0, end));
    const std::string_view value = trimmed(line.substr(std::min(end + 1, line.size())));
    if (same_word(key, "nRows") || same_word(key, "datarows")) {
      counts_.rows = parse_integer(value);
      return {};
    }
    if (same_word(key, "nColumns") || same_word(key, "datacolumns")) {
      counts_.columns = parse_integer(value);
      return {};
    }
    if (same_word(key, "version") && line.find('=') != std::string_view::npos) return {};
    if (same_word(key, "inDegrees")) {
      if (same_word(value, "yes") || same_word(value, "true")) {
        table_.in_degrees = true;
      } else if (same_word(value, "no") || same_word(value, "false")) {
        table_.in_degrees = false;
      } else {
        return bad_storage(place() + ": inDegrees is '" + shown(value) + "'; expected yes or no",
                           "write inDegrees=yes or inDegrees=no");
      }
      return {};
    }
    // OpenSim's own notes before it had inDegrees.
    if (!table_.in_degrees && line == "Angles are in degrees.") table_.in_degrees = true;
    if (!table_.in_degrees && line == "Angles are in radians.") table_.in_degrees = false;
    table_.notes.emplace_back(line);
    return {};
  }

  [[nodiscard]] Result<void> read_labels() {
    std::string_view line;
    while (is_blank(line) && !rest_.empty()) line = next_line();
    if (is_blank(line)) return bad_storage("there are no column labels after 'endheader'");
    separator_ = separator_of(trimmed(line));
    split_cells(separator_ == ' ' ? line : without_separators(line), separator_, kMaxStorageColumns + 1,
                cells_);
    if (cells_.size() > kMaxStorageColumns) {
      return fail(ErrorCode::unsupported, kReading,
                  place() + " has more than " + std::to_string(kMaxStorageColumns) + " columns",
                  "export fewer columns");
    }
    for (const std::string_view cell : cells_) {
      if (cell.empty()) return bad_storage(place() + ": a column has no label");
      table_.labels.emplace_back(cell);
    }
    const auto found = static_cast<long long>(table_.labels.size());
    if (counts_.columns && *counts_.columns != found) {
      table_.warnings.push_back("The header declares " + std::to_string(*counts_.columns) +
                                " columns, the file holds " + std::to_string(found) + ".");
    }
    if (std::set<std::string_view>(table_.labels.begin(), table_.labels.end()).size() !=
        table_.labels.size()) {
      table_.warnings.emplace_back("Two or more columns have the same label.");
    }
    return {};
  }

  /// Appends one row, or changes nothing.
  [[nodiscard]] Result<void> read_row(std::string_view line) {
    const std::size_t columns = table_.labels.size();
    split_cells(line, separator_, columns + 2, cells_);
    while (cells_.size() > columns && is_blank(cells_.back())) cells_.pop_back();
    if (cells_.size() != columns) {
      return bad_storage(place() + " has " +
                         (cells_.size() > columns ? "more" : std::to_string(cells_.size())) +
                         " cells; there are " + std::to_string(columns) + " labels");
    }
    if (table_.values.size() + columns > kMaxStorageValues) {
      return fail(ErrorCode::unsupported, kReading,
                  place() + ": there are more than " + std::to_string(kMaxStorageValues) + " numbers",
                  "split the recording into shorter ones");
    }
    row_.clear();
    for (std::size_t c = 0; c < columns; ++c) {
      const auto value = parse_number(cells_[c]);
      if (!value || std::isinf(*value)) {
        return bad_storage(place() + ", column '" + shown(table_.labels[c]) + "': '" + shown(cells_[c]) +
                           "' is no number");
      }
      row_.push_back(std::isnan(*value) ? std::nullopt : value);
    }
    table_.values.insert(table_.values.end(), row_.begin(), row_.end());
    return {};
  }

  [[nodiscard]] Result<void> read_rows() {
    while (!rest_.empty()) {
      const bool unended = rest_.find('\n') == std::string_view::npos;
      const std::string_view line = next_line();
      if (is_blank(line)) continue;
      // The last line of a truncated file may end within a number without a sign of it.
      const bool torn = unended && counts_.rows && static_cast<long long>(table_.rows()) + 1 < *counts_.rows;
      if (torn) {
        table_.warnings.push_back("The last row (" + place() +
                                  ") has no end and was left out; the file seems to be cut off.");
      } else if (auto read = read_row(line); !read) {
        return read;
      }
    }
    if (table_.values.empty()) {
      return fail(ErrorCode::nothing_measured, kReading, "there are no rows", "export the file again");
    }
    if (counts_.rows && *counts_.rows != static_cast<long long>(table_.rows())) {
      table_.warnings.push_back("The header declares " + std::to_string(*counts_.rows) +
                                " rows, the file holds " + std::to_string(table_.rows()) + ".");
    }
    return {};
  }

  void note_times() {
    if (!same_word(table_.labels[0], "time")) return;
    for (std::size_t r = 1; r < table_.rows(); ++r) {
      if (table_.at(r, 0) && table_.at(r - 1, 0) && *table_.at(r, 0) > *table_.at(r - 1, 0)) continue;
      table_.warnings.push_back("The time does not rise at row " + std::to_string(r + 1) + ".");
      return;
    }
  }

  std::string_view rest_;
  std::size_t line_ = 0;
  char separator_ = '\t';
  Counts counts_;
  StorageTable table_;
  std::vector<std::string_view> cells_;
  std::vector<std::optional<double>> row_;
};

Result<void> check_writable(const StorageTable& table) {
  const auto wrong = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, kWritingStorage, std::move(cause), "report this as a fault");
  };
  if (table.labels.empty()) return wrong("there are no columns");
  if (table.values.size() % table.labels.size() != 0)
    return wrong("the number of values is not rows times columns");
  for (const std::string& label : table.labels) {
    if (label.empty() || label.find_first_of(" \t\r\n,") != std::string::npos) {
      return wrong("the label '" + shown(label) + "' is empty or holds a blank or a comma");
    }
  }
  for (const std::string& line : table.notes) {
    if (line.find_first_of("\r\n") != std::string::npos) return wrong("a note holds a line break");
  }
  if (table.name.find_first_of("\r\n") != std::string::npos) return wrong("the name holds a line break");
  for (const auto& value : table.values) {
    if (value && !std::isfinite(*value)) return wrong("a value is not finite");
  }
  return {};
}

}  // namespace

void mark_simulated(StorageTable& table) {
  table.name += kSimulatedTable;
  table.notes.emplace_back("Simulated: no person moved.");
}

bool is_simulated(const StorageTable& table) {
  return table.name.find(kSimulatedTable) != std::string::npos;
}

std::optional<std::size_t> StorageTable::column(std::string_view label) const {
  const auto found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - labels.begin());
}

Result<StorageTable> parse_storage(std::string_view text) {
  return StorageReader{text}.read();
}

Result<StorageTable> read_storage(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto text = read_file(path, max_bytes, kReading);
  if (!text) return tl::unexpected(text.error());
  return parse_storage(*text);
}

Result<std::string> to_storage(const StorageTable& table) {
  if (auto checked = check_writable(table); !checked) return tl::unexpected(checked.error());
  std::string out = table.name + "\nversion=1\nnRows=" + std::to_string(table.rows()) +
                    "\nnColumns=" + std::to_string(table.labels.size()) + "\n";
  if (table.in_degrees) out += std::string{"inDegrees="} + (*table.in_degrees ? "yes" : "no") + "\n";
  for (const std::string& note : table.notes) out += note + "\n";
  out += "endheader\n";
  for (std::size_t c = 0; c < table.labels.size(); ++c) out += (c > 0 ? "\t" : "") + table.labels[c];
  out += "\n";
  for (std::size_t r = 0; r < table.rows(); ++r) {
    for (std::size_t c = 0; c < table.labels.size(); ++c) {
      if (c > 0) out += '\t';
      if (const auto& value = table.at(r, c)) {
        append_number(out, *value);
      } else {
        out += "NaN";
      }
    }
    out += '\n';
  }
  return out;
}

}  // namespace reprise::sensing
