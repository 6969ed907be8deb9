// SPDX-License-Identifier: Apache-2.0
#include "exercises/catalog_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace reprise::exercises {
namespace {

constexpr const char* kReadingCatalog = "reading the exercise catalog";

}  // namespace

std::filesystem::path find_catalog_folder() {
  namespace fs = std::filesystem;
  if (const char* wanted = std::getenv("REPRISE_CATALOG")) return wanted;
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = executable.parent_path().parent_path() / "share/reprise/catalog/exercises";
  if (!error && fs::is_directory(installed, error)) return installed;
  return fs::path{REPRISE_SOURCE_DIR} / "catalog/exercises";
}

Result<CatalogFile> read_catalog_file(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    return fail(ErrorCode::unreadable, kReadingCatalog, file.string() + " is a folder", "Name a .json file.");
  }
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) {
    return fail(ErrorCode::unreadable, kReadingCatalog, "cannot read " + file.string(),
                "Check that the file is there and that you may read it.");
  }
  return CatalogFile{file.filename().string(), std::move(text)};
}

Result<std::vector<CatalogFile>> read_catalog(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".json") paths.push_back(entry->path());
  }
  if (error) {
    return fail(ErrorCode::not_found, kReadingCatalog, "cannot open the folder " + folder.string(),
                "Name the folder that holds the exercise files (catalog/exercises).");
  }
  if (paths.empty()) {
    return fail(ErrorCode::not_found, kReadingCatalog, "no .json file in " + folder.string(),
                "Name the folder that holds the exercise files (catalog/exercises).");
  }
  std::sort(paths.begin(), paths.end());
  std::vector<CatalogFile> files;
  for (const auto& path : paths) {
    auto file = read_catalog_file(path);
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

Result<std::vector<CatalogExercise>> load_catalog(const std::filesystem::path& folder) {
  const auto files = read_catalog(folder);
  if (!files) return tl::unexpected(files.error());
  return parse_catalog(*files);
}

}  // namespace reprise::exercises
