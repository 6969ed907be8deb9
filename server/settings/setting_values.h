#pragma once

// Of this module alone: what was given for a setting, before it is known whether it fits.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Text that stands for any kind of value: environment and flags have nothing else.
struct AnyText {
  std::string text;
};
/// A TOML value of a kind that no setting has.
struct OtherValue {
  std::string kind;  ///< e.g. "a date"
};
using Value = std::variant<bool, std::int64_t, std::string, std::vector<std::string>, AnyText, OtherValue>;

struct Given {
  std::string key;  ///< "listen.port"
  Value value;
  std::string place;  ///< "reprise.toml, line 3", or the name of the variable or flag
};

/// All values of a TOML text. An error names the line.
[[nodiscard]] Result<std::vector<Given>> read_toml(std::string_view toml, const std::string& name);

/// Puts a value where it belongs. Errors: no such key, not what the key takes.
[[nodiscard]] Result<void> apply_setting(const Given& given, Settings& settings);

/// Whether all of it goes together.
[[nodiscard]] Result<void> check_together(const Settings& settings);

inline constexpr const char* kSettingsStage = "settings";

}  // namespace reprise::server
