// SPDX-License-Identifier: Apache-2.0
#include "record/content/content.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>

#include "base/time.h"

namespace reprise::record {
namespace {

constexpr const char* kStage = "keeping a resource";

tl::unexpected<Error> not_a_group() {
  return fail(ErrorCode::corrupt, kStage, "the text is not one group of JSON",
              "send a FHIR resource as JSON");
}

// Valid JSON without blanks is all that the functions below see.

std::size_t end_of_text(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

std::size_t end_of_value(std::string_view json, std::size_t at) {
  int depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = end_of_text(json, at);
    } else {
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at;
    }
    if (depth == 0 && (c == '"' || c == '}' || c == ']')) return at;
  }
  return at;
}

/// Shows the name and the value of each field of a group; false where a name is written with escapes.
template <class See>
bool each_field(std::string_view group, See see) {
  for (std::size_t at = 1; at < group.size() && group[at] == '"';) {
    const std::size_t name_end = end_of_text(group, at);
    const std::size_t value_end = end_of_value(group, name_end + 1);
    const auto name = group.substr(at + 1, name_end - at - 2);
    if (name.find('\\') != std::string_view::npos) return false;
    if (!see(name, group.substr(name_end + 1, value_end - name_end - 1))) return false;
    at = value_end + 1;
  }
  return true;
}

void append_field(std::string& text, std::string_view name, std::string_view value) {
  text += ",\"";
  text += name;
  text += "\":";
  text += value;
}

bool append_meta(std::string& text, std::string_view meta) {
  return each_field(meta, [&](std::string_view name, std::string_view value) {
    const bool ours =
        name == "versionId" || name == "lastUpdated" || name == "_versionId" || name == "_lastUpdated";
    if (!ours) append_field(text, name, value);
    return true;
  });
}

}  // namespace

Result<std::string> content_text(std::string_view json) {
  std::string minified(json.size(), '\0');
  std::size_t size = 0;
  if (simdjson::minify(json.data(), json.size(), minified.data(), size)) return not_a_group();
  minified.resize(size);
  if (minified.size() < 2 || minified.front() != '{' || minified.back() != '}') return not_a_group();
  std::string meta;
  std::string rest;
  const bool understood = each_field(minified, [&](std::string_view name, std::string_view value) {
    if (name == "resourceType" || name == "id") return true;
    if (name == "meta") return append_meta(meta, value);
    append_field(rest, name, value);
    return true;
  });
  if (!understood) {
    return fail(ErrorCode::corrupt, kStage, "a field's name is written with escapes", "write it as it is");
  }
  return meta + "}" + rest + "}";
}

std::string instant_text(std::int64_t ms) {
  const std::int64_t days = (ms >= 0 ? ms : ms - kDayMs + 1) / kDayMs;
  const std::int64_t in_day = ms - days * kDayMs;
  const std::int64_t second = in_day / 1000;
  const auto date = [&] {
    // Howard Hinnant's days to civil date, in 64 bits.
    const std::int64_t z = days + 719468;
    const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const std::int64_t doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t month = mp < 10 ? mp + 3 : mp - 9;
    return std::array{yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
  }();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", date[0], date[1], date[2], second / 3600,
                     second / 60 % 60, second % 60, in_day % 1000);
}

std::string whole_text(const Identity& identity, std::string_view kept) {
  std::string text;
  text.reserve(kept.size() + identity.type.size() + identity.id.size() + 110);
  text += R"({"resourceType":")";
  text += identity.type;
  text += R"(","id":")";
  text += identity.id;
  text += R"(","meta":{"versionId":")";
  text += std::to_string(identity.version);
  text += R"(","lastUpdated":")";
  text += instant_text(identity.updated_ms);
  text += '"';
  text += kept;
  return text;
}

}  // namespace reprise::record
