// SPDX-License-Identifier: Apache-2.0
// SIMULATED people watched by the change detector, separated by semicolons: scenario, person, delay_days
// (from the change to the line; empty: none within 14 days), since_error_days (of that line; empty),
// since_inside (1: the change lies in its interval), size_inside (1: as large as its interval says),
// false_lines, watched_days. The false lines are those of 84 days without a change, and of the days before
// the change.
//
//   reprise_change_weeks SEED PEOPLE
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "engine/change/simulated_weeks.h"

namespace {

using namespace reprise::engine;
using test::SimulatedChange;
using test::SimulatedMeasure;
using test::SimulatedPerson;

constexpr int kQuietDays = 84;
constexpr int kDaysAfter = 14;
constexpr double kLeastAsymmetry = 5;    // percent
constexpr double kLeastHeartRate = 7.5;  // a minute

struct Watched {
  int lines = 0;  // said before the change
  int days = 0;   // in which something could be said before the change
  std::optional<DetectedChange> found;
};

Watched watch(const std::vector<DatedValue>& values, const SimulatedChange& change,
              const ChangeOptions& options) {
  Watched watched;
  ChangeDetector detector{options};
  int last_day = -1;
  for (const DatedValue& value : values) {
    const int day = static_cast<int>(value.time);
    const auto said = detector.add(value);
    if (!said) std::abort();
    const bool before = value.time < change.at;
    if (before && detector.has_baseline() && day != last_day) ++watched.days;
    last_day = day;
    if (!*said) continue;
    if (before) {
      ++watched.lines;
    } else if (!watched.found && ((*said)->size > 0) == (change.size + change.per_day > 0)) {
      watched.found = *said;
    }
  }
  return watched;
}

/// `least`: the smallest change that is said, half of the one to be found.
void simulate(const std::string& scenario, const SimulatedMeasure& measure, SimulatedChange change,
              double least, std::uint32_t seed, int people) {
  ChangeOptions options;
  options.least_size = least;
  for (int person = 0; person < people; ++person) {
    const std::uint32_t own = seed * 1'000'003U + static_cast<std::uint32_t>(person);
    const Watched quiet = watch(SimulatedPerson(measure, own).course(kQuietDays), {}, options);
    change.at = 28 + person % 28;
    const int days = static_cast<int>(change.at) + kDaysAfter;
    const Watched changed =
        watch(SimulatedPerson(measure, own ^ 0x80000000U).course(days, change), change, options);
    std::printf("%s;%d;", scenario.c_str(), person);
    if (changed.found) {
      const DetectedChange& found = *changed.found;
      // A group's time is that of its first value; the change begins with the day.
      const double since = std::floor(found.since);
      const bool inside =
          std::floor(found.since_earliest) < change.at && change.at <= std::floor(found.since_latest);
      const bool size_inside = std::abs(found.size - change.size) <= found.half_width;
      std::printf("%.2f;%.0f;%d;%d;", found.said - change.at, since - change.at, inside ? 1 : 0,
                  size_inside ? 1 : 0);
    } else {
      std::printf(";;;;");
    }
    std::printf("%d;%d\n", quiet.lines + changed.lines, quiet.days + changed.days);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto seed = static_cast<std::uint32_t>(std::atoi(argv[1]));
  const int people = std::atoi(argv[2]);
  const SimulatedChange asymmetry{0, 10};
  const SimulatedChange heart{0, 15};
  for (const int walks : {1, 3, 10, 30})
    simulate("asymmetry, " + std::to_string(walks) + (walks == 1 ? " walk a day" : " walks a day"),
             test::simulated_asymmetry(walks), asymmetry, kLeastAsymmetry, seed, people);
  for (const double deviation : {2.0, 3.4, 6.7}) {
    char name[32];
    std::snprintf(name, sizeof name, "heart rate, %.1f", deviation);
    simulate(name, test::simulated_heart_rate(deviation), heart, kLeastHeartRate, seed, people);
  }
  // One assumption changed at a time.
  auto varied = [&](const char* name, auto change) {
    SimulatedMeasure measure = test::simulated_heart_rate(3.4);
    change(measure);
    simulate(name, measure, heart, kLeastHeartRate, seed, people);
  };
  varied("heart rate, 3.4, no day missing", [](auto& m) { m.missing = 0; });
  varied("heart rate, 3.4, 30 % missing", [](auto& m) { m.missing = 0.3; });
  varied("heart rate, 3.4, days independent", [](auto& m) { m.correlation = 0; });
  varied("heart rate, 3.4, days correlated by 0.6", [](auto& m) { m.correlation = 0.6; });
  varied("heart rate, 3.4, weekdays as far apart as days", [](auto& m) { m.weekdays = 1; });
  varied("heart rate, 3.4, one value of ten wild", [](auto& m) { m.wild = 0.1; });
  simulate("drift of 1 a day, heart rate, 3.4", test::simulated_heart_rate(3.4), {0, 0, 1}, kLeastHeartRate,
           seed, people);
  return 0;
}
