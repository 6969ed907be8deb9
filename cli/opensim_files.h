// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace reprise::cli {

// What the commands of OpenSim's tools have in common about their files.

/// A setup from elsewhere must not write anywhere on this computer: only an output that the command line
/// names (`named`) leaves its folder, also by a link in it. Errors: invalid_argument.
[[nodiscard]] Result<void> check_place(const std::filesystem::path& setup, bool named,
                                       const std::filesystem::path& output, const char* stage);

/// Refuses an output that is one of the inputs, or another output (invalid_argument).
[[nodiscard]] Result<void> check_outputs(const std::vector<std::filesystem::path>& outputs,
                                         std::vector<std::filesystem::path> inputs,
                                         const std::filesystem::path& setup, const char* stage);

void print_tool_warnings(const std::vector<std::string>& warnings);
void print_tool_json(const nlohmann::ordered_json& j);

}  // namespace reprise::cli
