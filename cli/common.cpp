#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "cli/commands.h"

namespace reprise {

ExitCode report_error(const Error& error, const std::filesystem::path& input) {
  fmt::print(stderr, "reprise: {}{}\n", input.empty() ? "" : input.filename().string() + ": ",
             to_string(error));
  return exit_code(error.code);
}

std::filesystem::path catalog_folder() {
  namespace fs = std::filesystem;
  if (const char* wanted = std::getenv("REPRISE_CATALOG")) return wanted;
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = executable.parent_path().parent_path() / "share/reprise/catalog/exercises";
  if (!error && fs::is_directory(installed, error)) return installed;
  return fs::path{REPRISE_SOURCE_DIR} / "catalog/exercises";
}

}  // namespace reprise
