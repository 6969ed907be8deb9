// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <optional>
#include <string>

#include "tests/support/child_process.h"
#include "tests/support/test_files.h"

namespace reprise {

/// Debian's MQTT broker on a free port of this machine, with a folder of its own. It saves its memory every
/// half hour, as by default: what it holds is gone when it is killed.
class MosquittoBroker {
 public:
  /// `settings`: further lines of its configuration, of the listener; anonymous clients are allowed if empty.
  explicit MosquittoBroker(const std::string& settings = "");

  void kill();     ///< as `kill -9`
  void restart();  ///< on the same port; returns once it takes connections
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string address() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }
  /// Ends it, and returns what it used since the last start.
  rusage end();

 private:
  TemporaryFolder folder_;
  int port_;
  std::optional<ChildProcess> process_;
};

}  // namespace reprise
