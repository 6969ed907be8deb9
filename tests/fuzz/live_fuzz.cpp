// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string_view>

#include "pipeline/monitor/live_summaries.h"
#include "pipeline/monitor/monitor.h"

// Messages of live sensors, each its topic, a line break and its payload, apart by zero bytes: none may
// disturb the monitor, and acknowledgements never go back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  if (const auto wearers = pipeline::parse_sensor_wearers(rest)) {
    for (const auto& [sensor, wearer] : *wearers) must(!sensor.empty() && !wearer.patient.empty());
  }
  auto monitor = pipeline::Monitor::create({.record = {}, .acknowledge = true, .max_sensors = 4});
  must(monitor.has_value());
  std::map<std::pair<std::string, std::string>, std::uint64_t> acknowledged;
  while (!rest.empty()) {
    const std::string_view message = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(rest.size(), message.size() + 1));
    const std::string_view topic = message.substr(0, message.find('\n'));
    must(monitor->receive(topic, message.substr(std::min(message.size(), topic.size() + 1)), {}).has_value());
    const auto due = monitor->flush({});
    must(due.has_value() && due->size() <= 1);
    for (const auto& one : *due) {
      std::uint64_t& before = acknowledged[{one.sensor, one.stream}];
      must(one.next >= before);
      before = one.next;
      const auto read = sensing::parse_acknowledgement(one.sensor, sensing::acknowledgement_text(one));
      must(one.next >= sensing::kSequenceEnd ||
           (read && read->next == one.next && read->stream == one.stream));
    }
  }
  for (const auto& sensor : monitor->sensors({})) {
    for (const auto& value : {sensor.values.heart_rate_per_min, sensor.values.cadence_per_min})
      must(!value || std::isfinite(*value));
    for (const auto& envelope : sensor.values.emg) must(std::isfinite(envelope.microvolts));
  }
  return 0;
}
