// SPDX-License-Identifier: Apache-2.0
// Measures simulated recordings of each session::MeasurementKind and compares measurement.json with the
// golden files beside this one, natively and in WebAssembly: all but numbers equal, numbers within a
// millionth. Plots are left out, and so are standing still with a sensor and 30 s of sit-to-stand. The
// signals are made anew from the tests' generators; nothing in them is a person's.
//
//   reprise_golden_measurements [--write]    writes the golden files anew instead

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "engine/balance/simulated_load.h"
#include "engine/gait/simulated_days.h"
#include "engine/gait/simulated_walk.h"
#include "engine/gait/virtual_function_tests.h"
#include "engine/heart/synthetic_ecg.h"
#include "engine/muscle/emg_test_signals.h"
#include "engine/signal/test_noise.h"
#include "session/measurements/balance.h"
#include "session/measurements/balance_programme.h"
#include "session/measurements/daily_walking.h"
#include "session/measurements/endurance.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/gait.h"
#include "session/measurements/heart.h"
#include "session/measurements/load.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/muscle.h"
#include "session/measurements/standing_tasks.h"
#include "tests/support/or_exit.h"

namespace reprise {
namespace {

using Json = nlohmann::ordered_json;
using session::MeasurementDocument;

// The C libraries' sines differ in their last bits; filters and integrals let that grow by some powers of
// ten.
constexpr double kTolerance = 1e-6;

session::MeasurementInput simulated(const char* position, Hertz rate, std::size_t samples) {
  session::MeasurementInput input;
  input.source.kind = session::SignalSourceKind::simulated;
  input.source.duration = period(rate) * static_cast<double>(samples);
  input.sensors = {{position, "", rate, input.source.duration}};
  return input;
}

MeasurementDocument foot_gait() {
  engine::test::SimulatedSensor sensor;
  sensor.acceleration_noise_mps2 = 0.05;
  sensor.angular_velocity_noise_radps = 0.005;
  engine::test::SimulatedWalk left, right;
  right.start_s = left.stride_time_s / 2;
  const auto left_foot = left.record(sensor, Hertz{200});
  sensor.seed = 2;
  const auto right_foot = right.record(sensor, Hertz{200});
  return or_exit(session::measure_foot_gait(
      simulated("feet", left_foot.rate, left_foot.acceleration_mps2.size()), left_foot, right_foot));
}

MeasurementDocument lower_back_gait() {
  using namespace engine::virtual_lower_back;
  const auto back = measured(straight_walk(Gait{}), 16);
  engine::StepLengthOptions lengths;
  lengths.sensor_height = Meters{1};
  return or_exit(session::measure_lower_back_gait(
      simulated("lower_back", back.rate, back.acceleration_mps2.size()), back, lengths));
}

MeasurementDocument function_test(session::FunctionTest test, const engine::InertialSamples& samples) {
  return or_exit(session::measure_function_test(
      simulated("lower_back", samples.rate, samples.acceleration_mps2.size()), samples, {.test = test}));
}

MeasurementDocument timed_up_and_go() {
  using namespace engine::virtual_lower_back;
  return function_test(session::FunctionTest::timed_up_and_go, measured(TugTruth{}.trajectory(), 18.5));
}

MeasurementDocument sit_to_stand() {
  using namespace engine::virtual_lower_back;
  return function_test(session::FunctionTest::sit_to_stand_5, measured(chair(5, 3, 4), 28));
}

MeasurementDocument walk_10_m() {
  using namespace engine::virtual_lower_back;
  return function_test(session::FunctionTest::walk_10_m, measured(straight_walk(Gait{}), 16));
}

MeasurementDocument walk_6_min() {
  using namespace engine::virtual_lower_back;
  return function_test(session::FunctionTest::walk_6_min, measured(back_and_forth(370, true), 375));
}

/// Two days; the second evening the sensor lies on a table.
MeasurementDocument daily_walking() {
  using namespace engine::simulated_days;
  const DaySensor sensor{.rate = Hertz{25}};
  engine::LongRecordingOptions options;
  options.gait.lengths.body_height = Meters{1.7};
  engine::LongRecordingMeter meter(options);
  DayDrawing drawing(sensor);
  std::mt19937 random(5);
  SimulatedDay day{.walks_of_7_s = 4, .walks_of_20_s = 6, .walks_of_45_s = 5, .walks_of_300_s = 2};
  for (const double taken_off_h : {0, 4}) {
    day.taken_off_h = taken_off_h;
    for (const Episode& episode : day.episodes(random))
      or_exit(meter.add(meter.end(), drawing.next(episode)));
  }
  const auto samples = static_cast<std::size_t>(std::lround(meter.end().value() * sensor.rate.value()));
  const Seconds midnight{24.0 * 3600};
  const std::vector<session::CalendarDay> days = {{"2026-03-14", Seconds{0}, midnight},
                                                  {"2026-03-15", midnight, 2 * midnight}};
  return or_exit(session::measure_daily_walking(simulated("lower_back", sensor.rate, samples),
                                                or_exit(meter.finish()), days));
}

MeasurementDocument balance() {
  std::vector<session::StandingOnPlate> recordings;
  std::mt19937 random(3);
  const engine::test::NormalNoise noise(0, 2e-4);
  for (const auto& [part, size_m] : {std::pair{"eyes_open", 0.004}, {"eyes_closed", 0.007}}) {
    session::StandingOnPlate standing;
    standing.part = part;
    for (int i = 0; i < 4000; ++i) {
      const double t = i / standing.cop.rate.value();
      const double ap = std::sin(2 * kPi * 0.3 * t) + 0.5 * std::sin(2 * kPi * 0.77 * t + 1);
      const double ml = std::sin(2 * kPi * 0.41 * t + 2) / 2;
      const double ap_noise = noise(random);
      standing.cop.points.push_back(engine::CopPoint{size_m * ap + ap_noise, size_m * ml + noise(random)});
    }
    recordings.push_back(std::move(standing));
  }
  return or_exit(session::measure_sway(simulated("force_plate", Hertz{100}, 4000), recordings));
}

session::FeetLoad walk_on_insoles() {
  engine::test::SimulatedLoad walk;
  walk.left_peak_share = 0.5;
  const auto left = walk.foot(true);
  const auto right = walk.foot(false);
  return {walk.rate, {left.force_n, left.cop}, {right.force_n, right.cop}};
}

/// Walking on insoles, the left leg to bear no more than a third of the body's weight.
MeasurementDocument load() {
  const session::FeetLoad feet = walk_on_insoles();
  return or_exit(session::measure_load(simulated("feet", feet.rate, feet.left.force_n.size()), feet,
                                       {.body_mass_kg = 72, .limit_share = 1.0 / 3, .limited = Side::left}));
}

/// Standing on insoles: on both feet, then on the left one.
MeasurementDocument insole_balance() {
  session::StandingOnInsoles both{"eyes_open", {Hertz{50}, {}, {}}};
  session::StandingOnInsoles one{std::string{session::kSingleLeg}, {Hertz{50}, {}, {}}};
  for (int i = 0; i < 1500; ++i) {
    const double t = i / 50.0;
    const double lean = std::sin(2 * kPi * 0.2 * t);
    both.feet.left.force_n.emplace_back(300 + 20 * lean);
    both.feet.right.force_n.emplace_back(400 - 20 * lean);
    both.feet.left.cop.push_back(
        engine::CopPoint{0.004 * std::sin(2 * kPi * 0.31 * t), 0.001 * std::sin(2 * kPi * 0.83 * t)});
    both.feet.right.cop.push_back(
        engine::CopPoint{0.003 * std::sin(2 * kPi * 0.37 * t), 0.001 * std::sin(2 * kPi * 0.71 * t)});
    const bool alone = i >= 250 && i < 1000;
    one.feet.left.force_n.emplace_back(alone ? 690 + 5 * lean : 350);
    one.feet.right.force_n.emplace_back(alone ? 0 : 350);
  }
  return or_exit(session::measure_insole_balance(simulated("feet", Hertz{50}, 3000), std::vector{both, one}));
}

/// Limits of stability on a plate: forward, then to the right.
MeasurementDocument limits_of_stability() {
  session::StandingOnPlate standing;
  standing.part = session::kLimitsOfStability;
  for (int i = 0; i < 2400; ++i) {
    const double t = i / standing.cop.rate.value();
    const double sway = 4e-4 * std::sin(2 * kPi * 1.3 * t);
    standing.cop.points.push_back(
        engine::CopPoint{sway + (t > 5 && t < 9 ? 0.07 : 0), sway + (t > 14 && t < 18 ? 0.05 : 0)});
  }
  return or_exit(session::measure_sway(simulated("force_plate", Hertz{100}, 2400), std::vector{standing},
                                       {.foot_length = Meters{0.25}}));
}

MeasurementDocument muscle() {
  session::MuscleRecording recording;
  recording.part = "biceps";
  recording.samples_v = engine::testing::simulated_emg(10, 5e-6, 5e-5, {{1, 4}, {5.5, 8.8}});
  const std::vector muscles{std::move(recording)};
  return or_exit(
      session::measure_muscles(simulated("emg", Hertz{1000}, muscles[0].samples_v.size()), muscles));
}

session::EcgLead noisy_ecg() {
  session::EcgLead lead;
  const Seconds duration{320};
  lead.samples_mv = engine::synthetic_ecg(engine::steady_beats(0.6, 319, 0.8), lead.rate, duration);
  std::mt19937 random(7);
  const engine::test::NormalNoise noise(0, 0.05);
  for (double& v : lead.samples_mv) v += noise(random);
  return lead;
}

MeasurementDocument heart() {
  const session::EcgLead lead = noisy_ecg();
  return or_exit(session::measure_ecg(simulated("ecg", lead.rate, lead.samples_mv.size()), lead));
}

/// The same with a gap of half a minute.
MeasurementDocument heart_with_gap() {
  const session::EcgLead whole = noisy_ecg();
  const auto part = [&](std::ptrdiff_t from_s, std::ptrdiff_t to_s) {
    const auto rate = static_cast<std::ptrdiff_t>(whole.rate.value());
    const auto begin = whole.samples_mv.begin();
    return session::EcgLead{
        whole.rate, {begin + from_s * rate, begin + to_s * rate}, Seconds{static_cast<double>(from_s)}};
  };
  return or_exit(session::measure_ecg(simulated("ecg", whole.rate, whole.samples_mv.size()),
                                      std::vector{part(0, 150), part(180, 320)}));
}

/// Ten minutes of walking with a chest strap; the rate falls by 10 a minute in the last two.
MeasurementDocument endurance() {
  using enum session::EndurancePhase;
  using enum session::EnduranceMoment;
  session::EnduranceSession walk;
  walk.effort_low = 3;
  walk.effort_high = 4;
  walk.rate_low_bpm = 100;
  walk.rate_high_bpm = 120;
  walk.stretches = {{warm_up, Seconds{0}, Seconds{150}},
                    {main, Seconds{150}, Seconds{480}},
                    {cool_down, Seconds{480}, Seconds{600}}};
  for (int i = 0; i < 600; ++i) {
    const double t = i;
    const double steady = 80 + 30 * std::min(1.0, t / 200) + 3 * std::sin(2 * kPi * t / 60);
    walk.rates.push_back({Seconds{t}, steady - std::max(0.0, t - 480) / 12});
  }
  walk.values = {{before, Seconds{0}, session::SignalMeasure::oxygen_saturation, 97},
                 {during, Seconds{300}, session::SignalMeasure::oxygen_saturation, 94},
                 {during, Seconds{300}, session::SignalMeasure::breathlessness, 3},
                 {after, Seconds{600}, session::SignalMeasure::breathlessness, 1}};
  auto input = simulated("chest", Hertz{1}, walk.rates.size());
  return or_exit(session::measure_endurance(input, walk));
}

/// A session that gets easier at its second hold.
MeasurementDocument balance_programme() {
  const char* tandem = "tandem.firm.eyes_open.10s";
  const std::vector<session::BalanceHold> holds = {
      {tandem, std::nullopt, Seconds{0}, Seconds{10}, Seconds{10}, true, 0.11, 0.021},
      {tandem, std::nullopt, Seconds{40}, Seconds{10}, Seconds{3.4}, false, std::nullopt, std::nullopt},
      {"single_leg.firm.eyes_open.5s", Side::left, Seconds{70}, Seconds{5}, Seconds{5}, true, 0.2, 0.03}};
  return or_exit(session::measure_balance_programme(simulated("phone", Hertz{60}, 600), holds));
}

/// Adds to `problems` where two documents differ; returns the largest difference of two numbers.
double compare(const Json& golden, const Json& found, const std::string& path,
               std::vector<std::string>& problems) {
  if (golden.is_number() && found.is_number()) {
    const auto expected = golden.get<double>();
    const double off = std::abs(found.get<double>() - expected) / std::max(1.0, std::abs(expected));
    if (!(off <= kTolerance)) problems.push_back(path + ": " + golden.dump() + " became " + found.dump());
    return off;
  }
  double largest = 0;
  if (golden.is_structured() && golden.type() == found.type() && golden.size() == found.size()) {
    for (const auto& [key, value] : golden.items()) {
      const Json* same = nullptr;
      if (golden.is_array())
        same = &found[std::stoul(key)];
      else if (found.contains(key))
        same = &found[key];
      if (same == nullptr)
        problems.push_back(path + "/" + key + ": is missing");
      else
        largest = std::max(largest, compare(value, *same, path + "/" + key, problems));
    }
  } else if (golden != found) {
    problems.push_back(path + ": " + golden.dump().substr(0, 80) + " became " + found.dump().substr(0, 80));
  }
  return largest;
}

struct Golden {
  const char* name;
  MeasurementDocument (*measure)();
};
constexpr Golden kGolden[] = {{"foot_gait", foot_gait},
                              {"lower_back_gait", lower_back_gait},
                              {"timed_up_and_go", timed_up_and_go},
                              {"sit_to_stand", sit_to_stand},
                              {"walk_10_m", walk_10_m},
                              {"walk_6_min", walk_6_min},
                              {"daily_walking", daily_walking},
                              {"balance", balance},
                              {"load", load},
                              {"insole_balance", insole_balance},
                              {"limits_of_stability", limits_of_stability},
                              {"muscle", muscle},
                              {"heart", heart},
                              {"heart_with_gap", heart_with_gap},
                              {"endurance", endurance},
                              {"balance_programme", balance_programme}};

std::string text_of(MeasurementDocument document) {
  document.engine_version = "golden";  // a new version alone changes no golden file
  document.plots.clear();
  return or_exit(session::to_measurement_json(document));
}

int run(bool write) {
  bool all_alike = true;
  for (const Golden& golden : kGolden) {
    const std::string file =
        std::string{REPRISE_SOURCE_DIR} + "/tests/golden/measurements/" + golden.name + ".json";
    const std::string text = text_of(golden.measure());
    if (write) {
      std::ofstream(file, std::ios::binary) << text;
      continue;
    }
    std::ostringstream kept;
    kept << std::ifstream(file, std::ios::binary).rdbuf();
    const Json expected = Json::parse(kept.str(), nullptr, false);
    std::vector<std::string> problems;
    if (expected.is_discarded()) problems.push_back(": " + file + " is missing or no JSON");
    const double largest = expected.is_discarded() ? 0 : compare(expected, Json::parse(text), "", problems);
    std::printf("%-19s largest difference %.1e, at most %.0e\n", golden.name, largest, kTolerance);
    for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 10); ++i) {
      std::printf("  %s%s\n", golden.name, problems[i].c_str());
    }
    all_alike = all_alike && problems.empty();
  }
  return all_alike ? 0 : 1;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  return reprise::run(argc > 1 && std::strcmp(argv[1], "--write") == 0);
}
