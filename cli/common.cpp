// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"

namespace reprise::cli {

ExitCode report_error(const Error& error, const std::filesystem::path& input) {
  fmt::print(stderr, "reprise: {}{}\n", input.empty() ? "" : input.filename().string() + ": ",
             to_string(error));
  return exit_code(error.code);
}

}  // namespace reprise::cli
