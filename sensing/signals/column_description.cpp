// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/column_description.h"

#include <algorithm>
#include <array>

#include "json/node.h"
#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingDescription = "reading a description of columns";

bool known_fields(const json::Node& node, std::initializer_list<std::string_view> known,
                  json::ProblemList& problems) {
  bool good = true;
  for (const auto& [key, value] : node.fields()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    problems.add(value, "is no field of a description", "remove it or correct its name");
    good = false;
  }
  return good;
}

std::string text_field(const json::Node& node, const char* field, json::ProblemList& problems) {
  const json::Node value = node[field];
  if (!value.there()) return {};
  const auto text = value.text();
  if (!text) problems.add(value, "must be a text", "put it in quotes");
  return text.value_or("");
}

void parse_columns(const json::Node& list, ColumnDescription& out, json::ProblemList& problems) {
  for (const json::Node& item : list.items()) {
    known_fields(item, {"name", "as", "sensor", "unit"}, problems);
    ColumnDescription::Column column;
    column.name = text_field(item, "name", problems);
    column.meaning = text_field(item, "as", problems);
    column.sensor = text_field(item, "sensor", problems);
    if (column.name.empty()) problems.add(item["name"], "must name a column", "add the column's name");
    const std::string unit = text_field(item, "unit", problems);
    if (!unit.empty()) {
      const auto ucum = ucum_unit(unit);
      if (!ucum) problems.add(item["unit"], "must be a known unit", "write for example m/s2, g, deg/s or mV");
      column.unit = ucum.value_or("");
    }
    out.columns.push_back(std::move(column));
  }
}

}  // namespace

Result<ColumnDescription> parse_column_description(std::string_view text) {
  std::vector<json::Problem> syntax;
  const nlohmann::json document = json::parse_strict(text, "columns.json", syntax);
  if (!syntax.empty()) {
    return fail(ErrorCode::corrupt, kReadingDescription, json::to_string(syntax.front()),
                "correct the description");
  }
  json::ProblemList problems{"columns.json"};
  const json::Node root{&document};
  ColumnDescription out;
  if (!document.is_object()) problems.add(root, "must be an object", "begin it with {");
  known_fields(root, {"rate_hz", "time_column", "columns"}, problems);
  if (const json::Node rate = root["rate_hz"]; rate.there()) {
    out.rate_hz = rate.number();
    if (!out.rate_hz || !(*out.rate_hz > 0 && *out.rate_hz <= 1e6))
      problems.add(rate, "must be a number above 0 and at most 1000000", "write the samples per second");
  }
  out.time_column = text_field(root, "time_column", problems);
  const json::Node columns = root["columns"];
  if (columns.there() && !document["columns"].is_array()) problems.add(columns, "must be a list", "use [ ]");
  parse_columns(columns, out, problems);
  const auto found = problems.take();
  if (!found.empty()) {
    return fail(ErrorCode::invalid_argument, kReadingDescription, json::to_string(found.front()),
                "correct the description");
  }
  return out;
}

}  // namespace reprise::sensing
