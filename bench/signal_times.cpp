// SPDX-License-Identifier: Apache-2.0
// How long the engine takes for signals of sensors, simulated: a day at the lower back, a walk with both
// feet, and one sample of each streaming step.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/balance/load_walk.h"
#include "engine/balance/weight_bearing.h"
#include "engine/gait/foot_gait.h"
#include "engine/gait/lower_back_gait.h"
#include "engine/gait/simulated_walk.h"
#include "engine/heart/qrs_detector.h"
#include "engine/muscle/emg_feedback.h"
#include "engine/orientation/complementary_filter.h"
#include "engine/orientation/error_state_filter.h"
#include "engine/orientation/live_joint.h"
#include "engine/orientation/simulated_leg.h"

namespace reprise::engine {
namespace {

constexpr Hertz kRate{100};

// A trunk that walks for a minute and stands for nine, over and over: vertical bounce at 1.8 steps a second.
InertialSamples simulated_day(std::size_t samples) {
  std::mt19937 generator(1);
  std::normal_distribution<double> noise(0, 0.05);
  InertialSamples day;
  day.rate = kRate;
  for (std::size_t i = 0; i < samples; ++i) {
    const double t = static_cast<double>(i) / kRate.value();
    const bool walks = std::fmod(t, 600) < 60;
    const double bounce = walks ? 2 * std::sin(2 * kPi * 1.8 * t) : 0;
    const double yaw = walks ? 0.3 * std::sin(kPi * 1.8 * t) : 0;
    day.acceleration_mps2.emplace_back(noise(generator), kGravityMps2 + bounce + noise(generator),
                                       noise(generator));
    day.angular_velocity_radps.emplace_back(0, yaw, 0);
  }
  return day;
}

void day_at_the_lower_back(benchmark::State& state) {
  const InertialSamples day = simulated_day(8'640'000);
  for (auto _ : state) benchmark::DoNotOptimize(analyze_lower_back_gait(day));
  state.counters["samples_per_second"] =
      benchmark::Counter(8'640'000, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(day_at_the_lower_back)->Unit(benchmark::kMillisecond)->Iterations(3);

void walk_with_both_feet(benchmark::State& state) {
  test::SimulatedWalk walk;
  walk.strides = 60;
  const InertialSamples left = walk.record({}, Hertz{200});
  walk.start_s = walk.stride_time_s / 2;
  const InertialSamples right = walk.record({}, Hertz{200});
  for (auto _ : state) benchmark::DoNotOptimize(analyze_foot_gait(InertialView{left}, InertialView{right}));
  state.counters["times_real_time"] =
      benchmark::Counter(walk.duration().value(), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(walk_with_both_feet)->Unit(benchmark::kMillisecond);

void ecg_sample(benchmark::State& state) {
  auto detector = QrsDetector::create(Hertz{360});
  double t = 0;
  for (auto _ : state) {
    t += 1.0 / 360;
    benchmark::DoNotOptimize(detector->step(std::exp(-std::pow(std::fmod(t, 0.8) - 0.4, 2) / 2e-4)));
  }
}
BENCHMARK(ecg_sample);

void emg_sample(benchmark::State& state) {
  EmgFeedbackOptions options;
  options.reference = 1;
  auto feedback = EmgFeedback::create(Hertz{1000}, options);
  std::mt19937 generator(1);
  std::normal_distribution<double> noise;
  for (auto _ : state) benchmark::DoNotOptimize(feedback->step(noise(generator)));
}
BENCHMARK(emg_sample);

void load_sample(benchmark::State& state) {
  auto monitor = LoadMonitor::create({.body_weight_n = 700, .limit_share = 0.5});
  double force = 0;
  for (auto _ : state) benchmark::DoNotOptimize(monitor->step(force = std::fmod(force + 7, 700)));
}
BENCHMARK(load_sample);

const OrientationSample kStill{Vec3<Sensor>{0, kGravityMps2, 0}, Vec3<Sensor>{0, 0.1, 0}, std::nullopt};

void complementary_sample(benchmark::State& state) {
  ComplementaryFilter filter;
  for (auto _ : state) benchmark::DoNotOptimize(filter.step(kStill));
}
BENCHMARK(complementary_sample);

void error_state_sample(benchmark::State& state) {
  ErrorStateFilter filter;
  for (auto _ : state) benchmark::DoNotOptimize(filter.step(kStill));
}
BENCHMARK(error_state_sample);

// A pair of samples of both sensors of a joint, almost all of them while its angle is followed.
void joint_sample_pair(benchmark::State& state) {
  // Three seconds longer at rest after the swings: the calibration ends there.
  const auto leg_time = [](double t) { return t < 11.5 ? t : std::max(11.5, t - 3); };
  const auto thigh = test::simulate([&](double t) { return test::SimulatedLeg::thigh_sensor(leg_time(t)); },
                                    Seconds{60}, kRate, test::leg_sensor(1));
  const auto shank = test::simulate([&](double t) { return test::SimulatedLeg::shank_sensor(leg_time(t)); },
                                    Seconds{60}, kRate, test::leg_sensor(2));
  const std::size_t count = thigh.acceleration_mps2.size();
  constexpr std::size_t kLearned = 1500;
  LiveJoint joint{kRate};
  std::size_t i = 0;
  for (auto _ : state) {
    const std::size_t at = i < kLearned ? i : kLearned + (i - kLearned) % (count - kLearned);
    benchmark::DoNotOptimize(joint.step(
        {Seconds{static_cast<double>(i) / kRate.value()},
         OrientationSample{thigh.acceleration_mps2[at], thigh.angular_velocity_radps[at], std::nullopt},
         OrientationSample{shank.acceleration_mps2[at], shank.angular_velocity_radps[at], std::nullopt}}));
    ++i;
  }
  if (i > kLearned && joint.state().step != JointStep::tracking)
    state.SkipWithError("the calibration did not end");
}
BENCHMARK(joint_sample_pair);

// A sample of both insoles in a walk with partial weight bearing.
void load_walk_sample_pair(benchmark::State& state) {
  LoadWalkOptions options;
  options.body_weight_n = 700;
  options.limit_share = 0.3;
  options.rate = kRate;
  auto walk = LoadWalk::create(options);
  std::size_t i = 0;
  for (auto _ : state) {
    // Two seconds in the air, ten of standing with shifts, then a step of 150 to 250 N in 1.2 s.
    const double t = static_cast<double>(i % 1'000'000) / kRate.value();
    const bool air = i < 210;
    const double step = std::fmod(t, 1.2) / 0.6;
    const double walks = step < 1 ? (150 + 10 * std::fmod(t, 11)) * std::sin(kPi * step) : 0;
    const double left_n = air ? 0 : i < 1200 ? 40 + 30 * (1 - std::cos(t * kPi / 2)) : walks;
    walk->step(Side::left, left_n);
    walk->step(Side::right, air ? 0 : 700 - left_n);
    ++i;
  }
  benchmark::DoNotOptimize(walk->state());
  if (i > 1200 && walk->state().step != LoadWalkStep::tracking) state.SkipWithError("the check did not end");
}
// As many as of two hours: the forces are kept.
BENCHMARK(load_walk_sample_pair)->Iterations(720'000);

}  // namespace
}  // namespace reprise::engine

BENCHMARK_MAIN();
