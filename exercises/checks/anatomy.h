// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/kinematics/measure.h"
#include "engine/skeleton/dof.h"

namespace reprise::exercises {

/// What no person passes, generously: to catch slips of the pen, not to judge a patient. Unsourced defaults.
struct AnatomicalLimits {
  double min = 0;  ///< degrees, or ratio
  double max = 0;
};

/// In degrees where the measure is an angle, else as the ratio.
[[nodiscard]] AnatomicalLimits anatomical_limits(engine::Measure measure);
/// In degrees.
[[nodiscard]] AnatomicalLimits anatomical_limits(engine::Dof dof);

/// What a measure can come out as at all (MeasureInfo's plausible range), in degrees or as the ratio.
[[nodiscard]] AnatomicalLimits plausible_limits(engine::Measure measure);

/// "degrees", or nothing for a ratio.
[[nodiscard]] const char* unit_of(engine::Measure measure);

}  // namespace reprise::exercises
