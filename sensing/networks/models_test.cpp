// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// An empty folder that is gone afterwards.
class ModelFolder : public testing::Test {
 protected:
  ModelFolder() {
    fs::create_directories(folder_);
    unsetenv("REPRISE_MODELS");
  }
  ~ModelFolder() override { fs::remove_all(folder_); }
  void write(std::string_view name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  fs::path folder_ = fs::path(testing::TempDir()) / ("reprise_models_" + std::to_string(getpid()));
};

TEST_F(ModelFolder, WithoutTheFileSaysWhichAndHowToInstall) {
  const auto models = load_models(folder_, ModelVariant::full);
  ASSERT_FALSE(models.has_value());
  EXPECT_EQ(models.error().code, ErrorCode::not_found);
  EXPECT_THAT(models.error().cause, HasSubstr("pose_solution_packed_assets.data is missing"));
  EXPECT_THAT(models.error().remedy, HasSubstr("npm ci"));
}

TEST_F(ModelFolder, WithAReplacedFileNamesBothHashes) {
  write("replaced.tflite", "abc");
  const auto file = load_model(folder_, {"replaced.tflite", std::string_view(kDetectorModel.sha256)});
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::corrupt);
  EXPECT_THAT(file.error().cause, HasSubstr("damaged or was replaced"));
  EXPECT_THAT(file.error().cause, HasSubstr("ba7816bf"));
  EXPECT_THAT(file.error().cause, HasSubstr(std::string(kDetectorModel.sha256)));
}

TEST_F(ModelFolder, WithTheRightBytesGivesThemAndTheirHash) {
  write("abc", "abc");
  const auto file =
      load_model(folder_, {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"});
  ASSERT_TRUE(file.has_value()) << to_string(file.error());
  EXPECT_EQ(file->bytes, (std::vector<std::uint8_t>{'a', 'b', 'c'}));
  EXPECT_EQ(file->name, "abc");
  EXPECT_EQ(file->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(ModelFolder, WithADirectoryInTheFilesPlaceIsUnreadable) {
  fs::create_directories(folder_ / "pose");
  const auto file = load_model(folder_, {"pose", ""});
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::unreadable);
}

TEST_F(ModelFolder, IsTakenFromTheCallerThenFromTheEnvironmentAndNotGuessedThen) {
  const auto nowhere = find_model_folder(folder_);
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(nowhere.error().code, ErrorCode::not_found);
  EXPECT_THAT(nowhere.error().cause, HasSubstr(folder_.string()));

  write(kDetectorModel.file_name, "anything");
  setenv("REPRISE_MODELS", folder_.c_str(), 1);
  EXPECT_EQ(find_model_folder().value(), folder_);
  EXPECT_FALSE(find_model_folder(folder_ / "elsewhere").has_value());
  unsetenv("REPRISE_MODELS");
}

TEST(PinnedModels, AreTheInstalledOnes) {
  const auto folder = find_model_folder();
  if (!folder) GTEST_SKIP() << to_string(folder.error());
  for (const auto variant : {ModelVariant::lite, ModelVariant::full, ModelVariant::heavy}) {
    const auto models = load_models(*folder, variant);
    ASSERT_TRUE(models.has_value()) << to_string(models.error());
    EXPECT_EQ(models->landmarks.sha256, kLandmarkModels[static_cast<std::size_t>(variant)].sha256);
    EXPECT_EQ(model_variant_from_name(to_string(variant)), variant);
  }
  EXPECT_EQ(model_variant_from_name("huge"), std::nullopt);
}

}  // namespace
}  // namespace reprise::sensing
