// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/units.h"

namespace reprise {

[[nodiscard]] inline double rad(double degrees) {
  return Radians{Degrees{degrees}}.value();
}

[[nodiscard]] inline double degrees(double radians) {
  return to_degrees(Radians{radians}).value();
}

}  // namespace reprise
