// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "session/document.h"

namespace reprise::cli {

/// Prints the measured results in a few lines for a terminal.
void print_summary(const session::SessionDocument& document, const std::filesystem::path& input,
                   const std::filesystem::path& folder);
/// "4 to 102° (±11°)" or "0.62 to 0.98 (±0.05)".
[[nodiscard]] std::string range_words(const session::MeasuredRange& range);

/// The same for machines.
[[nodiscard]] nlohmann::ordered_json summary_json(const session::SessionDocument& document,
                                                  const std::filesystem::path& input,
                                                  const std::filesystem::path& folder);
[[nodiscard]] nlohmann::ordered_json error_json(const Error& error, const std::filesystem::path& input);

}  // namespace reprise::cli
