#include <fmt/format.h>

#include "cli/commands.h"

namespace reprise {

ExitCode report_error(const Error& error, const std::filesystem::path& input) {
  fmt::print(stderr, "reprise: {}{}\n", input.empty() ? "" : input.filename().string() + ": ",
             to_string(error));
  return exit_code(error.code);
}

}  // namespace reprise
