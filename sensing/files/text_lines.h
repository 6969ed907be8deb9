// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace reprise::sensing {

// Lines and cells of the plain tables of motion capture (TRC, MOT, STO): no quotes, either line end.

/// Takes the next line off `rest`, without its end (LF or CRLF).
[[nodiscard]] std::string_view take_line(std::string_view& rest);

/// Whether a line holds nothing but blanks, tabs and commas.
[[nodiscard]] bool is_blank(std::string_view line);

/// Tab where the line has one, else comma where it has one, else ' ' for blanks.
[[nodiscard]] char separator_of(std::string_view line);

/// Puts the cells of a line into `cells`, without blanks around them. `separator` ' ' stands for any run of
/// blanks and tabs. Stops after `max` cells; the last then holds the rest.
void split_cells(std::string_view line, char separator, std::size_t max,
                 std::vector<std::string_view>& cells);

}  // namespace reprise::sensing
