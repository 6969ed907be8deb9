// SPDX-License-Identifier: Apache-2.0
#include "pipeline/event_table.h"

#include <fmt/format.h>

namespace reprise::pipeline {
namespace {

// RFC 4180. A spreadsheet takes a leading =, +, - or @ for a formula.
std::string csv_text(const std::string& text) {
  const bool formula = !text.empty() && std::string_view{"=+-@"}.find(text.front()) != std::string_view::npos;
  const std::string plain = formula ? "'" + text : text;
  if (plain.find_first_of(",\"\r\n") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char c : plain) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
  return quoted + '"';
}

}  // namespace

std::string event_table_csv(const session::EventTable& table) {
  std::string out = "start_s,end_s,side,part,note";
  for (const session::SignalMeasure column : table.columns) {
    const session::SignalMeasureInfo& facts = session::info(column);
    out += fmt::format(",{} [{}]", facts.name, facts.ucum);
  }
  out += '\n';
  for (const session::MeasuredEvent& row : table.rows) {
    const char* side = row.side ? (*row.side == Side::left ? "left" : "right") : "";
    out += fmt::format("{:.3f},{:.3f},{},{},{}", row.start.value(), row.end.value(), side, csv_text(row.part),
                       csv_text(row.note));
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const session::SignalMeasureInfo& facts = session::info(table.columns[i]);
      out += ',';
      if (row.values[i]) out += fmt::format("{:.{}f}", *row.values[i] * facts.factor, facts.decimals + 2);
    }
    out += '\n';
  }
  return out;
}

}  // namespace reprise::pipeline
