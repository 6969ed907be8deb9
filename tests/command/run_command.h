// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace reprise {

/// What a run of the `reprise` program gave.
struct Ran {
  int exit_code = -1;  ///< 128 + signal where one ended it
  std::string out;
  std::string error;
};

/// Runs the program that was built. `interrupt_after_ms` >= 0 sends it SIGINT that long after it
/// has begun to catch such signals. `environment`:
/// NAME=value. `max_file_bytes` > 0 makes every larger write fail, as on a full disk.
struct RunOptions {
  std::vector<std::string> environment = {};
  int interrupt_after_ms = -1;
  long max_file_bytes = 0;
};
[[nodiscard]] Ran run_reprise(const std::vector<std::string>& arguments, const RunOptions& options = {});

}  // namespace reprise
