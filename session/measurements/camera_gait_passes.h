// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/camera_gait/camera_strides.h"
#include "engine/camera_gait/front_steps.h"
#include "engine/camera_gait/gait_curves.h"
#include "engine/camera_gait/walking_passes.h"
#include "session/measurements/camera_gait.h"

namespace reprise::session {

/// Curves over the gait cycle: hip flexion, knee flexion, ankle dorsiflexion.
inline constexpr std::size_t kCycleMeasures = 3;

/// One stride with everything measured in it.
struct MeasuredStride {
  std::size_t recording = 0;
  Side side = Side::left;
  bool near = true;  ///< the leg that the camera sees whole
  Seconds start{0};
  Seconds end{0};
  std::optional<Seconds> foot_off;
  std::optional<double> length_m;
  std::optional<double> contact_angle_rad;
  std::array<std::optional<engine::GaitCycle>, kCycleMeasures> cycles;  ///< rad
  std::optional<double> arm_swing_rad;  ///< how far the arm of this side goes to and fro

  [[nodiscard]] double time_s() const { return (end - start).value(); }
  [[nodiscard]] std::optional<double> stance_share() const {
    if (!foot_off) return std::nullopt;
    return (*foot_off - start) / (end - start);
  }
};

struct MeasuredStep {
  std::size_t recording = 0;
  Side side = Side::left;
  Seconds start{0};
  Seconds end{0};
  std::optional<double> length_m;
};

/// A pass from the side, for a plot of the heels.
struct SidePass {
  std::size_t recording = 0;
  engine::LegTracks tracks;
  std::vector<engine::FootEvent> events;
};

/// Of the pelvis while a foot swings, seen from in front or behind.
struct PelvicDrop {
  Side stance = Side::left;
  double drop_rad = 0;  ///< the swinging side lower: positive
};

struct CameraGait {
  std::vector<MeasuredStride> strides;
  std::vector<MeasuredStep> steps;
  std::vector<SidePass> side_passes;
  std::vector<double> double_support_shares;
  std::size_t contacts = 0;
  std::vector<PelvicDrop> pelvic_drops;
  std::vector<double> front_step_times_s;
  std::size_t front_swings = 0;
  bool scaled = false;
  bool less_accurate = false;  ///< a recording's landmarks are of a network that errs more than the ± says
  std::vector<Warning> warnings;
};

/// Analyzes every pass of every recording. Errors: as measure_camera_gait.
[[nodiscard]] Result<CameraGait> analyze_camera_gait(std::span<const CameraGaitRecording> recordings,
                                                     const CameraGaitOptions& options);

/// Findings with their evidence (docs/reference/measurement-document.md). `document`: its values are looked
/// at.
void add_gait_findings(MeasurementDocument& document, const CameraGait& gait);

}  // namespace reprise::session
