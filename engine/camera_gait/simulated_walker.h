// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: a person who walks past a camera with known contacts, drawn by points.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/pose/landmarks.h"

namespace reprise::engine::test {

struct SimulatedWalker {
  double stride_s = 1.1;
  double stride_m = 1.3;
  double left_stance = 0.62;  ///< share of the stride
  double right_stance = 0.62;
  double toes_up = 0.35;      ///< rad, at contact
  double arm_rad = 0.4;       ///< of the upper arm from hanging, either way
  double knee_lift_m = 0.13;  ///< of the foot in swing
  double seconds = 4;
  double start_m = 1;  ///< of the hips from the picture's near edge
  bool to_right = true;
  bool treadmill = false;
  double rate_hz = 30;
  double px_per_m = 220;
  double stature_m = 1.70;
  double floor_px = 650;
  static constexpr int kWidth = 1600, kHeight = 720;

  [[nodiscard]] double speed() const { return stride_m / stride_s; }
  /// The left foot lands at whole strides, the right one half a stride later.
  [[nodiscard]] double stance_of(bool left) const { return left ? left_stance : right_stance; }

  struct Foot {
    double heel_x = 0, heel_y = 0, pitch = 0;  ///< meters along the way and up; rad, toes up
  };

  [[nodiscard]] Foot foot_at(double t, bool left) const {
    const double stance = stance_of(left);
    const double cycle = t / stride_s - (left ? 0 : 0.5);
    const double n = std::floor(cycle);
    const double p = cycle - n;
    const auto place = [&](double number) {
      return speed() * stride_s * (number + (left ? 0 : 0.5)) + speed() * stance * stride_s / 2;
    };
    const double push = -0.9;
    Foot foot;
    if (p < 0.08) {
      foot = {place(n), 0, toes_up * (1 - p / 0.08)};
    } else if (p < 0.4) {
      foot = {place(n), 0, 0};
    } else if (p < stance) {
      foot.pitch = push * (p - 0.4) / (stance - 0.4);
      foot.heel_x = place(n) + kFoot * (1 - std::cos(foot.pitch));
      foot.heel_y = -kFoot * std::sin(foot.pitch);
    } else {
      const double s = (p - stance) / (1 - stance);
      const double from_x = place(n) + kFoot * (1 - std::cos(push));
      const double from_y = -kFoot * std::sin(push);
      foot.heel_x = from_x + ramped(s) * (place(n + 1) - from_x);
      foot.heel_y = from_y * (1 - ramped(s)) + knee_lift_m * 16 * s * s * (1 - s) * (1 - s) / 2;
      foot.pitch = push + ramped(s) * (toes_up - push);
    }
    return foot;
  }

  [[nodiscard]] PoseFrame frame_at(double t) const {
    PerLandmark<double> x;
    PerLandmark<double> y;
    PerLandmark<double> z;  // to the person's right
    const auto put = [&](Landmark l, double ahead, double up, double right) {
      x[l] = ahead;
      y[l] = up;
      z[l] = right;
    };
    using L = Landmark;
    const double hips = speed() * t;
    const double hip_up = 0.515 * stature_m;
    for (const bool left : {true, false}) {
      const auto of = [&](L l) { return left ? l : mirrored(l); };
      const double out = left ? -1 : 1;
      const Foot foot = foot_at(t, left);
      const double c = std::cos(foot.pitch);
      const double s = std::sin(foot.pitch);
      const double ankle_x = foot.heel_x + 0.05 * c - 0.06 * s;
      const double ankle_y = foot.heel_y + 0.05 * s + 0.06 * c;
      // The knee from hip and ankle: two rods of fixed lengths.
      const double rod = 0.245 * stature_m;
      const double way = std::min(std::hypot(ankle_x - hips, ankle_y - hip_up), 1.999 * rod);
      const double bend = std::sqrt(rod * rod - way * way / 4);
      const double dx = (ankle_x - hips) / way;
      const double dy = (ankle_y - hip_up) / way;
      put(of(L::left_hip), hips, hip_up, out * 0.09);
      put(of(L::left_knee), hips + dx * way / 2 - dy * bend, hip_up + dy * way / 2 + dx * bend, out * 0.09);
      put(of(L::left_ankle), ankle_x, ankle_y, out * 0.09);
      put(of(L::left_heel), foot.heel_x, foot.heel_y, out * 0.09);
      put(of(L::left_foot_index), foot.heel_x + kFoot * c, foot.heel_y + kFoot * s, out * 0.09);
      const double swing = arm_rad * std::sin(2 * kPi * t / stride_s + (left ? -kPi / 2 : kPi / 2));
      const double shoulder = hip_up + 0.288 * stature_m;
      const double elbow_x = hips + 0.3 * std::sin(swing);
      const double elbow_y = shoulder - 0.3 * std::cos(swing);
      put(of(L::left_shoulder), hips, shoulder, out * 0.2);
      put(of(L::left_elbow), elbow_x, elbow_y, out * 0.22);
      put(of(L::left_wrist), elbow_x + 0.24 * std::sin(swing + 0.2), elbow_y - 0.24 * std::cos(swing + 0.2),
          out * 0.22);
      for (const L finger : {L::left_index, L::left_pinky, L::left_thumb})
        put(of(finger), x[of(L::left_wrist)] + 0.02, y[of(L::left_wrist)] - 0.08, out * 0.22);
      for (const L eye : {L::left_eye, L::left_eye_inner, L::left_eye_outer})
        put(of(eye), hips + 0.09, 0.936 * stature_m, out * 0.03);
      put(of(L::left_ear), hips, 0.93 * stature_m, out * 0.07);
      put(of(L::mouth_left), hips + 0.09, 0.89 * stature_m, out * 0.02);
    }
    put(L::nose, hips + 0.11, 0.91 * stature_m, 0);
    const double way = to_right ? 1 : -1;
    const double from = to_right ? start_m : kWidth / px_per_m - start_m;
    Pose pose;
    pose.image.emplace();
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const double ahead = x[i] - hips;
      const double at = from + way * (ahead + (treadmill ? 1.5 : hips));
      // Right of the person is towards the camera when walking to the right of the picture.
      pose.world_m[i] = Vec3<Camera>{{way * ahead, hip_up - y[i], -way * z[i]}};
      (*pose.image)[i] = {at * px_per_m, floor_px - y[i] * px_per_m, -way * z[i] * px_per_m};
      pose.visibility[i] = 0.95;
    }
    return {Seconds{t}, pose};
  }

  [[nodiscard]] std::vector<PoseFrame> frames() const {
    std::vector<PoseFrame> all;
    for (int i = 0; i < static_cast<int>(seconds * rate_hz); ++i) all.push_back(frame_at(i / rate_hz));
    return all;
  }

 private:
  static constexpr double kFoot = 0.2;  // meters from heel to toes

  // From 0 to 1 at an even speed between short ramps.
  [[nodiscard]] static double ramped(double s) {
    constexpr double kRamp = 0.1;
    const double top = 1 / (1 - kRamp);
    if (s < kRamp) return top * s * s / (2 * kRamp);
    if (s > 1 - kRamp) return 1 - top * (1 - s) * (1 - s) / (2 * kRamp);
    return top * (s - kRamp / 2);
  }
};

/// The same walk (to the right) turned towards the camera by this angle, in perspective from 6 m.
[[nodiscard]] inline std::vector<PoseFrame> walk_turned(const SimulatedWalker& walker, double turn_rad) {
  constexpr double kAwayM = 6;
  constexpr double kCameraUpM = 1;
  const double c = std::cos(turn_rad);
  const double s = std::sin(turn_rad);
  std::vector<PoseFrame> frames = walker.frames();
  for (PoseFrame& frame : frames) {
    const double along = walker.speed() * (frame.time.value() - walker.seconds / 2);
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const Vec3<Camera> p = frame.pose->world_m[i];
      const Vec3<Camera> turned{{p.v.x() * c + p.v.z() * s, p.v.y(), p.v.z() * c - p.v.x() * s}};
      frame.pose->world_m[i] = turned;
      const double scale = walker.px_per_m * kAwayM / (kAwayM + turned.v.z() - along * s);
      const double below = turned.v.y() + kCameraUpM - 0.515 * walker.stature_m;
      (*frame.pose->image)[i] = {SimulatedWalker::kWidth / 2.0 + scale * (turned.v.x() + along * c),
                                 SimulatedWalker::kHeight / 2.0 + scale * below, scale * turned.v.z()};
    }
  }
  return frames;
}

}  // namespace reprise::engine::test
