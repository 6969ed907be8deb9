// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "sensing/files/number_text.h"
#include "tests/live/monitor_process.h"
#include "tests/support/mosquitto_broker.h"
#include "tests/support/simulated_sensors.h"

namespace reprise {
namespace {

#ifdef REPRISE_SANITIZED
constexpr std::size_t kSensors = 200;  // sanitizers take ten times the time
#else
constexpr std::size_t kSensors = 2000;
#endif
constexpr int kSeconds = 15;
constexpr int kMostKills = 10;

std::string expected_recording(std::size_t sensor, std::uint64_t samples) {
  std::string text = "sample,acc_x,acc_y,acc_z\n";
  for (std::uint64_t i = 0; i < samples; ++i) {
    text += std::to_string(i);
    for (const double value : SimulatedSensors::sample(sensor, i)) {
      text += ',';
      sensing::append_number(text, value);
    }
    text += '\n';
  }
  return text;
}

// 50 Hz, 25 samples a message. The broker is killed three times or more, then the monitor.
TEST(ManySensors, EachSampleIsRecordedOnceWhenBrokerAndMonitorAreKilled) {
  const TemporaryFolder folder;
  const std::filesystem::path recordings = folder / "recordings";
  MosquittoBroker broker;
  MonitorProcess monitor{broker.address(), {"--record", recordings.string()}, "3600"};
  SimulatedSensorsOptions options;
  options.port = broker.port();
  options.sensors = kSensors;
  options.samples = static_cast<std::uint64_t>(kSeconds * options.rate_hz);
  options.samples_per_message = 25;
  const SimulatedSensors sensors{options};
  const auto pause = [](double seconds) {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  };
  pause(kSeconds / 3.0);
  // Each time others are in the middle of a message; again where none was by chance.
  for (int i = 0; i < 3 || (sensors.resends() == 0 && i < kMostKills); ++i) {
    broker.kill();
    pause(0.2);
    broker.restart();
    pause(1);
  }
  pause(kSeconds / 5.0);
  monitor.end(SIGKILL);
  monitor.start();
  ASSERT_TRUE(sensors.wait_until_acknowledged(300)) << monitor.errors();
  EXPECT_EQ(monitor.end(SIGINT), 0);
  EXPECT_GT(sensors.resends(), 0U) << "nothing was interrupted";
  for (std::size_t s = 0; s < kSensors; ++s) {
    const std::string recorded =
        get_file(recordings / SimulatedSensors::name(s) / (std::string{SimulatedSensors::kStream} + ".csv"));
    ASSERT_TRUE(recorded == expected_recording(s, options.samples)) << SimulatedSensors::name(s);
  }
}

}  // namespace
}  // namespace reprise
