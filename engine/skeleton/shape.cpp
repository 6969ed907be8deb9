// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/shape.h"

#include <string>

namespace reprise::engine {

Result<void> check(const BodyShape& shape) {
  const double stature = shape.stature.value();
  if (!(stature >= 0.4 && stature <= 2.6)) {
    return fail(ErrorCode::invalid_argument, "body model", "a stature of " + std::to_string(stature) + " m",
                "give a stature from 0.4 to 2.6 m");
  }
  const Proportions& p = shape.proportions;
  for (const double length :
       {p.shank, p.thigh, p.ankle_height, p.heel_behind, p.toe_ahead, p.half_hips, p.trunk, p.half_shoulders,
        p.upper_arm, p.forearm, p.knuckles, p.half_palm, p.thumb, p.eye_height}) {
    if (!(length > 0 && length < 1)) {
      return fail(ErrorCode::invalid_argument, "body model", "a proportion is not between 0 and 1",
                  "give each length as a fraction of stature");
    }
  }
  return {};
}

}  // namespace reprise::engine
