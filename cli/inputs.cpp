#include "cli/inputs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>

namespace reprise {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFindingInput = "finding the input";

bool looks_like_video(const fs::path& path) {
  static constexpr std::array<std::string_view, 12> kEndings = {
      ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".3gp", ".mpg", ".mpeg", ".ts", ".ogv", ".wmv"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
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
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path, error)) {
      if (entry.is_regular_file(error) && looks_like_video(entry.path())) inside.push_back(entry.path());
    }
    if (inside.empty()) {
      return fail(ErrorCode::not_found, kFindingInput, "no video in the folder " + path.string(),
                  "name a folder that holds videos (.mp4, .mov, .mkv, ...), or the files themselves");
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

}  // namespace reprise
