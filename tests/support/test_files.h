// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace reprise {

/// A folder of its own, gone with everything in it at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "reprise_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::size_t file_count() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator{path_}, std::filesystem::directory_iterator{}));
  }

 private:
  std::filesystem::path path_;
};

inline void put_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file{path, std::ios::binary};
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

inline std::string get_file(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// A file of the real recordings (REPRISE_DATA, else beside the project). Tests skip where it does not exist.
inline std::filesystem::path shared_data(std::string_view name) {
  const char* chosen = std::getenv("REPRISE_DATA");
  const std::filesystem::path root =
      chosen != nullptr ? chosen : std::filesystem::path{REPRISE_SOURCE_DIR} / ".." / "shared" / "data";
  return root / name;
}

}  // namespace reprise

/// Skips the test, saying why, where a real recording is not on this machine.
#define REPRISE_NEEDS_DATA(path)                                         \
  do {                                                                   \
    if (!std::filesystem::exists(path)) {                                \
      GTEST_SKIP() << "the real recording " << (path) << " is not here"; \
    }                                                                    \
  } while (false)
