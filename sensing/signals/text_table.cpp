// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "sensing/activity/timestamp.h"
#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"
#include "sensing/files/text_lines.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingTable = "reading a signal table";
constexpr std::size_t kMaxTableColumns = 1024;
constexpr std::size_t kMaxPreludeLines = 500;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

using Cells = std::vector<std::string_view>;

bool is_missing_text(std::string_view cell) {
  constexpr std::array<std::string_view, 8> kTexts = {"nan", "na", "n/a", "null", "none", "-", "--", "nat"};
  if (cell.empty()) return true;
  if (cell.size() > 4) return false;
  const std::string word = lower_case(cell);
  return std::find(kTexts.begin(), kTexts.end(), word) != kTexts.end();
}

bool is_comment(std::string_view line) {
  line = trimmed(line);
  return line.starts_with('#') || line.starts_with('%') || line.starts_with("//");
}

bool is_rule(std::string_view line) {
  return line.find_first_not_of("-=_* \t") == std::string_view::npos;
}

char guess_separator(std::string_view line) {
  line = trimmed(line);
  for (const char c : {'\t', ';', ','}) {
    if (line.find(c) != std::string_view::npos) return c;
  }
  return line.find(' ') != std::string_view::npos ? ' ' : ',';
}

std::string_view unquoted(std::string_view cell) {
  cell = trimmed(cell);
  if (cell.size() >= 2 && (cell.front() == '"' || cell.front() == '\'') && cell.back() == cell.front())
    cell = trimmed(cell.substr(1, cell.size() - 2));
  return cell;
}

/// Cells of a line; a separator between double quotes does not count.
void split_row(std::string_view line, char separator, Cells& cells) {
  if (line.find('"') == std::string_view::npos) {
    split_cells(line, separator, kMaxTableColumns + 1, cells);
    return;
  }
  cells.clear();
  std::size_t from = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= line.size() && cells.size() <= kMaxTableColumns; ++i) {
    if (i < line.size() && line[i] == '"') quoted = !quoted;
    if (i < line.size() && (quoted || line[i] != separator)) continue;
    const std::string_view cell = unquoted(line.substr(from, i - from));
    if (separator != ' ' || !cell.empty()) cells.push_back(cell);
    from = i + 1;
  }
}

std::optional<double> number_of(std::string_view cell, bool decimal_comma) {
  if (!decimal_comma) return parse_number(cell);
  char buffer[64];
  if (cell.size() > sizeof buffer) return std::nullopt;
  std::replace_copy(cell.begin(), cell.end(), buffer, ',', '.');
  return parse_number({buffer, cell.size()});
}

/// Reads the prelude, finds the first row of numbers and how it is written, then reads the rows.
class TableReader {
 public:
  explicit TableReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] std::optional<std::size_t> header_bytes() {
    const std::size_t all = rest_.size();
    return find_first_row() ? std::optional{all - rest_.size()} : std::nullopt;
  }

  [[nodiscard]] Result<TextTable> read() {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    if (rest_.substr(0, 4096).find('\0') != std::string_view::npos) {
      return fail(ErrorCode::unsupported, kReadingTable, "the file is not plain text in UTF-8",
                  "save it as text in UTF-8");
    }
    if (!find_first_row()) {
      return fail(ErrorCode::nothing_measured, kReadingTable,
                  "there is no row of numbers in the first " + std::to_string(kMaxPreludeLines) + " lines",
                  "give a table with one row per sample");
    }
    if (columns_ > kMaxTableColumns) {
      return fail(
          ErrorCode::unsupported, kReadingTable,
          "a row has " + std::to_string(columns_) + " cells; at most " + std::to_string(kMaxTableColumns),
          "remove the columns that are not needed");
    }
    name_columns();
    if (auto ok = read_rows(); !ok) return tl::unexpected(ok.error());
    drop_texts();
    return std::move(table_);
  }

 private:
  /// At least half of the cells are numbers, times or empty, and one is no text.
  [[nodiscard]] bool is_data(std::string_view line, char separator, Cells& cells, bool& comma) const {
    split_row(line, separator, cells);
    std::size_t good = 0, measured = 0;
    comma = false;
    for (const std::string_view cell : cells) {
      const bool with_comma = separator != ',' && cell.find(',') != std::string_view::npos &&
                              !parse_number(cell) && number_of(cell, true);
      comma = comma || with_comma;
      const bool value = with_comma || parse_number(cell) || parse_timestamp(cell);
      good += value || is_missing_text(cell) ? 1 : 0;
      measured += value && !is_missing_text(cell) ? 1 : 0;
    }
    return measured > 0 && 2 * good >= cells.size();
  }

  [[nodiscard]] bool find_first_row() {
    Cells cells, next_cells;
    for (std::size_t lines = 0; lines < kMaxPreludeLines && !rest_.empty(); ++lines) {
      const std::string_view before = rest_;
      const std::string_view line = take_line(rest_);
      ++line_;
      if (is_blank(line) || line.starts_with("sep=") || is_rule(line)) continue;
      if (is_comment(line)) {
        read_comment(line);
        continue;
      }
      separator_ = guess_separator(line);
      if (is_data(line, separator_, cells, decimal_comma_) && confirmed(cells.size(), next_cells)) {
        columns_ = cells.size();
        for (const std::string_view cell : cells)
          dates_.push_back(!number_of(cell, decimal_comma_) && parse_timestamp(cell).has_value());
        rest_ = before;
        --line_;
        return true;
      }
      prelude_.push_back(line);
    }
    return false;
  }

  /// The next row, if there is one, has as many cells.
  [[nodiscard]] bool confirmed(std::size_t count, Cells& cells) const {
    std::string_view ahead = rest_;
    std::string_view line;
    while (!ahead.empty() && is_blank(line)) line = take_line(ahead);
    bool comma = false;
    if (is_blank(line) || ahead.empty()) return true;
    return is_data(line, separator_, cells, comma) && cells.size() == count;
  }

  void read_comment(std::string_view line) {
    line = trimmed(line);
    last_comment_ = trimmed(line.substr(line.find_first_not_of("#%/") == std::string_view::npos
                                            ? line.size()
                                            : line.find_first_not_of("#%/")));
    const std::string low = lower_case(last_comment_);
    const auto value_after = [&](std::string_view key) -> std::optional<std::string_view> {
      const std::size_t at = low.find(key);
      if (at == std::string::npos) return std::nullopt;
      const std::size_t mark = low.find_first_of(":=", at + key.size());
      if (mark == std::string::npos) return std::nullopt;
      const std::size_t value = low.find_first_not_of(":= \t", mark);
      if (value == std::string::npos) return std::nullopt;
      return trimmed(last_comment_.substr(value));
    };
    for (const std::string_view key :
         {"sampling rate", "sampling frequency", "sample rate", "sampling_rate", "rate_hz", "fs"}) {
      const auto value = value_after(key);
      if (!value || table_.rate_hz) continue;
      const auto number = parse_number(value->substr(0, value->find_first_not_of("0123456789.eE+")));
      if (number && *number > 0) table_.rate_hz = number;
    }
    if (const auto labels = value_after("labels"); labels && !low.starts_with('{')) labels_ = *labels;
    if (const auto units = value_after("units"); units && !low.starts_with('{')) units_ = *units;
    // OpenSignals writes its header as JSON: "column": ["nSeq", "A1"].
    if (const std::size_t at = low.find("\"column\": ["); at != std::string::npos) {
      const std::size_t open = at + 11;
      labels_ = last_comment_.substr(open, low.find(']', open) - open);
    }
  }

  /// The cells of a header row, as many as the data have columns; empty: the line has another number.
  [[nodiscard]] Cells header_cells(std::string_view line) const {
    Cells cells;
    for (const bool lenient : {false, true}) {
      for (const char separator : {separator_, guess_separator(line)}) {
        split_row(line, separator, cells);
        if (lenient && cells.size() + 1 == columns_) cells.insert(cells.begin(), std::string_view{});
        while (lenient && cells.size() > columns_ && cells.back().empty()) cells.pop_back();
        if (lenient && cells.size() != columns_)
          cells.erase(std::remove(cells.begin(), cells.end(), std::string_view{}), cells.end());
        if (cells.size() != columns_) continue;
        for (auto& cell : cells) cell = unquoted(cell);
        return cells;
      }
    }
    return {};
  }

  static std::string_view without_brackets(std::string_view cell) {
    if (cell.size() > 2 && (cell.front() == '(' || cell.front() == '['))
      return cell.substr(1, cell.size() - 2);
    return cell;
  }

  static bool is_unit_row(const Cells& cells) {
    std::size_t units = 0, filled = 0;
    for (const std::string_view cell : cells) {
      filled += cell.empty() ? 0 : 1;
      units += ucum_unit(without_brackets(cell)) ? 1 : 0;
    }
    return filled > 0 && 2 * units > filled;
  }

  static bool is_calibration_row(const Cells& cells) {
    return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
      const std::string word = lower_case(cell);
      return word == "cal" || word == "raw" || word == "uncal" || word.empty();
    });
  }

  void name_columns() {
    std::vector<Cells> rows;  // from the bottom up
    for (std::size_t i = prelude_.size(); i-- > 0 && rows.size() < 3;) {
      Cells cells = header_cells(prelude_[i]);
      if (cells.empty()) break;
      if (!is_calibration_row(cells)) rows.push_back(std::move(cells));
      if (columns_ == 1) break;
    }
    if (rows.empty() && !labels_.empty()) {
      if (Cells cells = header_cells(labels_); !cells.empty()) rows.push_back(std::move(cells));
    }
    if (rows.empty() && !last_comment_.empty() && columns_ > 1) {
      if (Cells cells = header_cells(last_comment_); !cells.empty()) rows.push_back(std::move(cells));
    }
    Cells units;
    if (rows.size() > 1 && is_unit_row(rows.front())) {
      units = rows.front();
      rows.erase(rows.begin());
    }
    if (units.empty() && !units_.empty()) {
      units = header_cells(units_);
      if (units.empty()) units.assign(columns_, units_);
    }
    table_.columns.resize(columns_);
    std::string_view sensor;
    for (std::size_t c = 0; c < columns_; ++c) {
      TextColumn& column = table_.columns[c];
      column.time_of_day = dates_[c];
      const std::string_view name = rows.empty() ? std::string_view{} : rows.front()[c];
      NameAndUnit split = split_unit(name);
      column.named = !name.empty();
      column.name = column.named ? std::move(split.name) : "column_" + std::to_string(c + 1);
      column.unit = std::move(split.unit);
      if (!units.empty()) {
        // A unit that is not known stays, so that it is not taken for another.
        const std::string_view said = trimmed(without_brackets(units[c]));
        if (auto unit = ucum_unit(said)) {
          column.unit = *unit;
        } else if (!said.empty() && said != "-") {
          column.unit = std::string{said};
        }
      }
      if (rows.size() > 1) {
        if (!rows[1][c].empty()) sensor = rows[1][c];  // a merged cell of a spreadsheet goes on to the right
        column.sensor = std::string{sensor};
      }
    }
  }

  [[nodiscard]] Result<void> read_rows() {
    const std::size_t most_rows = kMaxSignalValues / columns_;
    Cells cells;
    std::size_t first_wrong = 0, wrong_cells = 0;
    {
      std::string_view ahead = rest_;
      const std::size_t length = take_line(ahead).size() + 1;
      for (auto& column : table_.columns)
        column.values.reserve(std::min(most_rows, rest_.size() / length + rest_.size() / length / 16 + 1));
    }
    while (!rest_.empty()) {
      const std::string_view line = take_line(rest_);
      ++line_;
      if (is_blank(line) || is_comment(line)) continue;
      split_row(line, separator_, cells);
      if (cells.size() == columns_ + 1 && cells.back().empty()) cells.pop_back();
      if (cells.size() != columns_) {
        if (rest_.empty()) {
          table_.cut_off = true;
          break;
        }
        if (table_.dropped_rows++ == 0) first_wrong = line_, wrong_cells = cells.size();
        continue;
      }
      if (table_.rows() == most_rows) {
        return fail(ErrorCode::unsupported, kReadingTable,
                    "there are more than " + std::to_string(kMaxSignalValues) + " values",
                    "split the recording into shorter ones");
      }
      for (std::size_t c = 0; c < columns_; ++c) read_cell(table_.columns[c], cells[c]);
    }
    if (table_.dropped_rows > 0 && 10 * table_.dropped_rows >= table_.rows() + table_.dropped_rows) {
      return fail(ErrorCode::corrupt, kReadingTable,
                  std::to_string(table_.dropped_rows) +
                      " rows have another number of cells than the first; " + "line " +
                      std::to_string(first_wrong) + " has " + std::to_string(wrong_cells) + " instead of " +
                      std::to_string(columns_),
                  "export the table again");
    }
    return {};
  }

  void read_cell(TextColumn& column, std::string_view cell) {
    std::optional<double> value;
    if (column.time_of_day) {
      value = parse_timestamp(cell);
      if (value && table_.first_timestamp.empty()) table_.first_timestamp = std::string{cell.substr(0, 40)};
    } else {
      value = number_of(cell, decimal_comma_);
    }
    if (!value && !is_missing_text(cell)) ++column.unreadable;
    column.values.push_back(value && std::isfinite(*value) ? *value : kNaN);
  }

  void drop_texts() {
    const std::size_t half = table_.rows() / 2;
    auto& columns = table_.columns;
    if (std::all_of(columns.begin(), columns.end(), [&](const auto& c) { return c.unreadable > half; }))
      return;
    columns.erase(std::remove_if(columns.begin(), columns.end(),
                                 [&](const TextColumn& c) { return c.unreadable > half; }),
                  columns.end());
  }

  std::string_view rest_;
  std::size_t line_ = 0;
  std::vector<std::string_view> prelude_;  // lines that are neither comments nor data
  std::string_view last_comment_, labels_, units_;
  char separator_ = ',';
  bool decimal_comma_ = false;
  std::size_t columns_ = 0;
  std::vector<bool> dates_;
  TextTable table_;
};

}  // namespace

Result<TextTable> parse_text_table(std::string_view text) {
  return TableReader{text}.read();
}

std::optional<std::size_t> text_table_header(std::string_view text) {
  return TableReader{text}.header_bytes();
}

}  // namespace reprise::sensing
