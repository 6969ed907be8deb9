// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "exercises/catalog.h"
#include "exercises/catalog_files.h"

namespace reprise {

/// The folder of the exercises that the project ships; needs REPRISE_SOURCE_DIR.
[[nodiscard]] inline std::filesystem::path shipped_folder() {
  return std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog" / "exercises";
}

[[nodiscard]] inline const std::vector<exercises::CatalogExercise>& shipped() {
  static const auto kCatalog = exercises::load_catalog(shipped_folder());
  EXPECT_TRUE(kCatalog) << to_string(kCatalog.error());
  return *kCatalog;
}

}  // namespace reprise
