// SPDX-License-Identifier: Apache-2.0
#include "json/strict_json.h"

#include <cstdio>
#include <set>
#include <utility>

namespace reprise::json {
namespace {

constexpr std::size_t kShownBytes = 60;

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (out.size() >= kShownBytes && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) return out + "...";
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

// Follows the parser: the open object, and the names that it has had.
struct Watch {
  std::vector<std::set<std::string>> open;
  std::vector<std::string> twice;
  bool too_deep = false;
  bool too_long = false;
};

std::string position_of(std::string_view text, std::size_t byte) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i + 1 < byte && i < text.size(); ++i) {
    column = text[i] == '\n' ? 1 : column + 1;
    if (text[i] == '\n') ++line;
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

nlohmann::json parse_strict(std::string_view text, const std::string& file, std::vector<Problem>& problems,
                            const StrictOptions& options) {
  if (text.size() > options.max_bytes) {
    problems.push_back({file, "", std::to_string(text.size()) + " bytes",
                        "a file may have at most " + std::to_string(options.max_bytes),
                        "Keep one exercise in a file, and recordings and pictures elsewhere."});
    return {};
  }
  Watch watch;
  const auto callback = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    const auto too_long = [&](const nlohmann::json& value) {
      return value.is_string() && value.get_ref<const std::string&>().size() > options.max_text_bytes;
    };
    switch (event) {
      case nlohmann::json::parse_event_t::object_start:
      case nlohmann::json::parse_event_t::array_start:
        if (static_cast<std::size_t>(depth) >= options.max_depth) watch.too_deep = true;
        if (event == nlohmann::json::parse_event_t::object_start) watch.open.emplace_back();
        break;
      case nlohmann::json::parse_event_t::object_end: watch.open.pop_back(); break;
      case nlohmann::json::parse_event_t::key:
        if (!watch.open.back().insert(parsed.get<std::string>()).second) {
          watch.twice.push_back(parsed.get<std::string>());
        }
        [[fallthrough]];
      case nlohmann::json::parse_event_t::value: watch.too_long = watch.too_long || too_long(parsed); break;
      case nlohmann::json::parse_event_t::array_end: break;
    }
    return !watch.too_deep;
  };
  nlohmann::json document;
  try {
    document = nlohmann::json::parse(text.begin(), text.end(), callback);
  } catch (const nlohmann::json::parse_error& error) {
    problems.push_back({file, "", "text that is not JSON at " + position_of(text, error.byte),
                        "the file must be valid JSON",
                        "Look there for a missing comma, quote or bracket, or a comma too many."});
    return {};
  } catch (const nlohmann::json::exception&) {
    problems.push_back({file, "", "a number that is too large", "numbers must fit double precision",
                        "Look for a number with too many digits or a large exponent."});
    return {};
  }
  if (watch.too_deep) {
    problems.push_back({file, "", "objects or lists nested too deeply",
                        "at most " + std::to_string(options.max_depth) + " levels are allowed",
                        "Look for a bracket that is not closed where it should be."});
    return {};
  }
  if (watch.too_long) {
    problems.push_back({file, "", "a text without end",
                        "a text may have at most " + std::to_string(options.max_text_bytes) + " bytes",
                        "Shorten it; look for a quote that is not closed."});
    return {};
  }
  for (const std::string& name : watch.twice) {
    problems.push_back({file, "", "the field \"" + one_line(name) + "\" twice in one group",
                        "a field may stand in a group only once", "Remove one of the two."});
  }
  return document;
}

std::string shown(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", number);
  return text;
}

std::string shown(const nlohmann::json& value) {
  switch (value.type()) {
    case nlohmann::json::value_t::null: return "null";
    case nlohmann::json::value_t::string: return '"' + one_line(value.get_ref<const std::string&>()) + '"';
    case nlohmann::json::value_t::object: return "a group of fields";
    case nlohmann::json::value_t::array: return "a list of " + std::to_string(value.size());
    case nlohmann::json::value_t::boolean: return value.get<bool>() ? "true" : "false";
    case nlohmann::json::value_t::number_float: return shown(value.get<double>());
    default: return one_line(value.dump());
  }
}

std::string child_path(const std::string& path, std::string_view key) {
  std::string out = path + '/';
  for (const char c : key) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string child_path(const std::string& path, std::size_t index) {
  return path + '/' + std::to_string(index);
}

}  // namespace reprise::json
