// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/pose/landmarks.h"
#include "engine/skeleton/dof.h"
#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::engine {

struct DofValue {
  Dof dof = Dof::pelvis_tilt;
  Radians angle{0};
};

/// A posture within one repetition: the base posture with these angles replaced.
struct Keyframe {
  double at = 0;  ///< share of a repetition, 0 to 1
  std::vector<DofValue> angles = {};
  double flight = 0;  ///< Stance::flight at this moment
};

/// An exercise's movement as keyframes, from the catalog.
struct MovementDefinition {
  Stance stance = {};
  std::vector<DofValue> base = {};       ///< others are 0
  std::vector<Keyframe> keyframes = {};  ///< at least two; the first at 0, the last at 1, rising
  Seconds duration{4};                   ///< of one repetition
};

/// Exchanges left and right.
[[nodiscard]] MovementDefinition mirrored(const MovementDefinition& definition);

/// A planned fault. It follows the movement: zero at the start of a repetition, complete at the posture
/// farthest from the start.
struct PlannedFault {
  std::vector<DofValue> offsets = {};         ///< added at the extreme
  std::vector<std::size_t> repetitions = {};  ///< counted from 0; empty: all
};

/// The person is not seen for frames in [from, until).
struct DropOut {
  Seconds from{0};
  Seconds until{0};
};

struct GenerateOptions {
  int repetitions = 5;
  double duration_scale = 1;                  ///< of every repetition: 2 is half as fast
  double range_scale = 1;                     ///< of every deviation from the first keyframe
  std::vector<double> range_scale_each = {};  ///< by repetition, times `range_scale`; missing ones are 1
  Seconds before{1};                          ///< stillness before the first repetition
  Seconds rest{0.5};                          ///< stillness between repetitions
  Seconds after{1};
  bool mirror = false;  ///< the other side works
  Hertz frame_rate{30};
  Seconds time_jitter{0};           ///< largest delay of a frame; below the frame interval
  Meters noise{0};                  ///< standard deviation on each axis of each landmark
  double drop_out_probability = 0;  ///< of each frame independently
  std::vector<DropOut> drop_outs = {};
  std::vector<PlannedFault> faults = {};
  BodyShape body = {};
  VirtualCamera camera = {};
  std::uint64_t seed = 1;
};

/// The true times of one repetition. From `extreme` to `hold_end` the body is in the posture farthest from
/// the start; the two are equal without a hold.
struct RepetitionTruth {
  Seconds start;
  Seconds extreme;
  Seconds hold_end;
  Seconds end;
};

struct GeneratedMovement {
  std::vector<PoseFrame> frames;
  std::vector<Posture> postures;  ///< by frame: the angles as drawn, without noise, even while unseen
  std::vector<Stance> stances;    ///< by frame: that of the definition, with its flight
  std::vector<RepetitionTruth> repetitions;
};

/// Moves the body through an exercise and films it. Between keyframes each angle follows a
/// polynomial of fifth order without acceleration at the keyframes, and stops at turning points: a
/// minimum-jerk movement between them (Flash & Hogan 1985). Equal options give equal results on
/// every platform, except for the rounding of sine and cosine. Errors: invalid_argument
/// (definition or options); more than a million frames.
[[nodiscard]] Result<GeneratedMovement> generate(const MovementDefinition& definition,
                                                 const GenerateOptions& options);

/// Returns the figure at a share of one repetition, 0 to 1, for drawing. `offsets`: of a fault, as in
/// PlannedFault. Errors: as `generate`.
[[nodiscard]] Result<BodyFigure> figure_at(const MovementDefinition& definition, double share,
                                           const BodyShape& body = {},
                                           const std::vector<DofValue>& offsets = {});

}  // namespace reprise::engine
