// SPDX-License-Identifier: Apache-2.0
#pragma once

// A drawn person who does the Timed Up and Go test before a camera, with known phases. For tests and
// measurements only; nothing here is a person's.

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::engine {

struct SimulatedTimedWalk {
  // Seconds. The trunk leans at `start`, the hips leave the chair at `hips_leave`, and are on it at `end`.
  double start = 2, hips_leave = 2.7, up = 3.9;
  double turn_start = 6.5, turn_end = 8.6;
  double to_sit_start = 11.2, to_sit_end = 12.9;
  double down = 13.0, end = 14.3, recording_end = 16.5;
  double side = 1;  ///< 1: turns to the left
  Radians azimuth = Degrees{0};
  double noise_m = 0.006;
  double rate_hz = 30;
  unsigned seed = 3;
  double pace = 1;  ///< of all times

  [[nodiscard]] double at(double time) const { return pace * time; }
};

namespace simulated {

inline double jerk_step(double t, double from, double to) {
  const double s = std::clamp((t - from) / (to - from), 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

inline Posture walking_posture(const SimulatedTimedWalk& o, double t) {
  const double up = jerk_step(t, o.hips_leave, o.up) - jerk_step(t, o.down, o.end);
  const double lean = jerk_step(t, o.start, o.hips_leave) - jerk_step(t, o.hips_leave, o.up) +
                      jerk_step(t, o.down, o.end) - jerk_step(t, o.end, o.end + 0.7);
  Posture p;
  p[Dof::pelvis_tilt] = Degrees{30 * lean};
  p[Dof::trunk_flexion] = Degrees{10 * lean};
  // Steps: they begin and end with the walk.
  const double walks = jerk_step(t, o.up - 0.1, o.up + 0.6) - jerk_step(t, o.to_sit_end - 0.4, o.down + 0.1);
  const double phase = 2 * kPi * 0.9 * (t - o.up);
  const auto leg = [&](Dof hip, Dof knee, double shifted) {
    p[hip] = Degrees{90 * (1 - up) + 28 * lean + walks * 22 * std::sin(shifted)};
    // The knee bends in swing alone, so that the other leg carries at its full length.
    p[knee] = Degrees{90 * (1 - up) + 4 * lean + walks * 55 * std::pow(std::max(0.0, std::cos(shifted)), 2)};
  };
  leg(Dof::left_hip_flexion, Dof::left_knee_flexion, phase);
  leg(Dof::right_hip_flexion, Dof::right_knee_flexion, phase + kPi);
  return p;
}

}  // namespace simulated

inline std::vector<PoseFrame> simulated_timed_walk(const SimulatedTimedWalk& o) {
  using simulated::jerk_step;
  std::mt19937 random{o.seed};
  std::normal_distribution<double> noise{0, o.noise_m};
  const BodyShape shape;
  VirtualCamera camera;
  camera.azimuth = o.azimuth;
  camera.distance = Meters{6};
  const BodyFigure standing = draw_body(shape, {}, {});
  Vec3<World> look_at = middle_of(standing.landmarks);
  look_at.v.x() += 1.5;  // the middle of the way
  const Vec3<World> axis = standing.landmarks[Landmark::left_ankle];
  std::vector<PoseFrame> frames;
  for (int i = 0; i / o.rate_hz <= o.at(o.recording_end); ++i) {
    const double t = i / o.rate_hz / o.pace;
    BodyFigure figure = draw_body(shape, simulated::walking_posture(o, t), {});
    const double heading =
        o.side * kPi * (jerk_step(t, o.turn_start, o.turn_end) + jerk_step(t, o.to_sit_start, o.to_sit_end));
    const double way = 3 * (jerk_step(t, o.up - 0.2, o.turn_start + 0.6) -
                            jerk_step(t, o.turn_end - 0.6, o.to_sit_start + 0.6));
    const Eigen::AngleAxisd turned{heading, Eigen::Vector3d::UnitY()};
    const Eigen::Vector3d around{0, 0, (axis.v.z() + standing.landmarks[Landmark::right_ankle].v.z()) / 2};
    for (Vec3<World>& point : figure.landmarks) {
      point.v = Eigen::Vector3d{turned * (point.v - around) + around};
      point.v.x() += way;
      for (int k = 0; k < 3; ++k) point.v[k] += noise(random);
    }
    frames.push_back({Seconds{i / o.rate_hz}, take_picture(figure.landmarks, shape, camera, look_at)});
  }
  return frames;
}

}  // namespace reprise::engine
