// SPDX-License-Identifier: Apache-2.0
// How long a week at the lower back takes, in what memory, and how far the results are from the truth.
// SIMULATED: the week is drawn in closed form (engine/gait/simulated_days.h).
//
//   reprise_daily_walking [--rate HZ] [--csv FILE]     --csv also writes the recording as a table, for the
//   command
#include <sys/resource.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>
#include <vector>

#include "base/time.h"
#include "engine/gait/long_recording.h"
#include "engine/gait/simulated_days.h"
#include "engine/gait/walking_days.h"

namespace reprise::engine {
namespace {

using simulated_days::DayDrawing;
using simulated_days::Doing;
using simulated_days::Episode;
using simulated_days::SimulatedDay;

constexpr double kDayS = 86'400;
constexpr int kDays = 7;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Of the processor: other programs do not count.
double seconds_since(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

struct Truth {
  double steps = 0;
  std::array<double, kBoutClasses> bouts{};
  double off_s = 0;
};

/// The second day is spent at home, on the sixth the sensor lies on a table from the afternoon on.
SimulatedDay plan_of(int day) {
  SimulatedDay plan;
  plan.taken_off_h = day == 5 ? 7 : (day == 3 ? 3.5 : 0);
  plan.walks_of_300_s = day == 1 ? 0 : 3 + day;
  plan.walks_of_45_s = day == 1 ? 8 : 20 + 2 * day;
  return plan;
}

void write_rows(std::FILE* csv, double start_s, const InertialSamples& samples) {
  static const std::int64_t kStartMs = start_of(*parse_day("2026-03-23"));
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    const double time_s = start_s + static_cast<double>(i) / samples.rate.value();
    const auto& a = samples.acceleration_mps2[i].v;
    const std::int64_t ms = kStartMs + std::llround(1000 * time_s);
    std::fprintf(csv, "%s,%.4f,%.4f,%.4f\n", date_time_text(ms).c_str(), a.x(), a.y(), a.z());
  }
}

void print(const char* what, double truth, double measured) {
  std::printf("  %-28s truth %9.1f  measured %9.1f  %+6.1f %%\n", what, truth, measured,
              truth > 0 ? 100 * (measured / truth - 1) : 0);
}

int run(Hertz rate, std::FILE* csv) {
  DayDrawing drawing({rate});
  std::mt19937 random(11);
  LongRecordingOptions options;
  options.gait.lengths.body_height = Meters{1.7};
  LongRecordingMeter meter{options};
  Truth truth;
  double samples = 0, measuring_s = 0;
  if (csv != nullptr) std::fprintf(csv, "time,acc_x [m/s2],acc_y [m/s2],acc_z [m/s2]\n");
  for (int day = 0; day < kDays; ++day) {
    double at_s = day * kDayS;
    for (const Episode& episode : plan_of(day).episodes(random)) {
      const InertialSamples part = drawing.next(episode);
      if (csv != nullptr) write_rows(csv, at_s, part);
      const std::clock_t begin = std::clock();
      if (const auto added = meter.add(Seconds{at_s}, part); !added) {
        std::fprintf(stderr, "%s\n", to_string(added.error()).c_str());
        return EXIT_FAILURE;
      }
      measuring_s += seconds_since(begin);
      samples += static_cast<double>(part.acceleration_mps2.size());
      at_s += episode.duration_s;
      if (episode.doing == Doing::on_a_table) truth.off_s += episode.duration_s;
      if (episode.doing != Doing::walking) continue;
      truth.steps += std::round(episode.duration_s * episode.steps_per_s);
      ++truth.bouts[bout_class(Seconds{episode.duration_s})];
    }
  }
  const std::clock_t begin = std::clock();
  const auto recording = meter.finish();
  if (!recording) return EXIT_FAILURE;
  std::vector<Seconds> starts;
  for (int day = 0; day <= kDays; ++day) starts.emplace_back(day * kDayS);
  const auto days = walking_days(*recording, starts);
  measuring_s += seconds_since(begin);
  double steps = 0, off_s = 0, motionless_s = 0;
  std::array<double, kBoutClasses> bouts{};
  for (const WalkingDay& day : days) {
    steps += static_cast<double>(day.steps);
    off_s += day.not_worn.value();
    motionless_s += day.motionless.value();
    for (std::size_t i = 0; i < bouts.size(); ++i) bouts[i] += static_cast<double>(day.bouts[i]);
  }
  std::printf("SIMULATED week at %g Hz: no person\n", rate.value());
  print("steps", truth.steps, steps);
  for (std::size_t i = 0; i < bouts.size(); ++i) {
    constexpr std::array<const char*, kBoutClasses> kNames = {"bouts to 10 s", "bouts of 10 to 30 s",
                                                              "bouts of 30 to 60 s", "bouts over 60 s"};
    print(kNames[i], truth.bouts[i], bouts[i]);
  }
  print("not worn, h", truth.off_s / 3600, off_s / 3600);
  print("motionless, h", 0, motionless_s / 3600);
  std::printf(
      "  %.1f s of processor time, %.2g samples a second, %.0f times real time; peak memory %.0f MB, drawing "
      "included\n",
      measuring_s, samples / measuring_s, kDays * kDayS / measuring_s, peak_megabytes());
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace reprise::engine

int main(int count, char** arguments) {
  double rate = 100;
  std::FILE* csv = nullptr;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::strcmp(arguments[i], "--rate") == 0) rate = std::atof(arguments[i + 1]);
    if (std::strcmp(arguments[i], "--csv") == 0) csv = std::fopen(arguments[i + 1], "w");
  }
  const int code = reprise::engine::run(reprise::Hertz{rate}, csv);
  if (csv != nullptr) std::fclose(csv);
  return code;
}
