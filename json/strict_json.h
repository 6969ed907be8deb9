// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json/problem.h"

namespace reprise::json {

struct StrictOptions {
  std::size_t max_bytes = 256 * 1024;
  std::size_t max_depth = 16;
  std::size_t max_text_bytes = 2000;  ///< of one string or field name
};

/// Parses JSON that a person wrote and reports what a plain parser lets pass: a field written twice (the
/// first would be lost), texts and nestings beyond any use. Problems are added to `problems`; the value
/// counts only where none was added.
[[nodiscard]] nlohmann::json parse_strict(std::string_view text, const std::string& file,
                                          std::vector<Problem>& problems, const StrictOptions& options = {});

/// A value for a message: short, one line, quoted where it is a text.
[[nodiscard]] std::string shown(const nlohmann::json& value);
/// The number as a person would write it: 0.1, 90, -12.5.
[[nodiscard]] std::string shown(double number);

/// `path` with one more step, escaped as RFC 6901 wants.
[[nodiscard]] std::string child_path(const std::string& path, std::string_view key);
[[nodiscard]] std::string child_path(const std::string& path, std::size_t index);

}  // namespace reprise::json
