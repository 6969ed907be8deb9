// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/gait/foot_trajectory.h"
#include "engine/gait/strides.h"

namespace reprise::engine {

/// Where the tip of the toes and the heel's lowest point lie from the sensor, in the foot's axes.
struct FootGeometry {
  Vec3<Foot> toe_from_sensor_m;
  Vec3<Foot> heel_from_sensor_m;
};

struct FootStrideOptions {
  FootTrajectoryOptions trajectory;
  std::optional<FootGeometry> geometry = std::nullopt;  ///< without: no clearance of toe and heel
  Radians turn{Degrees{20}};  ///< a stride that changes heading by more turns. Unsourced default
  Meters shortest{0.15};      ///< a swing that moves the foot less and does not turn is no stride. Unsourced
  Meters longest{2.5};        ///< a longer one is doubtful. Unsourced default
  Radians max_mid_stance_tilt{Degrees{25}};  ///< a foot tilted more is not flat: doubtful. Unsourced default
  double max_gravity_error_mps2 = 1.5;       ///< of the acceleration at mid-stance, else doubtful. Unsourced
};

/// What one stride measures. Lengths in meters, times in seconds; definitions as in the documentation of
/// gaitmap's SpatialParameterCalculation and TemporalParameterCalculation (after Kanzler et al. 2015 and
/// Rampp et al. 2014).
struct FootStride {
  StrideEvents events;
  double stride_length_m = 0;             ///< horizontal, from mid-stance to mid-stance
  std::optional<double> stride_time_s;    ///< initial contact to initial contact; nullopt after a pause
  std::optional<double> speed_mps;        ///< length by time
  double swing_time_s = 0;                ///< terminal to initial contact
  std::optional<double> stance_time_s;    ///< the rest of the stride time
  double max_sensor_height_m = 0;         ///< above that at mid-stance; no toe clearance
  std::optional<double> toe_clearance_m;  ///< least height of the toes about mid-swing, with a geometry
  std::optional<double> heel_height_m;    ///< largest height of the heel, with a geometry
  double lateral_excursion_m = 0;  ///< largest distance from the straight line between both mid-stances
  Radians foot_angle_at_initial_contact;  ///< sole to floor, 0 at mid-stance, toes up positive
  Radians foot_angle_at_terminal_contact;
  Radians turn;           ///< change of the foot's heading, positive to the left
  bool turns = false;     ///< |turn| above the limit
  bool doubtful = false;  ///< no clear zero velocity at an end, or an impossible length

  /// Steady walking, which alone enters averages: neither starts, stops, turns nor is doubtful.
  [[nodiscard]] bool is_steady() const { return !events.starts && !events.stops && !turns && !doubtful; }
};

/// Measures a stride along its reconstructed trajectory. nullopt if the foot neither traveled nor turned:
/// then it was no stride. Precondition: `events` are from the same recording.
[[nodiscard]] std::optional<FootStride> measure_stride(const InertialView& samples,
                                                       const FootAlignment& alignment,
                                                       const StrideEvents& events,
                                                       const FootStrideOptions& options = {});

}  // namespace reprise::engine
