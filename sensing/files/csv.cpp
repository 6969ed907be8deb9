// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/csv.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

Result<void> check_table(std::span<const Seconds> time, std::span<const CsvColumn> columns,
                         const CsvWriteOptions& options) {
  const auto wrong = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, "writing a table", std::move(cause), "report this as a fault");
  };
  if (options.decimals.value_or(0) < 0 || options.decimals.value_or(0) > 12 || options.time_decimals < 0 ||
      options.time_decimals > 12) {
    return wrong("the number of decimals is not between 0 and 12");
  }
  for (const Seconds t : time) {
    if (!std::isfinite(t.value())) return wrong("a time is not finite");
  }
  std::set<std::string_view> names{"time_s"};
  for (const CsvColumn& column : columns) {
    if (column.name.empty()) return wrong("a column has no name");
    if (!names.insert(column.name).second) return wrong("two columns are named '" + shown(column.name) + "'");
    if (column.values.size() != time.size()) {
      return wrong("column '" + shown(column.name) + "' has " + std::to_string(column.values.size()) +
                   " values for " + std::to_string(time.size()) + " times");
    }
    for (const auto& value : column.values) {
      if (value && !std::isfinite(*value)) {
        return wrong("a value of column '" + shown(column.name) + "' is not finite");
      }
    }
  }
  return {};
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  const std::string_view first = rest_.substr(0, rest_.find_first_of("\r\n"));
  // Most frequent wins; a comma in a tie. Our own headers hold none of the three inside a name.
  const auto occurrences = [&](char c) { return std::count(first.begin(), first.end(), c); };
  if (occurrences(';') > occurrences(',')) separator_ = ';';
  if (occurrences('\t') > std::max(occurrences(','), occurrences(';'))) separator_ = '\t';
}

Result<std::string_view> CsvReader::quoted_field() {
  std::size_t from = 1;
  bool doubled = false;
  while (true) {
    const std::size_t quote = rest_.find('"', from);
    if (quote == std::string_view::npos) {
      return fail(ErrorCode::corrupt, "reading a table",
                  "line " + std::to_string(row_line_) + ": a quote is not closed", "save the table again");
    }
    if (quote + 1 < rest_.size() && rest_[quote + 1] == '"') {
      doubled = true;
      from = quote + 2;
      continue;
    }
    std::string_view content = rest_.substr(1, quote - 1);
    line_ += static_cast<std::size_t>(std::count(content.begin(), content.end(), '\n'));
    rest_.remove_prefix(quote + 1);
    if (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\r' && rest_.front() != '\n') {
      return fail(ErrorCode::corrupt, "reading a table",
                  "line " + std::to_string(row_line_) + ": text follows a closing quote",
                  "save the table again");
    }
    if (!doubled) return content;
    std::string plain;
    for (std::size_t i = 0; i < content.size(); ++i) {
      plain += content[i];
      if (content[i] == '"') ++i;
    }
    unquoted_.push_back(std::move(plain));
    return std::string_view{unquoted_.back()};
  }
}

Result<std::string_view> CsvReader::field() {
  if (rest_.starts_with('"')) return quoted_field();
  const char ends[] = {separator_, '\r', '\n'};
  const std::size_t end = std::min(rest_.find_first_of(std::string_view{ends, 3}), rest_.size());
  const std::string_view content = rest_.substr(0, end);
  rest_.remove_prefix(end);
  return content;
}

Result<bool> CsvReader::next(std::vector<std::string_view>& fields) {
  fields.clear();
  unquoted_.clear();
  unquoted_.reserve(kMaxColumns);  // so that views into short strings stay valid
  row_line_ = line_;
  if (rest_.empty()) return false;
  while (true) {
    if (fields.size() == kMaxColumns) {
      return fail(
          ErrorCode::unsupported, "reading a table",
          "line " + std::to_string(row_line_) + " has more than " + std::to_string(kMaxColumns) + " columns",
          "remove the columns that are not needed");
    }
    auto content = field();
    if (!content) return tl::unexpected(content.error());
    fields.push_back(*content);
    if (rest_.empty()) return true;
    const char end = rest_.front();
    rest_.remove_prefix(1);
    if (end == separator_) continue;  // a separator at the very end is followed by an empty field
    if (end == '\r' && rest_.starts_with('\n')) rest_.remove_prefix(1);
    ++line_;
    return true;
  }
}

Result<std::string> to_csv(std::span<const Seconds> time, std::span<const CsvColumn> columns,
                           const CsvWriteOptions& options) {
  if (auto checked = check_table(time, columns, options); !checked) return tl::unexpected(checked.error());
  std::string out = "time_s";
  for (const CsvColumn& column : columns) out += "," + quoted(column.name);
  out += '\n';
  for (std::size_t row = 0; row < time.size(); ++row) {
    append_fixed(out, time[row].value(), options.time_decimals);
    for (const CsvColumn& column : columns) {
      out += ',';
      const auto& value = column.values[row];
      if (!value) continue;
      if (options.decimals) {
        append_fixed(out, *value, *options.decimals);
      } else {
        append_number(out, *value);
      }
    }
    out += '\n';
  }
  return out;
}

Result<void> write_csv(const std::filesystem::path& path, std::span<const Seconds> time,
                       std::span<const CsvColumn> columns, const CsvWriteOptions& options) {
  const auto text = to_csv(time, columns, options);
  if (!text) return tl::unexpected(text.error());
  return write_file_atomically(path, *text);
}

}  // namespace reprise::sensing
