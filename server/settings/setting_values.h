// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to this module: values given for settings, before validation.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Text for any type of value: environment and flags have only text.
struct AnyText {
  std::string text;
};
/// A TOML value of a type that no setting has.
struct OtherValue {
  std::string kind;  ///< e.g. "a date"
};
using Value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>, AnyText, OtherValue>;

struct Given {
  std::string key;  ///< "listen.port"
  Value value;
  std::string place;  ///< "reprise.toml, line 3", or the name of the variable or flag
};

/// Parses all values of a TOML text. An error names the line.
[[nodiscard]] Result<std::vector<Given>> read_toml(std::string_view toml, const std::string& name);

/// Sets a value. Errors: no such key, invalid value.
[[nodiscard]] Result<void> apply_setting(const Given& given, Settings& settings);

/// Validates the combination of all settings.
[[nodiscard]] Result<void> check_together(const Settings& settings);

inline constexpr const char* kSettingsStage = "settings";

}  // namespace reprise::server
