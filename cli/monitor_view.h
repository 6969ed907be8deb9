// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "pipeline/monitor/monitor.h"

namespace reprise::cli {

/// "2026-03-14T09:30:00.000Z".
[[nodiscard]] std::string utc_text(std::chrono::system_clock::time_point at);

/// A table for people: a row for each sensor, at most `max_rows`; the rest is counted.
[[nodiscard]] std::string monitor_table(const std::vector<pipeline::SensorStatus>& sensors,
                                        pipeline::MonitorTime now, std::size_t max_rows);

/// For programs: one line of JSON for each sensor. `at`: when it is printed.
[[nodiscard]] std::string monitor_json_lines(const std::vector<pipeline::SensorStatus>& sensors,
                                             pipeline::MonitorTime now,
                                             std::chrono::system_clock::time_point at);

}  // namespace reprise::cli
