// SPDX-License-Identifier: Apache-2.0
// Frames of any numbers: the set-up check, the raised hand and the coach say something that makes sense, and
// never that all is good while something is to be mended.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "engine/exercise/coach.h"
#include "engine/exercise/setup_check.h"

namespace {

using namespace reprise;

/// Bytes as numbers, as long as there are some; then zeros.
struct Bytes {
  const std::uint8_t* data;
  std::size_t left;

  std::uint8_t byte() {
    if (left == 0) return 0;
    --left;
    return *data++;
  }
  /// Now and then any double; else one of a size as people and pictures have it.
  double number() {
    const std::uint8_t kind = byte();
    if (kind < 250) return (byte() - 128.0) * std::pow(10.0, kind % 7 - 4);
    double any = 0;
    std::uint8_t raw[sizeof any];
    for (std::uint8_t& one : raw) one = byte();
    std::memcpy(&any, raw, sizeof any);
    return any;
  }
};

void must(bool holds) {
  if (!holds) std::abort();
}

engine::ExerciseDefinition some_exercise(Bytes& bytes) {
  engine::ExerciseDefinition definition;
  const auto any_measure = [&] { return static_cast<engine::Measure>(bytes.byte() % engine::kMeasureCount); };
  definition.primary = {any_measure(), static_cast<engine::Combine>(bytes.byte() % 5)};
  definition.target = 1;
  definition.min_excursion = 0.3;
  definition.kind = bytes.byte() % 2 == 0 ? engine::Kind::repetitions : engine::Kind::hold;
  definition.sided = bytes.byte() % 2 == 0;
  definition.gates.push_back(
      {{any_measure(), static_cast<engine::Combine>(bytes.byte() % 5)}, engine::When::whole, {0.0, 1.0}});
  definition.views = {static_cast<engine::View>(bytes.byte() % 4)};
  if (bytes.byte() % 2 == 0)
    definition.reach = engine::Reach{engine::BodyPart::hand, bytes.number(), bytes.number()};
  return definition;
}

engine::PoseFrame some_frame(Bytes& bytes, double time_s, const engine::Pose& before) {
  engine::PoseFrame frame{Seconds{time_s}, before};
  // Some points change; the others stay where they were.
  for (std::size_t changes = bytes.byte() % 12; changes > 0; --changes) {
    const std::size_t l = bytes.byte() % engine::kLandmarkCount;
    frame.pose->world_m[l] = {bytes.number(), bytes.number(), bytes.number()};
    (*frame.pose->image)[l] = {bytes.number(), bytes.number(), 0};
    frame.pose->visibility[l] = bytes.byte() / 255.0;
  }
  return frame;
}

void check(const engine::ReadinessState& state) {
  must(state.findings.empty() || state.good_for == Seconds{0});
  must(state.good_for >= Seconds{0});
  must(!state.distance_share || std::isfinite(*state.distance_share));
  must(std::is_sorted(
      state.findings.begin(), state.findings.end(),
      [](const engine::Finding& a, const engine::Finding& b) { return a.obstacle < b.obstacle; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  const engine::ExerciseDefinition definition = some_exercise(bytes);
  const engine::Prescribed side =
      bytes.byte() % 2 == 0 ? engine::Prescribed{} : engine::Prescribed{engine::Side::left};
  engine::Readiness readiness(definition, side);
  engine::CoachOptions options;
  options.side = side;
  engine::Coach coach(definition, options);
  engine::Pose pose;
  pose.image.emplace();
  double time_s = 0;
  while (bytes.left > 0) {
    const std::uint8_t kind = bytes.byte();
    time_s += kind % 16 == 0 ? bytes.number() : 0.05;
    engine::PoseFrame frame = some_frame(bytes, time_s, pose);
    pose = *frame.pose;
    if (kind % 5 == 0) frame.pose.reset();
    engine::PictureFacts picture{kind % 3 == 0 ? 0 : 640, 480, {}, {}};
    if (kind % 7 == 0) picture.people = bytes.byte() % 4;
    if (kind % 11 == 0) picture.light = bytes.number();
    check(readiness.step(frame, picture));
    if (!std::isfinite(time_s)) return 0;  // LiveSet refuses such a time before the coach sees it
    (void)coach.step(frame);
    const engine::CoachState now = coach.now();
    must(now.held >= Seconds{0} && now.repetition >= Seconds{0} &&
         now.value.has_value() == now.progress.has_value());
  }
  return 0;
}
