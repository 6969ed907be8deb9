// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "care/self_assessment/definition.h"
#include "exercises/catalog_files.h"
#include "tests/support/or_exit.h"

namespace reprise::care {

/// The shipped file; needs REPRISE_SOURCE_DIR.
[[nodiscard]] inline exercises::CatalogFile shipped_self_file() {
  return or_exit(exercises::read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) /
                                              "catalog/self_assessment/self_assessment.json"));
}

[[nodiscard]] inline const SelfDefinition& shipped_self_definition() {
  static const SelfDefinition kDefinition = or_exit(parse_self_definition(shipped_self_file()));
  return kDefinition;
}

}  // namespace reprise::care
