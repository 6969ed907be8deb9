// SPDX-License-Identifier: Apache-2.0
#include "cli/opensim_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace reprise::cli {

namespace fs = std::filesystem;

namespace {

/// The path without links, as far as it exists.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path plain = fs::absolute(path).lexically_normal();
  const fs::path real = fs::weakly_canonical(plain, error);
  return error ? plain : real;
}

}  // namespace

Result<void> check_place(const fs::path& setup, bool named, const fs::path& output, const char* stage) {
  if (setup.empty() || named || output.empty()) return {};
  // A folder or file in it may be a link that leads elsewhere.
  const fs::path folder = resolved(fs::absolute(setup).lexically_normal().parent_path());
  const fs::path within = resolved(output).lexically_relative(folder);
  if (!within.empty() && *within.begin() != "..") return {};
  return fail(ErrorCode::invalid_argument, stage,
              fmt::format("the setup's output '{}' lies outside of its folder", output.string()),
              "name the output on the command line: --out FILE");
}

Result<void> check_outputs(const std::vector<fs::path>& outputs, std::vector<fs::path> inputs,
                           const fs::path& setup, const char* stage) {
  if (!setup.empty()) inputs.push_back(setup);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const fs::path& output = outputs[i];
    if (std::any_of(outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const fs::path& other) { return resolved(other) == resolved(output); })) {
      return fail(ErrorCode::invalid_argument, stage,
                  fmt::format("two outputs have the name '{}'", output.string()),
                  "give each output a name of its own");
    }
    for (const fs::path& input : inputs) {
      std::error_code none;
      if (!fs::equivalent(output, input, none)) continue;
      return fail(ErrorCode::invalid_argument, stage,
                  fmt::format("the output '{}' is the input '{}'", output.string(), input.string()),
                  "name another output: --out FILE");
    }
  }
  return {};
}

void print_tool_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& text : warnings) fmt::print("  ! {}\n", text);
}

void print_tool_json(const nlohmann::ordered_json& j) {
  fmt::print("{}\n", j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace reprise::cli
