// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"
#include "engine/skeleton/dof.h"

namespace reprise::engine {

struct JointLimits {
  Radians min;
  Radians max;
};

/// What no person passes, generously: to keep a fit to bodies that can be and to catch slips of the pen, not
/// to judge a patient. Unsourced defaults.
[[nodiscard]] JointLimits joint_limits(Dof dof);

}  // namespace reprise::engine
