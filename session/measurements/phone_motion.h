// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/result.h"
#include "engine/signal/inertial.h"

namespace reprise::session {

/// Values of a phone's motion: acceleration with gravity (m/s2, x y z), rotation (rad/s, x y z).
inline constexpr std::size_t kMotionNumbers = 6;

/// Brings a phone's motion, which browsers deliver at 25 to 60 uneven samples a second, to an even rate: the
/// median one, by linear interpolation. `times_s` rise; `motion` has kMotionNumbers values a sample. Errors:
/// invalid_argument (other lengths, times that fall, a value that is not finite), nothing_measured (shorter
/// than two seconds; a pause of more than half a second, which voids a test), unsupported (below 20 samples a
/// second in the median).
[[nodiscard]] Result<engine::InertialSamples> phone_motion(std::span<const double> times_s,
                                                           std::span<const double> motion);

}  // namespace reprise::session
