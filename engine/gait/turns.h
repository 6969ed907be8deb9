// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

struct Turn {
  Seconds start;
  Seconds end;
  Radians angle;               ///< to the left positive
  double peak_rate_radps = 0;  ///< the largest, not negative
};

struct TurnOptions {
  /// Smaller and shorter or longer ones are left out; Pham et al. 2017, as KielMAT's PhamTurnDetection has
  /// it.
  Radians min_angle = Degrees{90};
  Seconds shortest{0.5};
  Seconds longest{10};
  /// A turn is where the trunk turns faster. Unsourced.
  double min_rate_radps = 0.25;
  /// Parts of a turn to the same side that are closer belong together (Pham et al. 2017 join hesitations of
  /// up to 0.5 s).
  Seconds max_hesitation{0.5};
  Hertz cutoff{1};  ///< removes the pelvis's rotation with each stride. Unsourced
};

/// Returns the turns of a walk about the vertical, in order, from a sensor at the trunk, however mounted.
/// Start and end are those of the minimum-jerk turn that fits the heading best, by least squares from 0.6 s
/// before to 0.6 s after, because the pelvis's rotation with each stride hides where a turn sets in (our own
/// estimate; it depends on the course of the movement: one like a raised cosine comes out about 8 % of its
/// time longer at each end). `up`: one a sample (gravity_directions). Errors: unsupported (no gyroscope), as
/// gravity_directions.
[[nodiscard]] Result<std::vector<Turn>> find_turns(const InertialView& samples,
                                                   std::span<const Vec3<Sensor>> up,
                                                   const TurnOptions& options = {});

namespace detail {

/// When a movement between two positions starts and ends.
struct MovementBounds {
  Seconds start;
  Seconds end;
};

/// Returns the bounds of the minimum-jerk movement that passes a tenth of its way at `early` and nine tenths
/// at `late`.
[[nodiscard]] MovementBounds minimum_jerk_bounds(Seconds early, Seconds late);

}  // namespace detail

}  // namespace reprise::engine
