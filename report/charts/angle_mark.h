// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/frames.h"
#include "session/document.h"

namespace reprise::report {

/// Where a measure is shown on a figure, in the figure's own space.
struct AngleMark {
  Vec3<Camera> vertex;
  Vec3<Camera>
      zero;  ///< an angle: from the vertex towards neutral zero, as long as the limb; a ratio: unused
  Vec3<Camera> limb;  ///< the other end of the measured segment
  bool is_angle = true;
};

/// The mark of a measure on one side (midline measures ignore it). Empty where the figure does not show it.
[[nodiscard]] std::optional<AngleMark> angle_mark(const session::Figure& figure, engine::Measure measure,
                                                  engine::Side side);

/// The side on which a figure shows a measure better.
[[nodiscard]] engine::Side better_seen_side(const session::Figure& figure, engine::Measure measure);

}  // namespace reprise::report
