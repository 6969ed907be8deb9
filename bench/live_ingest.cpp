// SPDX-License-Identifier: Apache-2.0
// How many live sensors one machine takes: SIMULATED sensors, Debian's broker and `reprise monitor --record`,
// all here.
//
//   build/release/bench/reprise_live_ingest [SENSORS [SECONDS]]
//
// First in real time, 50 Hz, then as fast as the monitor acknowledges. "Processors busy" is processor time
// over the duration of the samples, which other programs beside it hardly change; "times real time" they do.
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/support/mosquitto_broker.h"
#include "tests/support/simulated_sensors.h"

namespace reprise {
namespace {

double seconds_of(const rusage& usage) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double own_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage);
}

void measure(SimulatedSensorsOptions options, double seconds) {
  const TemporaryFolder folder;
  MosquittoBroker broker;
  ChildProcess monitor{{REPRISE_PROGRAM, "monitor", "--broker", broker.address(), "--record",
                        (folder / "recordings").string(), "--interval", "2", "--json"},
                       folder / "out",
                       folder / "error"};
  while (get_file(folder / "error").find("Listening") == std::string::npos && monitor.running())
    ::usleep(10'000);
  options.port = broker.port();
  options.samples = static_cast<std::uint64_t>(seconds * options.rate_hz);
  const double own_before = own_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const SimulatedSensors sensors{options};
  constexpr double kPatience = 10;
  const bool all = sensors.wait_until_acknowledged(kPatience * seconds);
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double own = own_seconds() - own_before;
  monitor.end(SIGINT);
  const double broker_s = seconds_of(broker.end());
  std::printf("%zu sensors, %zu samples a message, %.0f s: ", options.sensors, options.samples_per_message,
              seconds);
  if (!all) {
    std::printf("NOT ALL ACKNOWLEDGED within %.0f s\n", took);
  } else if (options.in_real_time) {
    std::printf("in real time, all acknowledged %.1f s after the last sample\n", took - seconds);
  } else {
    std::printf("as fast as it goes, %.2f times real time\n", seconds / took);
  }
  std::printf("  processors busy at real time: monitor %.2f, broker %.2f, simulated sensors %.2f\n",
              seconds_of(monitor.usage()) / seconds, broker_s / seconds, own / seconds);
  std::printf("  the monitor's memory: %ld MB; sensors went back to an acknowledgement %llu times\n",
              monitor.usage().ru_maxrss / 1024, static_cast<unsigned long long>(sensors.resends()));
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // also into a pipe
  using namespace reprise;
  SimulatedSensorsOptions options;
  if (argc > 1) options.sensors = std::strtoul(argv[1], nullptr, 10);
  const double seconds = argc > 2 ? std::strtod(argv[2], nullptr) : 60;
  if (options.sensors == 0 || !(seconds > 0)) {
    std::fprintf(stderr, "usage: reprise_live_ingest [SENSORS [SECONDS]]\n");
    return 2;
  }
  for (const bool in_real_time : {true, false}) {
    for (const std::size_t samples : {10, 25}) {
      options.in_real_time = in_real_time;
      options.samples_per_message = samples;
      measure(options, seconds);
    }
  }
  return 0;
}
