// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/sections/page.h"

namespace reprise::report {

/// A table that falls apart into cards on a phone; the roles keep it a table for those who hear it.
class Table {
 public:
  Table(Html& html, const Words& words, std::vector<std::string> columns)
      : html_(html), words_(words), columns_(std::move(columns)) {}

  void begin(const std::string& caption) {
    html_.open("table", {{"class", "cards"}, {"role", "table"}}).leaf("caption", caption);
    html_.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    for (const std::string& column : columns_)
      html_.leaf("th", {{"scope", "col"}, {"role", "columnheader"}}, column);
    html_.close().close().open("tbody", {{"role", "rowgroup"}});
  }
  void end() { html_.close().close(); }

  void begin_row(const std::string& style) {
    html_.open("tr", {{"role", "row"}, {"class", style}});
    column_ = 0;
  }
  void end_row() { html_.close(); }
  void head(const std::string& text) {
    html_.leaf("th", {{"scope", "row"}, {"role", "rowheader"}, {"data-label", columns_[column_++]}}, text);
  }
  void open_cell(const char* style) {
    html_.open("td", {{"role", "cell"}, {"data-label", columns_[column_++]}, {"class", style}});
  }
  void cell(const std::string& text, const char* style = "number") {
    open_cell(style);
    value_or_not_measured(html_, words_, text);
    html_.close();
  }

 private:
  Html& html_;
  const Words& words_;
  std::vector<std::string> columns_;
  std::size_t column_ = 0;
};

}  // namespace reprise::report
