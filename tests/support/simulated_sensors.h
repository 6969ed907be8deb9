// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and measurements only.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace reprise {

struct SimulatedSensorsOptions {
  int port = 1883;
  std::size_t sensors = 2000;
  std::size_t gateways = 8;  ///< connections, each for its share of the sensors
  double rate_hz = 50;
  std::uint64_t samples = 500;  ///< that each sensor sends
  std::size_t samples_per_message = 10;
  bool in_real_time = true;    ///< false: as fast as they are acknowledged
  std::uint64_t window = 150;  ///< samples of a sensor that may be sent without an acknowledgement
};

/// SIMULATED sensors at the lower back, as an integrator would write them (docs/reference/live-sensors.md):
/// each keeps every sample until it is acknowledged, and sends from the acknowledged one on again where an
/// acknowledgement says so or stays out.
class SimulatedSensors {
 public:
  explicit SimulatedSensors(const SimulatedSensorsOptions& options);
  SimulatedSensors(const SimulatedSensors&) = delete;
  SimulatedSensors& operator=(const SimulatedSensors&) = delete;
  ~SimulatedSensors();

  /// Waits until everything is acknowledged; false if that takes longer than `seconds`.
  [[nodiscard]] bool wait_until_acknowledged(double seconds) const;
  [[nodiscard]] std::uint64_t messages_sent() const { return messages_; }
  /// How often a sensor went back to its last acknowledged sample.
  [[nodiscard]] std::uint64_t resends() const { return resends_; }

  static constexpr const char* kStream = "simulated-1";
  [[nodiscard]] static std::string name(std::size_t sensor);
  /// x, y, z in m/s2, with three decimals: a step rhythm, and two axes by which every sample can be told from
  /// its neighbors and from other sensors'.
  [[nodiscard]] static std::array<double, 3> sample(std::size_t sensor, std::uint64_t number);

 private:
  struct Sensor;
  struct Gateway;
  void run(Gateway& gateway);

  SimulatedSensorsOptions options_;
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> messages_ = 0, resends_ = 0;
  std::atomic<std::size_t> finished_ = 0;  ///< sensors
  std::vector<std::thread> threads_;
};

}  // namespace reprise
