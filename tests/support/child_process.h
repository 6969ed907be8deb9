// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <sys/resource.h>
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace reprise {

/// A program that runs beside the test, and never outlives it.
class ChildProcess {
 public:
  /// `command`: the program's path and its arguments. Its output goes to the end of the two files.
  ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& out,
               const std::filesystem::path& error);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  /// Kills it if it still runs.
  ~ChildProcess();

  /// Sends a signal and waits for the end. Returns the exit code, or 128 + the signal that ended it.
  int end(int signal);
  [[nodiscard]] bool running();
  /// What it used, after its end.
  [[nodiscard]] const rusage& usage() const { return usage_; }

 private:
  int wait();

  pid_t process_ = 0;
  int exit_code_ = -1;
  rusage usage_{};
};

}  // namespace reprise
