// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/marker_angles.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reprise::engine {
namespace {

using J = JointPoint;
using A = MarkerAngle;

constexpr std::array<MarkerAngleInfo, kMarkerAngleCount> kAngles = {{
    {"hip_flexion", "Hip flexion", true},
    {"hip_abduction", "Hip abduction", true},
    {"trunk_hip_flexion", "Hip flexion from the trunk", true},
    {"knee_flexion", "Knee flexion", true},
    {"ankle_dorsiflexion", "Ankle dorsiflexion", true},
    {"shoulder_elevation", "Shoulder elevation", true},
    {"elbow_flexion", "Elbow flexion", true},
    {"pelvic_tilt", "Pelvic tilt", false},
    {"pelvic_obliquity", "Pelvic obliquity", false},
    {"trunk_flexion", "Trunk forward lean", false},
    {"trunk_lateral_flexion", "Trunk side lean", false},
}};

std::optional<Vec3<Laboratory>> direction(const std::optional<Vec3<Laboratory>>& from,
                                          const std::optional<Vec3<Laboratory>>& to) {
  if (!from || !to) return std::nullopt;
  return unit(*to - *from, kNoLengthM);
}

std::optional<double> angle_if_known(const std::optional<Vec3<Laboratory>>& a,
                                     const std::optional<Vec3<Laboratory>>& b) {
  if (!a || !b) return std::nullopt;
  return angle_between(*a, *b);
}

/// A long axis (upwards) with an axis to the right, made square.
std::optional<SegmentAxes> axes_of(const std::optional<Vec3<Laboratory>>& up,
                                   const std::optional<Vec3<Laboratory>>& across) {
  if (!up || !across) return std::nullopt;
  const auto right = unit(*across - across->dot(*up) * *up, kNoLengthM);
  if (!right) return std::nullopt;
  return SegmentAxes{up->cross(*right), *up, *right};
}

/// How far the lower segment is turned about the upper one's right axis, forwards positive: the angle of the
/// floating axis, which is square to that axis and to the lower segment's length.
std::optional<double> turn_forwards(const SegmentAxes& upper, const Vec3<Laboratory>& lower_up) {
  const auto floating = unit(lower_up.cross(upper.right), kNoLengthM);
  if (!floating) return std::nullopt;  // the lower segment lies along the axis
  return std::atan2(floating->dot(upper.up), floating->dot(upper.forward));
}

class Instant {
 public:
  Instant(const MarkerBody& body, const BodyFrame& frame) : body_(body), frame_(frame) {}

  [[nodiscard]] std::optional<double> value(A angle, Side side) const {
    switch (angle) {
      case A::hip_flexion: return hip_flexion(side);
      case A::hip_abduction: return hip_abduction(side);
      case A::trunk_hip_flexion: return trunk_hip_flexion(side);
      case A::knee_flexion: return knee_flexion(side);
      case A::ankle_dorsiflexion: {
        const auto opening = angle_if_known(shank(side), direction(at(J::heel, side), at(J::forefoot, side)));
        if (!opening) return std::nullopt;
        return kPi / 2 - *opening;
      }
      case A::shoulder_elevation:
        return angle_if_known(direction(frame_.neck, mid_hips()),
                              direction(at(J::shoulder, side), at(J::elbow, side)));
      case A::elbow_flexion:
        return angle_if_known(direction(at(J::shoulder, side), at(J::elbow, side)),
                              direction(at(J::elbow, side), at(J::wrist, side)));
      case A::pelvic_tilt:
        if (!frame_.pelvis || !body_.up) return std::nullopt;
        return -std::asin(std::clamp(frame_.pelvis->forward.dot(*body_.up), -1.0, 1.0));
      case A::pelvic_obliquity: {
        const auto across = hips_line();
        if (!across || !body_.up) return std::nullopt;
        return std::asin(std::clamp(across->dot(*body_.up), -1.0, 1.0));
      }
      case A::trunk_flexion: return trunk_lean(true);
      case A::trunk_lateral_flexion: return trunk_lean(false);
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] const std::optional<Vec3<Laboratory>>& at(J point, Side side) const {
    return frame_.at(point, side);
  }
  // Both point upwards.
  [[nodiscard]] std::optional<Vec3<Laboratory>> thigh(Side side) const {
    return direction(at(J::knee, side), at(J::hip, side));
  }
  [[nodiscard]] std::optional<Vec3<Laboratory>> shank(Side side) const {
    return direction(at(J::ankle, side), at(J::knee, side));
  }
  [[nodiscard]] std::optional<Vec3<Laboratory>> mid_hips() const {
    const auto& left = at(J::hip, Side::left);
    const auto& right = at(J::hip, Side::right);
    if (!left || !right) return std::nullopt;
    return 0.5 * (*left + *right);
  }
  /// To the person's right.
  [[nodiscard]] std::optional<Vec3<Laboratory>> hips_line() const {
    if (frame_.pelvis) return frame_.pelvis->right;
    return direction(at(J::hip, Side::left), at(J::hip, Side::right));
  }

  [[nodiscard]] std::optional<double> hip_flexion(Side side) const {
    const auto up = thigh(side);
    if (!up || !frame_.pelvis) return std::nullopt;
    const auto turned = turn_forwards(*frame_.pelvis, *up);
    if (!turned) return std::nullopt;
    return *turned - Radians{kUprightPelvicTilt}.value();
  }
  [[nodiscard]] std::optional<double> hip_abduction(Side side) const {
    const auto up = thigh(side);
    if (!up || !frame_.pelvis) return std::nullopt;
    const double inward = std::asin(std::clamp(up->dot(frame_.pelvis->right), -1.0, 1.0));
    return side == Side::right ? -inward : inward;
  }
  [[nodiscard]] std::optional<double> trunk_hip_flexion(Side side) const {
    if (!body_.pelvis_missing.empty()) {
      const auto trunk = axes_of(direction(mid_hips(), frame_.neck), hips_line());
      const auto up = thigh(side);
      if (trunk && up) return turn_forwards(*trunk, *up);
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<double> knee_flexion(Side side) const {
    const auto upper = thigh(side);
    const auto lower = shank(side);
    const auto& axis = frame_.knee_axis[static_cast<std::size_t>(side)];
    const auto femur = axes_of(upper, axis);
    if (!femur) return angle_if_known(upper, lower);
    if (!lower) return std::nullopt;
    const auto turned = turn_forwards(*femur, *lower);
    if (!turned) return std::nullopt;
    return -*turned;
  }
  [[nodiscard]] std::optional<double> trunk_lean(bool forwards) const {
    const auto trunk = direction(mid_hips(), frame_.neck);
    const auto heading = axes_of(body_.up, hips_line());
    if (!trunk || !heading) return std::nullopt;
    return std::atan2(trunk->dot(forwards ? heading->forward : heading->right), trunk->dot(heading->up));
  }

  const MarkerBody& body_;
  const BodyFrame& frame_;
};

std::vector<J> needed(A angle) {
  switch (angle) {
    case A::hip_flexion:
    case A::hip_abduction: return {J::hip, J::knee};
    case A::trunk_hip_flexion: return {J::hip, J::knee};
    case A::knee_flexion: return {J::hip, J::knee, J::ankle};
    case A::ankle_dorsiflexion: return {J::knee, J::ankle, J::heel, J::forefoot};
    case A::shoulder_elevation: return {J::shoulder, J::elbow};
    case A::elbow_flexion: return {J::shoulder, J::elbow, J::wrist};
    case A::pelvic_tilt:
    case A::pelvic_obliquity:
    case A::trunk_flexion:
    case A::trunk_lateral_flexion: return {};
  }
  return {};
}

std::string check_contraindications(const MarkerBody& body, A angle, Side side) {
  const bool of_pelvis = angle == A::hip_flexion || angle == A::hip_abduction || angle == A::pelvic_tilt;
  if (of_pelvis && !body.pelvis_missing.empty()) return body.pelvis_missing;
  if (angle == A::trunk_hip_flexion && body.pelvis_missing.empty()) return "measured from the pelvis instead";
  for (const J point : needed(angle)) {
    if (const std::string& why = body.why_missing(point, side); !why.empty()) return why;
  }
  const bool upright = angle == A::pelvic_tilt || angle == A::pelvic_obliquity || angle == A::trunk_flexion ||
                       angle == A::trunk_lateral_flexion;
  if (upright && !body.up) return "the vertical is not known";
  const bool of_trunk = angle == A::trunk_hip_flexion || angle == A::shoulder_elevation ||
                        angle == A::trunk_flexion || angle == A::trunk_lateral_flexion;
  const bool of_hips = of_trunk || angle == A::pelvic_obliquity;
  for (const Side one : {Side::left, Side::right}) {
    if (of_hips && !body.why_missing(J::hip, one).empty()) return body.why_missing(J::hip, one);
  }
  const bool neck = std::any_of(body.frames.begin(), body.frames.end(),
                                [](const BodyFrame& frame) { return frame.neck.has_value(); });
  if (of_trunk && !neck) return "no marker for the neck or both shoulders";
  return "its markers are never seen together";
}

}  // namespace

const MarkerAngleInfo& info(MarkerAngle angle) {
  return kAngles[static_cast<std::size_t>(angle)];
}

MarkerAngles angles_of(const MarkerBody& body) {
  MarkerAngles result;
  for (std::size_t i = 0; i < kMarkerAngleCount; ++i) {
    const auto angle = static_cast<MarkerAngle>(i);
    for (const Side side : {Side::left, Side::right}) {
      if (!info(angle).sided && side == Side::right) continue;
      MarkerAngleSeries series{angle, info(angle).sided ? std::optional{side} : std::nullopt, {}};
      bool any = false;
      for (const BodyFrame& frame : body.frames) {
        series.values_rad.push_back(Instant{body, frame}.value(angle, side));
        any = any || series.values_rad.back();
      }
      if (any) {
        result.series.push_back(std::move(series));
      } else if (angle != A::trunk_hip_flexion || !body.pelvis_missing.empty()) {
        result.not_measured.push_back({angle, series.side, check_contraindications(body, angle, side)});
      }
    }
  }
  return result;
}

}  // namespace reprise::engine
