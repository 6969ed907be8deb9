// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

// Jumps of a drawn person with known flights, for tests. Nothing here is a person's.
namespace reprise::engine {

/// Three jumps, thrown as a body in free fall; before each the knees bend, and after it they give.
struct SimulatedJumps {
  double height_m = 0.25;
  double rate_hz = 30;
  Radians azimuth = Degrees{0};
  Radians landing_knees = Degrees{0};
  double noise_px = 0.6;
  double second_foot_later = 0;  ///< s: the right foot leaves and lands later
  double step_m = 0;             ///< each jump lands so much lower than it left
  std::size_t jumps = 3;
  double every_s = 2.4;

  [[nodiscard]] double flight() const { return std::sqrt(8 * height_m / 9.80665); }
  [[nodiscard]] double take_off(std::size_t jump) const { return 1.6 + every_s * static_cast<double>(jump); }
};

namespace simulated {

/// Height of a thrown body, m.
inline double thrown_m(const SimulatedJumps& o, double since_take_off) {
  if (since_take_off <= 0 || since_take_off >= o.flight()) return 0;
  return 9.80665 / 2 * since_take_off * (o.flight() - since_take_off);
}

inline double bump(double t, double from, double to) {
  if (t <= from || t >= to) return 0;
  const double s = std::sin(kPi * (t - from) / (to - from));
  return s * s;
}

}  // namespace simulated

inline std::vector<PoseFrame> simulated_jumps(const SimulatedJumps& o) {
  std::mt19937 random{7};
  std::normal_distribution<double> noise{0, o.noise_px};
  const BodyShape shape;
  VirtualCamera camera;
  camera.azimuth = o.azimuth;
  const BodyFigure standing = draw_body(shape, {}, {});
  const Vec3<World> look_at = middle_of(standing.landmarks);
  std::vector<PoseFrame> frames;
  const double end = o.take_off(o.jumps - 1) + 2.2;
  for (int i = 0; i / o.rate_hz <= end; ++i) {
    const double t = i / o.rate_hz;
    Posture posture;
    double flown = 0;
    double second = 0;
    double knees = 0;
    double toes = 0;
    double fallen = 0;
    for (std::size_t k = 0; k < o.jumps; ++k) {
      if (t > o.take_off(k) + o.flight() / 2) fallen += o.step_m;
      const double off = o.take_off(k);
      const double land = off + o.flight();
      flown += simulated::thrown_m(o, t - off);
      second += simulated::thrown_m(o, t - off - o.second_foot_later);
      knees += 75 * simulated::bump(t, off - 0.9, off - 0.02) + 50 * simulated::bump(t, land, land + 0.7);
      // The knees are bent in the air before they touch the ground.
      if (o.landing_knees > Radians{0} && t > off && t < land + 0.4)
        knees = std::max(knees, Degrees{to_degrees(o.landing_knees)}.value() *
                                    std::min(1.0, (t - off) / (0.6 * (land - off))));
      toes += 35 * simulated::bump(t, off - 0.3, land + 0.3);
    }
    for (const Dof knee : {Dof::left_knee_flexion, Dof::right_knee_flexion}) posture[knee] = Degrees{knees};
    for (const Dof hip : {Dof::left_hip_flexion, Dof::right_hip_flexion}) posture[hip] = Degrees{knees / 2};
    for (const Dof ankle : {Dof::left_ankle_dorsiflexion, Dof::right_ankle_dorsiflexion})
      posture[ankle] = Degrees{knees / 2 - toes};
    Stance stance;
    stance.left_foot = stance.right_foot = FootRule::free;
    stance.flight = flown / shape.stature.value();
    BodyFigure figure = draw_body(shape, posture, stance);
    if (o.second_foot_later > 0) {
      for (const Landmark l : {Landmark::right_ankle, Landmark::right_heel, Landmark::right_foot_index})
        figure.landmarks[l].v.y() += second - flown;
    }
    for (Vec3<World>& point : figure.landmarks) point.v.y() -= fallen;
    Pose pose = take_picture(figure.landmarks, shape, camera, look_at);
    for (ImagePoint& point : *pose.image) {
      point.x_px += noise(random);
      point.y_px += noise(random);
    }
    frames.push_back({Seconds{t}, std::move(pose)});
  }
  return frames;
}

}  // namespace reprise::engine
