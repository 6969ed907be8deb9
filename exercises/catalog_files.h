// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "exercises/catalog.h"

namespace reprise::exercises {

// The only part of the catalog that touches files; the browser hands texts to parse_catalog itself.

/// The folder of the shipped exercises: the environment variable REPRISE_CATALOG, else share/reprise beside
/// the program's folder, else the source this was built from.
[[nodiscard]] std::filesystem::path find_catalog_folder();

/// One file's content. Errors: unreadable.
[[nodiscard]] Result<CatalogFile> read_catalog_file(const std::filesystem::path& file);

/// Every .json file of a folder, sorted by name. Errors: not_found where there is no such folder or no .json
/// file in it, unreadable.
[[nodiscard]] Result<std::vector<CatalogFile>> read_catalog(const std::filesystem::path& folder);

/// Reads and parses a folder. Errors: those of read_catalog and parse_catalog.
[[nodiscard]] Result<std::vector<CatalogExercise>> load_catalog(const std::filesystem::path& folder);

}  // namespace reprise::exercises
