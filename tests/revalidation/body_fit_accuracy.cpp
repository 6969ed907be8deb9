// SPDX-License-Identifier: Apache-2.0
// How well the body fit finds angles and lengths that are known, because the body model made them. Simulated:
// no person, no camera. Prints a table; tests/revalidation/body_fit.mjs runs it.
//
//   reprise_body_fit_accuracy

#include <chrono>
#include <cmath>
#include <cstdio>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/kinematics/measure.h"
#include "engine/pose/zero_phase.h"
#include "engine/synthesis/generate.h"
#include "engine/synthesis/random.h"

namespace reprise {
namespace {

struct Case {
  const char* name;
  engine::MovementDefinition movement;
};

Case squat() {
  const std::vector<engine::DofValue> down = {
      {engine::Dof::pelvis_tilt, Degrees{25}},           {engine::Dof::trunk_flexion, Degrees{10}},
      {engine::Dof::left_hip_flexion, Degrees{95}},      {engine::Dof::right_hip_flexion, Degrees{95}},
      {engine::Dof::left_knee_flexion, Degrees{100}},    {engine::Dof::right_knee_flexion, Degrees{100}},
      {engine::Dof::left_shoulder_flexion, Degrees{80}}, {engine::Dof::right_shoulder_flexion, Degrees{80}}};
  engine::MovementDefinition m;
  m.stance.stance_width = 0.2;
  m.keyframes = {{0, {}}, {0.45, down}, {0.55, down}, {1, {}}};
  m.duration = Seconds{3};
  return {"squat", m};
}

Case lunge() {
  const std::vector<engine::DofValue> down = {
      {engine::Dof::left_hip_flexion, Degrees{80}},         {engine::Dof::left_knee_flexion, Degrees{90}},
      {engine::Dof::right_hip_flexion, Degrees{-15}},       {engine::Dof::right_knee_flexion, Degrees{80}},
      {engine::Dof::right_ankle_dorsiflexion, Degrees{20}}, {engine::Dof::right_elbow_flexion, Degrees{90}}};
  engine::MovementDefinition m;
  m.stance.right_foot = engine::FootRule::free;
  m.keyframes = {{0, {}}, {0.5, down}, {1, {}}};
  m.duration = Seconds{2.5};
  return {"lunge", m};
}

/// Every 41st landmark is 30 cm elsewhere.
void add_outliers(std::vector<engine::PoseFrame>& frames) {
  const engine::detail::CounterRandom random(99);
  std::uint64_t n = 0;
  for (engine::PoseFrame& frame : frames) {
    for (std::size_t i = 0; frame.pose && i < engine::kLandmarkCount; ++i) {
      if (random.uniform(++n) > 1.0 / 41) continue;
      const double turn = 2 * kPi * random.uniform(n + 1'000'000);
      frame.pose->world_m[i].v += 0.3 * Eigen::Vector3d(std::cos(turn), std::sin(turn), 0);
    }
  }
}

struct Errors {
  double squares[3] = {0, 0, 0};  // as seen, smoothed one by one, fitted
  int count = 0;
};

void compare(const std::vector<engine::PoseFrame>& truth, const std::vector<engine::PoseFrame>* found,
             engine::Measure m, Errors& out) {
  for (std::size_t i = 0; i < truth.size(); ++i) {
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (side == engine::Side::right && !engine::info(m).sided) continue;
      const auto wanted = engine::measure(*truth[i].pose, m, side);
      double off[3];
      bool all = wanted.has_value();
      for (int k = 0; k < 3 && all; ++k) {
        const auto& pose = found[k][i].pose;
        const auto value = pose ? engine::measure(*pose, m, side) : std::nullopt;
        all = value.has_value();
        if (all) off[k] = value->value - wanted->value;
      }
      if (!all) continue;
      for (int k = 0; k < 3; ++k) out.squares[k] += off[k] * off[k];
      ++out.count;
    }
  }
}

double rms_deg(double squares, int count) {
  return to_degrees(Radians{std::sqrt(squares / std::max(count, 1))}).value();
}

int print_case(const Case& c) {
  engine::GenerateOptions options;
  options.repetitions = 4;
  options.camera.azimuth = Degrees{-60};
  const auto truth = engine::generate(c.movement, options);
  options.noise = Meters{0.01};
  options.drop_out_probability = 0.03;
  auto seen = engine::generate(c.movement, options);
  if (!truth || !seen) return 1;
  add_outliers(seen->frames);
  const auto begin = std::chrono::steady_clock::now();
  const auto fitted = engine::fit_body(seen->frames, {});
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  if (!fitted) {
    std::fprintf(stderr, "%s\n", to_string(fitted.error()).c_str());
    return 1;
  }
  const std::vector<engine::PoseFrame> found[3] = {seen->frames, engine::smooth_zero_phase(seen->frames),
                                                   fitted->frames};
  std::printf(
      "%s (simulated): %zu frames at 30 Hz, 1 cm of noise on each axis, 1 of 41 landmarks 30 cm off, 3 %% "
      "drop-outs\n",
      c.name, seen->frames.size());
  std::printf("  RMS, degrees           as seen  smoothed  fitted\n");
  for (const engine::Measure m :
       {engine::Measure::knee_flexion, engine::Measure::hip_flexion, engine::Measure::ankle_dorsiflexion,
        engine::Measure::trunk_flexion, engine::Measure::shoulder_flexion, engine::Measure::elbow_flexion}) {
    Errors e;
    compare(truth->frames, found, m, e);
    std::printf("  %-22s %7.2f  %8.2f  %6.2f\n", std::string(engine::info(m).label).c_str(),
                rms_deg(e.squares[0], e.count), rms_deg(e.squares[1], e.count),
                rms_deg(e.squares[2], e.count));
  }
  const auto lengths = engine::lengths_m(fitted->measured.shape);
  const auto wanted = engine::lengths_m(options.body);
  std::printf("  lengths, %% off: shank %.1f, thigh %.1f, trunk %.1f, upper arm %.1f, forearm %.1f\n",
              100 * (lengths[0] / wanted[0] - 1), 100 * (lengths[1] / wanted[1] - 1),
              100 * (lengths[6] / wanted[6] - 1), 100 * (lengths[8] / wanted[8] - 1),
              100 * (lengths[9] / wanted[9] - 1));
  std::printf("  %.2f ms a frame\n", took.count() / static_cast<double>(seen->frames.size()));
  return 0;
}

}  // namespace
}  // namespace reprise

int main() {
  return reprise::print_case(reprise::squat()) + reprise::print_case(reprise::lunge());
}
