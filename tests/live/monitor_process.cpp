// SPDX-License-Identifier: Apache-2.0
#include "tests/live/monitor_process.h"

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace reprise {

MonitorProcess::MonitorProcess(const std::string& broker, const std::vector<std::string>& options,
                               const std::string& interval_s)
    : command_{REPRISE_PROGRAM, "monitor", "--broker", broker, "--json", "--interval", interval_s} {
  command_.insert(command_.end(), options.begin(), options.end());
  start();
}

void MonitorProcess::start() {
  const std::size_t before = errors().size();
  process_.emplace(command_, folder_ / "out", folder_ / "error");
  const bool listens = wait_for(
      [&] { return !process_->running() || errors().find("Listening", before) != std::string::npos; });
  if (!listens || !process_->running()) throw std::runtime_error("reprise monitor: " + errors());
}

nlohmann::json MonitorProcess::last_line(const std::string& sensor) const {
  std::istringstream lines{get_file(folder_ / "out")};
  nlohmann::json last;
  for (std::string line; std::getline(lines, line);) {
    auto parsed = nlohmann::json::parse(line, nullptr, false);  // the last line may not be whole yet
    if (parsed.is_object() && parsed["sensor"] == sensor) last = std::move(parsed);
  }
  return last;
}

void MonitorProcess::pause() {
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

}  // namespace reprise
