// The exercises that we ship: clean, complete, and true to what they say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "session/catalogue_files.h"

namespace reprise {
namespace {

std::filesystem::path shipped_folder() {
  return std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog" / "exercises";
}

TEST(ShippedCatalogue, EveryFileIsClean) {
  const auto files = read_catalogue(shipped_folder());
  ASSERT_TRUE(files) << to_string(files.error());
  const auto problems = check_catalogue(*files);
  EXPECT_TRUE(problems.empty()) << to_string(problems);
}

}  // namespace
}  // namespace reprise
