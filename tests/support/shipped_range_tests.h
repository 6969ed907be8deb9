// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "exercises/catalog_files.h"
#include "exercises/range_of_motion.h"
#include "tests/support/or_exit.h"
#include "tests/support/shipped_catalog.h"

namespace reprise {

/// The folder of the tests of range of motion; needs REPRISE_SOURCE_DIR.
[[nodiscard]] inline std::filesystem::path range_folder() {
  return shipped_folder().parent_path() / "range_of_motion";
}

[[nodiscard]] inline const std::vector<exercises::RangeTest>& shipped_range_tests() {
  static const std::vector<exercises::RangeTest> kTests =
      or_exit(exercises::parse_range_tests(or_exit(exercises::read_catalog(range_folder()))));
  return kTests;
}

[[nodiscard]] inline std::string shipped_range_file(const char* name) {
  return or_exit(exercises::read_catalog_file(range_folder() / name)).text;
}

}  // namespace reprise
