// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/cameras/camera_model.h"
#include "engine/cameras/fuse.h"
#include "pipeline/outputs.h"
#include "pipeline/recording.h"
#include "pipeline/sound_lags.h"
#include "session/recorded_pass.h"

namespace reprise::pipeline {

struct MotionOptions {
  std::optional<Hertz> rate = {};  ///< of the results; empty: the first camera's own moments
  /// Known, of each camera beyond the first's clock; empty: found by the movement, or by `sound`.
  std::vector<Seconds> lags = {};
  SoundLags sound = {};  ///< used instead of the movement, or compared with it
};

/// One camera's part in a movement.
struct MotionCamera {
  engine::CameraModel model;
  std::string file;
  std::string sha256;
  std::optional<Hertz> rate;
  Seconds lag{0};  ///< what its clock shows beyond the first camera's
  /// Of the speeds at that lag; empty for the first camera, and where the movement did not give the lag.
  std::optional<double> correlation = {};
  double ray_gap_m = 0;  ///< mean distance of its rays from the first camera's
  engine::CameraAgreement agreement = {};
};

/// A movement without an exercise: seen by several calibrated cameras, or by one.
struct Motion {
  std::vector<MotionCamera> cameras;
  Recording recording;  ///< the first camera's; of several, its landmarks are those of all, level axes
  std::optional<engine::FusedMovement> fused;  ///< empty: one camera
  session::Recorded recorded;
  std::vector<session::Warning> warnings;
  SoundLags sound = {};     ///< as in the options
  bool lags_given = false;  ///< by the user
};

/// The measures whose angles are written: all that a pose shows.
[[nodiscard]] std::vector<engine::Measure> motion_measures();

/// Assigns calibrated cameras to recordings: by names if each recording's name without its ending is a
/// camera's, else in the file's order. Errors: invalid_argument (fewer cameras than recordings, another
/// picture size than was calibrated, a name that means two videos or cameras or contradicts the order, two
/// cameras at one place; the cause names the camera). A recording that does not know its size is not refused.
[[nodiscard]] Result<std::vector<engine::CameraModel>> assign_cameras(
    std::span<const engine::CameraModel> calibrated, std::span<const Recording> recordings);

/// The name of a recording's file without its endings: "left" of left.landmarks.json.
[[nodiscard]] std::string camera_name(const Recording& recording);

/// The lags typed for the further cameras, a zero for the first before them; empty: none were. Errors:
/// invalid_argument (another number of them than further cameras, one that is beyond a day or no number).
[[nodiscard]] Result<std::vector<Seconds>> known_lags(std::span<const double> typed_s, std::size_t cameras);

/// The lower of two recordings' frame rates, as far as they are known.
[[nodiscard]] std::optional<Hertz> slower_rate(const Recording& a, const Recording& b);

/// The warning where the movement fits as well at another lag.
[[nodiscard]] session::Warning lag_ambiguous(std::size_t camera, Seconds lag, Seconds other);

/// Refuses one file given twice, and landmarks without pixels (invalid_argument, unsupported).
[[nodiscard]] Result<void> check_recordings(std::span<const Recording> recordings);

/// Synchronizes the recordings by the movement and the rays of the calibrated cameras, or by the lags that
/// the options have, finds the points in the room and fits one body to what all cameras saw. A single
/// recording is measured as `reprise analyze` does; `cameras` is then empty. Errors: those of
/// `assign_cameras`' results not fitting together: nothing_measured (no common moment, no movement to
/// synchronize by, rays that do not meet, a lag by sound that the movement contradicts, a mirrored camera, no
/// body).
[[nodiscard]] Result<Motion> measure_motion(std::vector<Recording> recordings,
                                            std::vector<engine::CameraModel> cameras,
                                            const MotionOptions& options = {});

/// motion.json, angles.csv, angles.mot, of several cameras points.trc, and the files of `body_files`.
/// motion.json comes first. `mass_kg`: the person's; empty: not known.
[[nodiscard]] Result<std::vector<OutputFile>> motion_outputs(const Motion& motion,
                                                             std::optional<double> mass_kg = {});

}  // namespace reprise::pipeline
