// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/kinematics/view.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Landmark;
using engine::Measure;
using enum SignalMeasure;

// Squats, step-downs and push-ups: how deep, and what else shows at the deepest.

struct BendValue {
  SignalMeasure measure;
  std::optional<double> value;
  double half_width = 0;
};

// Where the camera looks at the leg from an angle, the bend of the knee shows as a knee beside the line:
// about 13 degrees of it at 10 degrees. Unsourced defaults.
constexpr Radians kStraightAhead = Degrees{5};
constexpr Radians kKneeLineError = Degrees{10};  // half width

/// Whether the person faces the camera over a repetition, or turns the back to it, to within kStraightAhead.
bool faces_straight(const CameraTest& camera, const RecordedRepetition& r) {
  const auto at = [](Seconds time) {
    return [time](const engine::PoseFrame& frame) { return frame.time < time; };
  };
  const auto first = std::partition_point(camera.frames.begin(), camera.frames.end(), at(r.start));
  const auto last = std::partition_point(first, camera.frames.end(), at(r.end));
  const auto facing = engine::facing_over(camera.frames.subspan(
      static_cast<std::size_t>(first - camera.frames.begin()), static_cast<std::size_t>(last - first)));
  return facing && std::abs(std::sin(facing->azimuth.value())) <= std::sin(kStraightAhead.value());
}

/// The angle by which the knee lies inward of the line from hip to ankle in the picture, rad; outward is
/// negative. Empty where the leg is not seen.
std::optional<double> knee_inward(const Figure& figure, Side side) {
  const bool left = side == Side::left;
  const Landmark hip = left ? Landmark::left_hip : Landmark::right_hip;
  const Landmark knee = left ? Landmark::left_knee : Landmark::right_knee;
  const Landmark ankle = left ? Landmark::left_ankle : Landmark::right_ankle;
  const Landmark other_hip = left ? Landmark::right_hip : Landmark::left_hip;
  for (const Landmark l : {hip, knee, ankle, other_hip}) {
    if (figure.visibility[l] < engine::kMinVisibility) return std::nullopt;
  }
  const auto in_picture = [&](Landmark l) { return Eigen::Vector2d{figure.world_m[l].v.head<2>()}; };
  const Eigen::Vector2d thigh = in_picture(knee) - in_picture(hip);
  const Eigen::Vector2d shank = in_picture(ankle) - in_picture(knee);
  const double turn = std::atan2(thigh.x() * shank.y() - thigh.y() * shank.x(), thigh.dot(shank));
  const Eigen::Vector2d leg = thigh + shank;
  if (std::abs(leg.y()) < 0.5 * leg.norm() || leg.norm() <= 0) return std::nullopt;  // no leg that carries
  const double right_of_line = thigh.x() - leg.x() * (thigh.y() / leg.y());
  const double inward = in_picture(other_hip).x() - in_picture(hip).x();
  return std::copysign(std::abs(turn), right_of_line * inward);
}

/// The values of one repetition, the deepest first.
std::vector<BendValue> values_of(const CameraTest& camera, const RecordedRepetition& r, FunctionTest test) {
  std::vector<BendValue> values;
  const bool elbows = test == FunctionTest::push_up;
  BendValue depth{elbows ? elbow_depth : squat_depth, std::nullopt};
  if (r.range) depth = {depth.measure, r.range->max, r.range->uncertainty};
  values.push_back(depth);
  if (elbows) return values;
  const auto add = [&](SignalMeasure measure, Measure from, bool seen, auto&& pick) {
    const MeasuredRange* range = seen ? range_of(r, from) : nullptr;
    values.push_back(range == nullptr ? BendValue{measure, std::nullopt}
                                      : BendValue{measure, pick(*range), range->uncertainty});
  };
  add(trunk_lean, Measure::trunk_flexion, seen_from_side(r.view),
      [](const MeasuredRange& range) { return range.max; });
  if (test == FunctionTest::squat) {
    add(knee_separation, Measure::knee_separation, seen_from_front(r.view),
        [](const MeasuredRange& range) { return range.min; });
    add(trunk_side_lean, Measure::trunk_lateral_flexion, seen_from_front(r.view),
        [](const MeasuredRange& range) { return std::max(std::abs(range.min), std::abs(range.max)); });
    return values;
  }
  BendValue valgus{knee_valgus, std::nullopt, kKneeLineError.value()};
  if (r.side && r.figure && seen_from_front(r.view) && faces_straight(camera, r))
    valgus.value = knee_inward(*r.figure, *r.side);
  values.push_back(valgus);
  return values;
}

MeasurementMethod method_of(FunctionTest test) {
  switch (test) {
    case FunctionTest::single_leg_squat: return MeasurementMethod::single_leg_squat_camera;
    case FunctionTest::step_down: return MeasurementMethod::step_down_camera;
    case FunctionTest::push_up: return MeasurementMethod::push_up_camera;
    default: return MeasurementMethod::squat_camera;
  }
}

bool is_primary(SignalMeasure measure) {
  return measure != trunk_side_lean && measure != knee_valgus;
}

void add_bend_means(MeasurementDocument& d, const CameraTest& camera,
                    const std::vector<const RecordedRepetition*>& done, FunctionTest test,
                    std::optional<Side> side) {
  std::vector<std::vector<BendValue>> rows;
  for (const RecordedRepetition* r : done) {
    if (r->side == side) rows.push_back(values_of(camera, *r, test));
  }
  for (std::size_t k = 0; !rows.empty() && k < rows.front().size(); ++k) {
    std::vector<double> values;
    double half_width = 0;
    for (const auto& row : rows) {
      if (!row[k].value) continue;
      values.push_back(*row[k].value);
      half_width = std::max(half_width, row[k].half_width);
    }
    auto mean = repeated(values);
    if (!mean) continue;
    constexpr double kNineOfTenOfSd = 1.645;
    // The camera's error is much the same in each repetition, and does not average out.
    mean->method_sd = half_width / kNineOfTenOfSd;
    const SignalMeasure measure = rows.front()[k].measure;
    add_mean(d, measure, *mean, {.side = side, .primary = is_primary(measure)});
  }
}

void say_what_view_hides(MeasurementDocument& d, FunctionTest test) {
  const auto has = [&](SignalMeasure measure) {
    return std::any_of(d.values.begin(), d.values.end(),
                       [&](const MeasuredValue& value) { return value.measure == measure; });
  };
  if (test == FunctionTest::push_up) {
    if (!has(elbow_depth)) d.not_measured.emplace_back("depth (film from the side)");
    return;
  }
  if (!has(squat_depth)) d.not_measured.emplace_back("depth (film from the side)");
  if (!has(trunk_lean)) d.not_measured.emplace_back("forward lean of the trunk (film from the side)");
  if (test == FunctionTest::squat) {
    if (!has(knee_separation)) d.not_measured.emplace_back("knees falling inward (film from the front)");
    return;
  }
  if (!has(knee_valgus)) {
    d.not_measured.emplace_back("knee falling inward (film straight from the front, within 5 degrees)");
    return;
  }
  // Filmed from the front for the knee: that the depth wants another view is said already.
  d.warnings.erase(std::remove_if(d.warnings.begin(), d.warnings.end(),
                                  [](const Warning& warning) { return warning.code == "other_view"; }),
                   d.warnings.end());
}

std::string why_uncounted(const RecordedRepetition& r) {
  if (r.outcome == engine::Outcome::open) return "cut_off";
  return r.outcome == engine::Outcome::partial ? "partial" : "";
}

}  // namespace

Result<MeasurementDocument> bends_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  const FunctionTest test = options.test;
  std::vector<RecordedRepetition> all = camera.session.exercise.repetitions;
  const auto is_done = [](const RecordedRepetition& r) { return r.outcome == engine::Outcome::complete; };
  const bool one_leg = test == FunctionTest::single_leg_squat || test == FunctionTest::step_down;
  if (one_leg && std::none_of(all.begin(), all.end(), is_done)) all = front_bends(camera, test);
  std::vector<const RecordedRepetition*> done;
  for (const RecordedRepetition& r : all) {
    if (is_done(r)) done.push_back(&r);
  }
  if (done.empty()) {
    return nothing_seen(camera, test, "no complete " + camera.session.exercise.facts.name + " was seen",
                        test == FunctionTest::push_up
                            ? "film from the side with the whole body in the picture"
                            : "film the whole body with the feet in the picture, from the side for depth and "
                              "trunk, from the front for the knees; begin and end standing; say which leg "
                              "carries");
  }
  MeasurementDocument d = begin_measurement(MeasurementKind::function_test, method_of(test), camera.input);
  d.not_measured = camera.session.exercise.facts.not_measured;
  add_value(d, repetitions, static_cast<double>(done.size()), {.primary = true});
  for (const auto side : {std::optional<Side>{}, std::optional{Side::left}, std::optional{Side::right}})
    add_bend_means(d, camera, done, test, side);
  say_what_view_hides(d, test);

  if (test == FunctionTest::push_up) {
    add_angle_plot(d, camera.session, {Measure::elbow_flexion, Measure::hip_flexion});
  } else {
    add_angle_plot(d, camera.session, {Measure::knee_flexion, Measure::trunk_flexion});
  }
  EventTable table{"repetitions", {repetition_time}, {}};
  for (const BendValue& value : values_of(camera, *done.front(), test))
    table.columns.push_back(value.measure);
  for (const RecordedRepetition& r : all) {
    MeasuredEvent row{r.start, r.end, r.side, "", why_uncounted(r), {(r.end - r.start).value()}};
    for (const BendValue& value : values_of(camera, r, test)) row.values.push_back(value.value);
    if (row.note.empty()) shade(d, "repetition", r.start, r.end);
    table.rows.push_back(std::move(row));
  }
  d.tables.push_back(std::move(table));
  return d;
}

}  // namespace reprise::session
