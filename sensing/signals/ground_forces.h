// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sensing/signals/channel_meaning.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// A point on a plate or an insole, meters.
struct FloorPoint {
  double ap_m = 0, ml_m = 0;
};

/// The vertical force under one foot or on one plate, at an even rate from the recording's start.
struct GroundForce {
  std::string place;  ///< "left_foot", "left", ...; empty: not known
  std::string name;   ///< as the file names group, sensor or channel
  Hertz rate{1};
  bool unit_said = true;  ///< by the file or a description; false: Newton or kilopascals were assumed
  std::vector<std::optional<double>> force_n;      ///< on the person, up
  std::vector<std::optional<FloorPoint>> centers;  ///< of pressure; as many, or none where not recorded
};

struct GroundForces {
  std::vector<GroundForce> forces;
  std::vector<SignalFinding> findings;
};

struct GroundForceOptions {
  MeaningOptions meaning;
  /// Of each cell of an insole that gives pressures, square meters; empty: pressures are no forces.
  std::optional<double> cell_area_m2 = std::nullopt;
};

/// Everything that measures a vertical force: force plates, ground reaction forces, insoles that give a force
/// or, with `cell_area_m2`, the pressures of cells of one size. A force without an axis is one of an insole.
/// Centers of pressure are those with the same place and sensor. A recording that a long gap cuts gives one
/// force of each, missing in between. Errors: those of `channel_meanings`, nothing_measured (no vertical
/// force; the cause names the channels), invalid_argument (a unit that is none of a force, pressure or
/// length), unsupported (more than `kMaxSignalValues` samples with those missing).
[[nodiscard]] Result<GroundForces> ground_forces(const SignalRecording& recording,
                                                 const GroundForceOptions& options = {});

}  // namespace reprise::sensing
