// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/signal/median.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Landmark;
using enum SignalMeasure;

constexpr Seconds kAroundMoment{0.15};
// From the middle of the ankles to that of the eyes, as a share of stature: 0.936 less 0.039
// (engine/skeleton/shape.h).
constexpr double kEyesAboveAnkles = 0.897;
constexpr double kStepped = 0.04;  // of stature, by which the feet move; unsourced default
// The arm is nearer to the camera than the middle of the body, or farther away.
constexpr double kHandVisible = 0.5;         // unsourced default
constexpr double kLongestReach = 0.5;        // of stature: no arm goes farther; unsourced default
constexpr Radians kArmRaised = Degrees{60};  // least flexion of the shoulder; unsourced default
constexpr double kReachErrorShare = 0.08, kReachErrorM = 0.02;

/// Where a person's parts are in the picture around a moment, px.
struct Stand {
  std::optional<double> left_hand, right_hand;  ///< empty: hidden, or the arm is not raised ahead
  double feet = 0;
  double eyes_above_ankles = 0;
};

/// The angle between upper arm and trunk in the picture.
double shoulder_flexion(const engine::PerLandmark<engine::ImagePoint>& image, Side side) {
  const bool is_left = side == Side::left;
  const auto& shoulder = image[is_left ? Landmark::left_shoulder : Landmark::right_shoulder];
  const auto from_shoulder = [&](Landmark l) {
    return Eigen::Vector2d{image[l].x_px - shoulder.x_px, image[l].y_px - shoulder.y_px};
  };
  const Eigen::Vector2d arm = from_shoulder(is_left ? Landmark::left_elbow : Landmark::right_elbow);
  const Eigen::Vector2d trunk = from_shoulder(is_left ? Landmark::left_hip : Landmark::right_hip);
  return std::abs(std::atan2(arm.x() * trunk.y() - arm.y() * trunk.x(), arm.dot(trunk)));
}

/// Where a hand mostly is, where it is mostly seen and its arm raised. Empty otherwise.
struct HandPictures {
  std::vector<double> at, visibility, flexion;

  void add(const engine::Pose& pose, Side side) {
    const Landmark hand = side == Side::left ? Landmark::left_index : Landmark::right_index;
    at.push_back((*pose.image)[hand].x_px);
    visibility.push_back(pose.visibility[hand]);
    flexion.push_back(shoulder_flexion(*pose.image, side));
  }
  [[nodiscard]] std::optional<double> usable() const {
    if (engine::exact_median(visibility) < kHandVisible || engine::exact_median(flexion) < kArmRaised.value())
      return std::nullopt;
    return engine::exact_median(at);
  }
};

std::optional<Stand> stand_at(std::span<const engine::PoseFrame> frames, Seconds time) {
  HandPictures left, right;
  std::vector<double> feet, tall;
  for (const engine::PoseFrame& frame : frames) {
    if (std::abs((frame.time - time).value()) > kAroundMoment.value() || !frame.pose || !frame.pose->image)
      continue;
    const auto& image = *frame.pose->image;
    left.add(*frame.pose, Side::left);
    right.add(*frame.pose, Side::right);
    feet.push_back((image[Landmark::left_ankle].x_px + image[Landmark::right_ankle].x_px) / 2);
    tall.push_back((image[Landmark::left_ankle].y_px + image[Landmark::right_ankle].y_px -
                    image[Landmark::left_eye].y_px - image[Landmark::right_eye].y_px) /
                   2);
  }
  if (feet.empty()) return std::nullopt;
  return Stand{left.usable(), right.usable(), engine::exact_median(std::move(feet)),
               engine::exact_median(std::move(tall))};
}

/// One reach.
struct Reach {
  std::optional<double> share;  ///< of stature; empty: not measured
  Side arm = Side::left;
  std::string note;  ///< why it does not count
};

Reach reach_of(const CameraTest& camera, const RecordedRepetition& r) {
  Reach reach;
  if (r.outcome != engine::Outcome::complete)
    reach.note = r.outcome == engine::Outcome::open ? "cut_off" : "partial";
  const auto before = stand_at(camera.frames, r.start);
  const auto most = stand_at(camera.frames, r.extreme);
  if (!before || !most || before->eyes_above_ankles <= 0) {
    reach.note = "not_seen";
    return reach;
  }
  const double stature_px = before->eyes_above_ankles / kEyesAboveAnkles;
  const auto way = [](const std::optional<double>& from, const std::optional<double>& to) {
    return from && to ? std::optional{std::abs(*to - *from)} : std::nullopt;
  };
  const auto left = way(before->left_hand, most->left_hand);
  const auto right = way(before->right_hand, most->right_hand);
  if (!left && !right) {
    reach.note = "arm_not_ahead";
    return reach;
  }
  reach.arm = left.value_or(-1) > right.value_or(-1) ? Side::left : Side::right;
  const double share = std::max(left.value_or(0), right.value_or(0)) / stature_px;
  // Obliquely the picture shortens the way.
  if (r.view == engine::View::side) reach.share = share;
  if (share > kLongestReach) reach = {std::nullopt, reach.arm, "too_far"};
  if (std::abs(most->feet - before->feet) > kStepped * stature_px) reach.note = "stepped";
  return reach;
}

}  // namespace

Result<MeasurementDocument> reach_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  EventTable table{"repetitions", {reach_distance}, {}};
  const double stature_m = options.body_height ? options.body_height->value() : 0;
  const MeasuredEvent* best = nullptr;
  int counted = 0;
  table.rows.reserve(camera.session.exercise.repetitions.size());
  for (const RecordedRepetition& r : camera.session.exercise.repetitions) {
    const Reach reach = reach_of(camera, r);
    std::optional<double> distance_m;
    if (reach.share && options.body_height) distance_m = *reach.share * stature_m;
    table.rows.push_back({r.start, r.end, reach.arm, "", reach.note, {distance_m}});
    if (!reach.note.empty()) continue;
    ++counted;
    if (distance_m && (best == nullptr || *distance_m > *best->values[0])) best = &table.rows.back();
  }
  if (counted == 0) {
    return nothing_seen(
        camera, options.test,
        table.rows.empty() ? "no reach forward was seen"
                           : "no reach counts: the feet moved, no arm was seen held straight ahead, or "
                             "it was not seen to its end",
        "film from the side with the whole body and the hand in the picture; begin upright with "
        "one arm held straight ahead, and keep the feet in place");
  }
  MeasurementDocument d = begin_measurement(MeasurementKind::function_test,
                                            MeasurementMethod::functional_reach_camera, camera.input);
  d.not_measured = {"heels leaving the floor", "a hand that touches the wall"};
  if (!options.body_height) d.not_measured.emplace_back("the distance: give the person's height (--height)");
  if (best != nullptr) {
    const double distance_m = *best->values[0];
    add_value(d, reach_distance, distance_m, {.primary = true},
              std::hypot(kReachErrorShare * distance_m, kReachErrorM));
  } else if (options.body_height) {
    d.not_measured.emplace_back("the distance: film from the side");
  }
  add_value(d, repetitions, counted, {.primary = true});
  add_angle_plot(d, camera.session, {engine::Measure::trunk_flexion});
  for (const MeasuredEvent& row : table.rows) {
    if (row.note.empty()) shade(d, "repetition", row.start, row.end);
  }
  d.tables.push_back(std::move(table));
  add_reference(d, reach_distance, options);
  return d;
}

}  // namespace reprise::session
