// SPDX-License-Identifier: Apache-2.0
#include <toml++/toml.h>

#include <algorithm>

#include "server/settings/setting_values.h"

namespace reprise::server {
namespace {

// A key of a thousand parts is a deeply nested table, and each level takes stack.
constexpr std::size_t kLongestLine = 4000;

std::string place_of(const std::string& name, const toml::source_region& source) {
  return name + ", line " + std::to_string(source.begin.line);
}

Value value_of(const toml::node& node) {
  if (const auto* truth = node.as_boolean()) return truth->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* list = node.as_array()) {
    std::vector<std::string> texts;
    for (const toml::node& one : *list) {
      const auto* text = one.as_string();
      if (text == nullptr) return OtherValue{"a list with something else than texts"};
      texts.push_back(text->get());
    }
    return texts;
  }
  return OtherValue{node.is_floating_point() ? "a number with a fraction" : "a date or time"};
}

void flatten(const toml::table& table, const std::string& prefix, const std::string& name,
             std::vector<Given>& all) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix + std::string{key.str()};
    if (const toml::table* inner = node.as_table()) {
      flatten(*inner, path + '.', name, all);
    } else {
      all.push_back({path, value_of(node), place_of(name, node.source())});
    }
  }
}

Result<void> check_line_lengths(std::string_view toml, const std::string& name) {
  for (std::size_t line = 1; !toml.empty(); ++line) {
    const std::size_t length = std::min(toml.find('\n'), toml.size());
    if (length > kLongestLine) {
      return fail(ErrorCode::unsupported, kSettingsStage,
                  name + ", line " + std::to_string(line) + ": longer than " + std::to_string(kLongestLine) +
                      " bytes",
                  "check that it is a settings file; write a long list on several lines");
    }
    toml.remove_prefix(std::min(length + 1, toml.size()));
  }
  return {};
}

}  // namespace

Result<std::vector<Given>> read_toml(std::string_view toml, const std::string& name) {
  if (auto checked = check_line_lengths(toml, name); !checked) return tl::unexpected(checked.error());
  try {
    const toml::table table = toml::parse(toml);
    std::vector<Given> all;
    flatten(table, "", name, all);
    return all;
  } catch (const toml::parse_error& error) {
    // The parser's own message may repeat the input; the location is enough.
    return fail(
        ErrorCode::corrupt, kSettingsStage, place_of(name, error.source()) + ": this is not TOML",
        "look for a missing quotation mark, equals sign or bracket, and for a key that is there twice");
  }
}

}  // namespace reprise::server
