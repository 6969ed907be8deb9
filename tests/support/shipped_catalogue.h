#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "exercises/catalogue.h"
#include "exercises/catalogue_files.h"

namespace reprise {

/// The folder of the exercises that the project ships; needs REPRISE_SOURCE_DIR.
[[nodiscard]] inline std::filesystem::path shipped_folder() {
  return std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog" / "exercises";
}

[[nodiscard]] inline const std::vector<CatalogueExercise>& shipped() {
  static const auto kCatalogue = load_catalogue(shipped_folder());
  EXPECT_TRUE(kCatalogue) << to_string(kCatalogue.error());
  return *kCatalogue;
}

}  // namespace reprise
