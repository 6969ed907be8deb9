// SPDX-License-Identifier: Apache-2.0
#include "cli/monitor_view.h"

#include <fmt/format.h>

#include <cmath>

#include "json/write.h"
#include "sensing/signals/activity_series.h"

namespace reprise::cli {
namespace {

using pipeline::MonitorTime;
using pipeline::SensorStatus;

double seconds_since(MonitorTime then, MonitorTime now) {
  return std::chrono::duration<double>(now - then).count();
}

std::string whole(const std::optional<double>& value) {
  return value ? fmt::format("{:.0f}", *value) : "-";
}

std::string envelopes(const SensorStatus& sensor) {
  std::string text;
  for (const auto& envelope : sensor.values.emg)
    text += fmt::format("{}{:.0f}", text.empty() ? "" : " ", envelope.microvolts);
  return text.empty() ? "-" : text;
}

std::string remarks(const SensorStatus& sensor) {
  std::string text;
  for (const std::string& remark : sensor.values.remarks) text += (text.empty() ? "  " : "; ") + remark;
  return text;
}

double tenths(double value) {
  return std::round(value * 10) / 10;
}

std::optional<double> tenths(const std::optional<double>& value) {
  return value ? std::optional{tenths(*value)} : std::nullopt;
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point at) {
  return sensing::iso_timestamp(std::chrono::duration<double>(at.time_since_epoch()).count());
}

std::string monitor_table(const std::vector<SensorStatus>& sensors, MonitorTime now, std::size_t max_rows) {
  if (sensors.empty()) return "No sensor has sent anything yet.\n";
  std::string text =
      fmt::format("{:<20} {:>7} {:>10} {:>6} {:>8} {:>9} {:>9} {:>8} {:>6}  {}\n", "sensor", "seen",
                  "samples", "lost", "battery", "heart/min", "steps/min", "EMG uV", "rests", "remarks");
  for (std::size_t i = 0; i < sensors.size() && i < max_rows; ++i) {
    const SensorStatus& sensor = sensors[i];
    const std::string rests = sensor.values.at_rest ? (*sensor.values.at_rest ? "yes" : "no") : "-";
    text += fmt::format("{:<20} {:>5.0f} s {:>10} {:>6} {:>8} {:>9} {:>9} {:>8} {:>6}{}\n", sensor.sensor,
                        seconds_since(sensor.last_seen, now), sensor.samples, sensor.lost,
                        sensor.battery_percent ? whole(sensor.battery_percent) + " %" : "-",
                        whole(sensor.values.heart_rate_per_min), whole(sensor.values.cadence_per_min),
                        envelopes(sensor), rests, remarks(sensor));
  }
  if (sensors.size() > max_rows) text += fmt::format("and {} more\n", sensors.size() - max_rows);
  return text;
}

std::string monitor_json_lines(const std::vector<SensorStatus>& sensors, MonitorTime now,
                               std::chrono::system_clock::time_point at) {
  const std::string time = utc_text(at);
  std::string text;
  for (const SensorStatus& sensor : sensors) {
    json::Json envelopes = json::Json::object();
    for (const auto& envelope : sensor.values.emg) envelopes[envelope.channel] = tenths(envelope.microvolts);
    const json::Json line = {{"at", time},
                             {"sensor", sensor.sensor},
                             {"stream", sensor.stream},
                             {"last_seen_s", tenths(seconds_since(sensor.last_seen, now))},
                             {"samples", sensor.samples},
                             {"repeated", sensor.repeated},
                             {"ahead", sensor.ahead},
                             {"lost", sensor.lost},
                             {"battery_percent", json::or_null(sensor.battery_percent)},
                             {"heart_rate_per_min", json::or_null(tenths(sensor.values.heart_rate_per_min))},
                             {"cadence_per_min", json::or_null(tenths(sensor.values.cadence_per_min))},
                             {"emg_envelope_uv", envelopes},
                             {"at_rest", json::or_null(sensor.values.at_rest)},
                             {"remarks", sensor.values.remarks}};
    text += json::write(line) + "\n";
  }
  return text;
}

}  // namespace reprise::cli
