// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_tests.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/level_frame.h"

namespace reprise::engine {
namespace {

constexpr const char* kWalkTestStage = "walk test";

Result<void> check_course(Meters course, double least_m) {
  if (course.value() >= least_m && course.value() <= 100) return {};
  return fail(ErrorCode::invalid_argument, kWalkTestStage,
              "the course is " + std::to_string(course.value()) + " m; it may be " + std::to_string(least_m) +
                  " to 100 m",
              "give the length of the marked course in meters");
}

/// The time walked in [from, until): steps only, pauses left out.
Seconds walked(const LowerBackGait& gait, Seconds from, Seconds until) {
  Seconds sum;
  for (const auto& bout : gait.bouts) {
    for (const auto& step : bout.steps) {
      const Seconds inside = std::min(step.end, until) - std::max(step.start, from);
      if (inside.value() > 0) sum += inside;
    }
  }
  return sum;
}

/// Steps that end in (start, end], by minutes.
void count_steps(const LowerBackGait& gait, SixMinuteWalk& test) {
  test.steps_in_minute.assign(static_cast<std::size_t>(std::ceil((test.end - test.start).value() / 60)), 0.0);
  double model_m = 0;
  bool has_lengths = true;
  for (const auto& bout : gait.bouts) {
    for (const auto& step : bout.steps) {
      if (step.end <= test.start || step.end > test.end) continue;
      ++test.steps;
      const auto minute = static_cast<std::size_t>((step.end - test.start).value() / 60);
      if (minute < test.steps_in_minute.size()) test.steps_in_minute[minute] += 1;
      has_lengths = has_lengths && step.length_m.has_value();
      model_m += step.length_m.value_or(0);
    }
  }
  if (has_lengths) test.model_distance_m = model_m;
}

void find_rests(const LowerBackGait& gait, Hertz rate, SixMinuteWalk& test) {
  const auto sample = [&](Seconds time) {
    return static_cast<std::size_t>(std::lround(std::max(0.0, time.value() * rate.value())));
  };
  for (std::size_t i = 1; i < gait.bouts.size(); ++i) {
    const Seconds from = gait.bouts[i - 1].contacts.back().time;
    const Seconds to = std::min(gait.bouts[i].contacts.front().time, test.end);
    if (from > test.start && from < to) test.rests.push_back({sample(from), sample(to)});
  }
}

}  // namespace

Result<CourseWalk> course_walk(const InertialView& samples, Meters course,
                               const LowerBackGaitOptions& options) {
  if (auto ok = check_course(course, 1); !ok) return tl::unexpected(ok.error());
  auto gait = analyze_lower_back_gait(samples, options);
  if (!gait) return tl::unexpected(gait.error());
  auto longest = std::max_element(gait->bouts.begin(), gait->bouts.end(), [](const auto& a, const auto& b) {
    return a.walking_time < b.walking_time;
  });
  CourseWalk walk;
  walk.start = longest->contacts.front().time;
  walk.end = longest->contacts.back().time;
  walk.speed_mps = course.value() / walk.time().value();
  walk.steps = longest->contacts.size() - 1;
  walk.mean_step_length_m = course.value() / static_cast<double>(walk.steps);
  walk.bout = std::move(*longest);
  return walk;
}

Result<SixMinuteWalk> six_minute_walk(const InertialView& samples, const SixMinuteWalkOptions& options) {
  if (auto ok = check_course(options.course, 5); !ok) return tl::unexpected(ok.error());
  if (!(options.duration.value() >= 10 && options.duration.value() <= 3600)) {
    return fail(ErrorCode::invalid_argument, kWalkTestStage, "the duration is not between 10 s and an hour",
                "the 6-minute walk test lasts 360 s");
  }
  const auto gait = analyze_lower_back_gait(samples, options.gait);
  if (!gait) return tl::unexpected(gait.error());
  const auto up = gravity_directions(samples);
  if (!up) return tl::unexpected(up.error());
  const auto turns = find_turns(samples, *up, options.turns);
  if (!turns) return tl::unexpected(turns.error());
  SixMinuteWalk test;
  test.start = options.start.value_or(gait->bouts.front().contacts.front().time);
  test.end = std::min(test.start + options.duration, samples.duration());
  for (const Turn& turn : *turns) {
    const Seconds middle = (turn.start + turn.end) / 2;
    if (middle > test.start && middle < test.end) test.turn_list.push_back(turn);
  }
  test.turns = test.turn_list.size();
  if (test.turns == 0) {
    return fail(ErrorCode::nothing_measured, kWalkTestStage, "no turn was found at the end of the course",
                "walk back and forth between two marks, and give their distance as the course");
  }
  const Seconds last_turn = (test.turn_list.back().start + test.turn_list.back().end) / 2;
  const Seconds for_a_length = walked(*gait, test.start, last_turn) / static_cast<double>(test.turns);
  const double last_share =
      for_a_length.value() > 0 ? std::min(1.0, walked(*gait, last_turn, test.end) / for_a_length) : 0;
  test.distance_m = options.course.value() * (static_cast<double>(test.turns) + last_share);
  test.walking_time = walked(*gait, test.start, test.end);
  count_steps(*gait, test);
  find_rests(*gait, samples.rate, test);
  return test;
}

}  // namespace reprise::engine
