// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/child_process.h"
#include "tests/support/test_files.h"

namespace reprise {

/// `reprise monitor --json`, running beside the test.
class MonitorProcess {
 public:
  /// Starts it and waits until it listens. `options`: further ones; `interval_s`: between its outputs.
  explicit MonitorProcess(const std::string& broker, const std::vector<std::string>& options = {},
                          const std::string& interval_s = "0.5");

  void start();
  int end(int signal) { return process_->end(signal); }
  [[nodiscard]] bool running() { return process_->running(); }
  [[nodiscard]] const rusage& usage() const { return process_->usage(); }
  /// The last line about a sensor; null before the first.
  [[nodiscard]] nlohmann::json last_line(const std::string& sensor) const;
  [[nodiscard]] std::string errors() const { return get_file(folder_ / "error"); }
  /// Waits for a condition, at most a minute. Returns whether it came true.
  template <class Condition>
  [[nodiscard]] static bool wait_for(Condition condition);

 private:
  static void pause();

  TemporaryFolder folder_;
  std::vector<std::string> command_;
  std::optional<ChildProcess> process_;
};

template <class Condition>
bool MonitorProcess::wait_for(Condition condition) {
  constexpr int kTries = 1200;
  for (int tries = 0; tries < kTries; ++tries) {
    if (condition()) return true;
    pause();
  }
  return false;
}

}  // namespace reprise
