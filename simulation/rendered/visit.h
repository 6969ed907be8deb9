// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/kinematics/measure.h"
#include "simulation/rendered/figure.h"
#include "simulation/rendered/film_camera.h"
#include "simulation/rendered/reach.h"
#include "simulation/rendered/room.h"

namespace reprise::simulation::rendered {

// A visit: a patient does movements of range of motion one after another, some of them passively, with a
// clinician's hand at the limb; one camera sees both. Room axes as in take.h.

struct VisitOptions {
  std::uint64_t seed = 1;  ///< of the people, ranges, tempo, room, camera; odd ones exchange left and right
  Hertz frame_rate{15};
  int width_px = 640;  ///< a multiple of 8; the height is three quarters of it
};

/// Which side of the patient the camera sees.
enum class Shown : std::uint8_t { front, right, left };
[[nodiscard]] std::string_view name(Shown shown);

/// A movement of the script.
struct VisitMovement {
  std::string test;  ///< of catalog/range_of_motion
  engine::Measure measure = engine::Measure::elbow_flexion;
  double sign = 1;  ///< of the measure in this movement
  Side side = Side::right;
  Shown shown = Shown::front;
  bool passive = false;
  std::vector<std::pair<engine::Dof, double>> extreme_deg;  ///< added to standing
  bool on_one_leg = false;                                  ///< the other leg carries the body
  Eigen::Vector3d helper{0, 0, 0};  ///< where a passive movement's helper stands, in the patient's axes
};

/// The fifteen movements in their order. `exchanged`: left and right exchanged.
[[nodiscard]] std::vector<VisitMovement> visit_script(bool exchanged);

/// When a movement of the script happened, and how far it went.
struct VisitTruth {
  Seconds start{0};
  Seconds extreme{0};
  Seconds end{0};
  Radians angle{0};  ///< the largest of the movement, by engine/kinematics from the true joints
  std::optional<double> hand_gap_m;  ///< passive: the most that the palm was away from its place at the limb
};

struct Visit {
  VisitOptions options;
  std::vector<VisitMovement> movements;
  std::vector<VisitTruth> truths;  ///< by movement
  std::array<Person, 2> people;    ///< the patient, the helper
  std::array<Figure, 2> figures;
  std::vector<Seconds> times;
  std::vector<std::array<RigPose, 2>> poses;  ///< by frame
  Room room;
  Light light;
  FilmCamera camera;
};

/// Errors: invalid_argument (options), those of reading the pack.
[[nodiscard]] Result<Visit> plan_visit(const Pack& pack, const VisitOptions& options);

/// The video as MP4. `drawn` is called after each frame; false stops. Errors: cancelled, those of
/// VideoWriter.
[[nodiscard]] Result<std::string> film_visit(const Visit& visit, const std::function<bool(int)>& drawn);

/// The movements, and both people's joints in the picture, as JSON (docs/guide/rendered-people.md).
[[nodiscard]] std::string visit_truth_json(const Visit& visit);

}  // namespace reprise::simulation::rendered
