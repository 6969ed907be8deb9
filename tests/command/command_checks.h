// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/command/run_command.h"
#include "tests/support/test_files.h"

namespace reprise {

inline nlohmann::json read_json(const std::filesystem::path& path) {
  return nlohmann::json::parse(get_file(path), nullptr, false);
}

/// An error as the contract wants it: the exit code, a stage, a cause, a remedy, and nothing left in `out`.
inline void expect_error(const Ran& ran, int exit_code, const std::string& cause,
                         const std::filesystem::path& out) {
  EXPECT_EQ(ran.exit_code, exit_code) << ran.error;
  EXPECT_THAT(ran.error, ::testing::HasSubstr(cause));
  EXPECT_THAT(ran.error, ::testing::StartsWith("reprise: ")) << "names the stage first";
  EXPECT_THAT(ran.error, ::testing::HasSubstr("what to do: "));
  if (std::filesystem::exists(out)) {
    EXPECT_TRUE(std::filesystem::is_empty(out)) << "something was left behind";
  }
}

}  // namespace reprise
