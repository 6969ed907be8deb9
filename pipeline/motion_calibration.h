// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "engine/cameras/motion_calibration.h"
#include "pipeline/recording.h"
#include "pipeline/sound_lags.h"

namespace reprise::pipeline {

struct CalibrationOptions {
  Meters stature{1.7};
  std::vector<Seconds> lags = {};      ///< known, of each camera beyond the first's clock; empty: found
  SoundLags sound = {};                ///< used instead of the movement, or compared with it
  Radians field_of_view{Degrees{65}};  ///< of each camera, along the longer side of its pictures
};

struct CalibratedCameras {
  engine::MotionCalibration calibration;
  std::vector<Seconds> lags;  ///< of each camera beyond the first's clock
  std::vector<session::Warning> warnings = {};
};

/// Finds where cameras stand from the person who moves before them: the lag of each pair by the movement and
/// the pose that fits it best, then the places of all. Cameras are named as their videos without endings.
/// Errors: those of `check_recordings`, `engine::matching_lags` and `engine::calibrate_from_motion`;
/// invalid_argument (pictures of unknown size, equal names); nothing_measured (a lag by sound that the
/// movement contradicts).
[[nodiscard]] Result<CalibratedCameras> calibrate_cameras(std::span<const Recording> recordings,
                                                          const CalibrationOptions& options);

}  // namespace reprise::pipeline
