// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Measure;
using enum SignalMeasure;

// Half width for nine of ten, on simulated people: docs/accuracy.md, "Tests of function by camera".
constexpr double kStanceErrorS = 0.6;
// Heel to toe: the largest error of 25 stances of rendered people was 0.34 s (docs/accuracy.md).
constexpr double kTandemErrorS = 0.4;
// A free foot lower than this is down, and has risen again above twice as much, in leg lengths; unsourced
// defaults, as is how long a touch of the floor ends the stance.
constexpr double kFootDown = 0.05;
constexpr Seconds kTouch{0.15};
constexpr Seconds kLiftAndLower{2};  // longest time for it; unsourced default

/// One time stood.
struct Stance {
  Seconds start;
  Seconds end;
  std::optional<Side> side;
  bool cut_off = false;
  bool unseen = false;  ///< for a time, in which the foot may have been down
  std::optional<MeasuredRange> pelvis = std::nullopt;
  std::optional<MeasuredRange> trunk = std::nullopt;

  [[nodiscard]] double time() const { return (end - start).value(); }
};

/// When the free foot first came down between `from` and `to` for longer than kTouch, and rose again.
std::optional<Seconds> touch_in(const engine::Curve& lift, Seconds from, Seconds to) {
  bool was_up = false;
  std::optional<Seconds> down;
  Seconds last_down = from;
  for (std::size_t i = engine::index_from(lift, from); i < lift.size() && lift.times[i] <= to; ++i) {
    if (!lift.values[i]) continue;
    if (*lift.values[i] < kFootDown) {
      if (was_up && !down) down = lift.times[i];
      last_down = lift.times[i];
    } else if (*lift.values[i] > 2 * kFootDown) {
      if (down && last_down - *down > kTouch) return down;
      was_up = true;
      down.reset();
    }
  }
  return std::nullopt;
}

Stance stance_of(const CameraTest& camera, FunctionTest test, const RecordedRepetition& r) {
  Stance stance{r.start, r.end, r.side};
  constexpr Seconds kAround{1};
  const std::vector<Seconds>& times = camera.session.exercise.times;
  if (test == FunctionTest::single_leg_stance && r.side) {
    // The live pass holds from a height on that is surely lifted: the foot left the floor before.
    const engine::Curve lift = curve_of(camera.session, Measure::foot_lift, other(*r.side));
    const auto lifted = engine::largest_in(lift, r.start, r.start + kLiftAndLower);
    const auto lowered = engine::largest_in(lift, r.end - kLiftAndLower, r.end);
    if (lifted) {
      const auto up = engine::movement_before(lift, *lifted, 0, r.start - kLiftAndLower);
      if (up) stance.start = std::min(r.start, up->start);
    }
    if (lowered) {
      const auto down = engine::movement_after(lift, *lowered, 0, r.end + kLiftAndLower);
      if (down) stance.end = std::max(r.end, down->end);
    }
    if (const auto touch = touch_in(lift, stance.start, stance.end)) stance.end = *touch;
    // A gap may also end a stance, or hide its start.
    stance.unseen = is_unseen(lift, std::max(times.front(), stance.start - kAround),
                              std::min(times.back(), stance.end + kAround));
  }
  if (test == FunctionTest::tandem_stance) {
    stance.unseen = is_unseen(feet_seen(camera), std::max(times.front(), stance.start - kAround),
                              std::min(times.back(), stance.end + kAround));
  }
  constexpr Seconds kAtTheEdge{0.1};
  stance.cut_off = stance.start - times.front() < kAtTheEdge || times.back() - stance.end < kAtTheEdge;
  if (!seen_from_front(r.view)) return stance;
  if (const MeasuredRange* pelvis = range_of(r, Measure::pelvic_obliquity)) stance.pelvis = *pelvis;
  if (const MeasuredRange* trunk = range_of(r, Measure::trunk_lateral_flexion)) stance.trunk = *trunk;
  return stance;
}

/// How far the free side's hip hangs below the standing one's at most, rad; 0: never.
std::optional<double> drop_of(const Stance& stance) {
  if (!stance.pelvis || !stance.side) return std::nullopt;
  // Right side higher is positive; standing on the left, the right side is the free one.
  return std::max(0.0, *stance.side == Side::left ? -stance.pelvis->min : stance.pelvis->max);
}

std::optional<double> side_lean_of(const Stance& stance) {
  if (!stance.trunk) return std::nullopt;
  return std::max(std::abs(stance.trunk->min), std::abs(stance.trunk->max));
}

void add_best(MeasurementDocument& d, const std::vector<Stance>& stances, std::optional<Side> side,
              const FunctionTestOptions& options) {
  const Stance* best = nullptr;
  for (const Stance& stance : stances) {
    if (stance.side == side && (best == nullptr || stance.time() > best->time())) best = &stance;
  }
  if (best == nullptr) return;
  const double error_s = options.test == FunctionTest::tandem_stance ? kTandemErrorS : kStanceErrorS;
  add_value(d, stance_time, best->time(), {.side = side, .primary = true}, error_s);
  if (!best->cut_off && !best->unseen) d.values.back().reference = reference_of(options.test, options.person);
  if (const auto drop = drop_of(*best))
    add_value(d, pelvic_drop, *drop, {.side = side}, best->pelvis->uncertainty);
  if (const auto lean = side_lean_of(*best))
    add_value(d, trunk_side_lean, *lean, {.side = side}, best->trunk->uncertainty);
  if (best->cut_off) {
    d.warnings.push_back({"cut_off",
                          "The recording begins or ends during the longest stance: it lasted at least as "
                          "long as shown.",
                          "Record from standing on both feet until both are down again."});
  }
  if (best->unseen) {
    d.warnings.push_back(
        {"not_seen",
         "A foot was not seen for a time during the longest stance, or just before or after it: it may "
         "have moved, or the stance may have lasted longer.",
         "Keep both feet in the picture and in plain sight."});
  }
}

}  // namespace

Result<MeasurementDocument> stance_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  const bool tandem = options.test == FunctionTest::tandem_stance;
  std::vector<Stance> stances;
  // The depth by which the live pass tells the feet apart is too coarse for the time heel to toe.
  if (tandem && !has_picture(camera.frames)) {
    return nothing_seen(camera, options.test,
                        "the recording has no places in the picture, by which feet in one line are seen",
                        "use the video, or landmarks with image_px");
  }
  for (const RecordedRepetition& r :
       tandem ? front_tandem_stances(camera) : camera.session.exercise.repetitions)
    stances.push_back(stance_of(camera, options.test, r));
  if (stances.empty()) {
    return nothing_seen(
        camera, options.test, tandem ? "no stance heel to toe was seen" : "no stance on one leg was seen",
        tandem
            ? "film from straight ahead, phone at hip height, with both feet in the picture; begin side by "
              "side and a little apart, then put one foot right in front of the other"
            : "film from the front with both feet in the picture, and lift one foot to half "
              "the height of the shank");
  }
  MeasurementDocument d = begin_measurement(
      MeasurementKind::function_test,
      tandem ? MeasurementMethod::tandem_stance_camera : MeasurementMethod::single_leg_stance_camera,
      camera.input);
  d.not_measured = {"sway under the feet", "whether a hand helps", "whether the eyes are open",
                    "hops and turns of the standing foot"};
  if (tandem) d.not_measured.emplace_back("whether the heel touches the toes");
  const bool front =
      std::any_of(stances.begin(), stances.end(), [](const Stance& s) { return s.pelvis.has_value(); });
  if (!tandem && !front)
    d.not_measured.emplace_back("drop of the pelvis and side lean (film from the front)");
  EventTable table{"stances", {stance_time, pelvic_drop, trunk_side_lean}, {}};
  add_angle_plot(d, camera.session, {Measure::pelvic_obliquity, Measure::trunk_lateral_flexion});
  for (const Stance& stance : stances) {
    table.rows.push_back({stance.start,
                          stance.end,
                          stance.side,
                          "",
                          stance.cut_off ? "cut_off" : "",
                          {stance.time(), drop_of(stance), side_lean_of(stance)}});
    shade(d, "stance", stance.start, stance.end);
  }
  d.tables.push_back(std::move(table));
  for (const auto side : {std::optional{Side::left}, std::optional{Side::right}, std::optional<Side>{}})
    add_best(d, stances, side, options);
  return d;
}

}  // namespace reprise::session
