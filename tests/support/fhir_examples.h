// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: the official examples, as npm installs them.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "fhir/model/resource.h"
#include "tests/support/test_files.h"

namespace reprise::fhir {

inline std::filesystem::path example_folder() {
  return std::filesystem::path{REPRISE_SOURCE_DIR} / "node_modules/hl7.fhir.r4.examples";
}

/// An example that is known to parse.
inline Json example(const std::string& name) {
  auto resource = parse_resource(get_file(example_folder() / (name + ".json")));
  EXPECT_TRUE(resource) << name;
  return resource ? std::move(*resource) : Json{};
}

}  // namespace reprise::fhir
