// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/text_lines.h"

#include <algorithm>

#include "sensing/files/number_text.h"

namespace reprise::sensing {

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t,") == std::string_view::npos;
}

char separator_of(std::string_view line) {
  if (line.find('\t') != std::string_view::npos) return '\t';
  return line.find(',') != std::string_view::npos ? ',' : ' ';
}

void split_cells(std::string_view line, char separator, std::size_t max,
                 std::vector<std::string_view>& cells) {
  cells.clear();
  if (separator == ' ') {
    for (line = trimmed(line); !line.empty() && cells.size() < max; line = trimmed(line)) {
      const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
      cells.push_back(line.substr(0, end));
      line.remove_prefix(end);
    }
    return;
  }
  while (cells.size() + 1 < max) {
    const std::size_t end = line.find(separator);
    if (end == std::string_view::npos) break;
    cells.push_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end + 1);
  }
  cells.push_back(trimmed(line));
}

}  // namespace reprise::sensing
