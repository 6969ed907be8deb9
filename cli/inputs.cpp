// SPDX-License-Identifier: Apache-2.0
#include "cli/inputs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>
#include <system_error>

#include "cli/commands.h"
#include "cli/interrupt.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFindingInput = "finding the input";

using Endings = std::span<const std::string_view>;
constexpr std::array<std::string_view, 12> kVideos = {".mp4", ".mov", ".m4v",  ".mkv", ".webm", ".avi",
                                                      ".3gp", ".mpg", ".mpeg", ".ts",  ".ogv",  ".wmv"};
// What holds landmarks and nothing else; .json and .csv hold many things, so such files are named.
constexpr std::array<std::string_view, 2> kLandmarks = {".trc", ".npy"};

std::vector<fs::path> files_ending_in(Endings endings, const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::string ending = entry.path().extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (entry.is_regular_file(error) && std::find(endings.begin(), endings.end(), ending) != endings.end())
      found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

Result<std::vector<fs::path>> expand_inputs(const std::vector<fs::path>& typed) {
  std::vector<fs::path> files;
  for (const fs::path& path : typed) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return fail(ErrorCode::not_found, kFindingInput, "no such file: " + path.string(),
                  "check the name and the folder");
    }
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    auto inside = files_ending_in(kVideos, path);
    if (inside.empty()) inside = files_ending_in(kLandmarks, path);
    if (inside.empty()) {
      return fail(
          ErrorCode::not_found, kFindingInput, "no video in the folder " + path.string(),
          "name a folder that holds videos (.mp4, .mov, .mkv, ...) or landmarks (.trc, .npy), or the files "
          "themselves");
    }
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

ExitCode for_each_input(const std::vector<fs::path>& typed,
                        const std::function<Result<void>(const fs::path&)>& act) {
  const auto inputs = expand_inputs(typed);
  if (!inputs) return report_error(inputs.error());
  catch_interrupts();
  ExitCode code = ExitCode::success;
  for (const fs::path& input : *inputs) {
    const auto done = act(input);
    if (done) continue;
    const ExitCode this_code = report_error(done.error(), input);
    if (code == ExitCode::success) code = this_code;
    if (done.error().code == ErrorCode::cancelled) break;
  }
  return code;
}

}  // namespace reprise::cli
