#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "exercises/catalogue.h"

namespace reprise {

// The only part of the catalogue that touches files; the browser hands texts to parse_catalogue itself.

/// One file's content. Errors: unreadable.
[[nodiscard]] Result<CatalogueFile> read_catalogue_file(const std::filesystem::path& file);

/// Every .json file of a folder, sorted by name. Errors: not_found where there is no such folder or no .json
/// file in it, unreadable.
[[nodiscard]] Result<std::vector<CatalogueFile>> read_catalogue(const std::filesystem::path& folder);

/// Reads and parses a folder. Errors: those of read_catalogue and parse_catalogue.
[[nodiscard]] Result<std::vector<CatalogueExercise>> load_catalogue(const std::filesystem::path& folder);

}  // namespace reprise
