// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/frames.h"

namespace reprise::engine {

/// Finds the range of an inertial sensor if the samples ran into it: an axis that stays at its largest
/// magnitude, within 1e-4 of it, for at least `shortest_run` samples. Samples in the sensor's own axes, as
/// recorded: after a rotation the plateau is gone. `least`: smaller maxima count as rest, not as a range
/// (unit of the samples). nullopt if no axis is saturated. The tolerance is an unsourced default: some steps
/// of a sensor with 16 bits.
[[nodiscard]] std::optional<double> saturation_limit(std::span<const Vec3<Sensor>> samples, double least,
                                                     std::size_t shortest_run);

/// Ranges begin at 250 degrees/s: a gyroscope's maximum below is none. Unsourced default
inline constexpr double kLeastGyroscopeRangeRadps = 4.0;
/// Ranges begin at 2 g: an accelerometer's maximum below is none. Unsourced default
inline constexpr double kLeastAccelerometerRangeMps2 = 18.0;

}  // namespace reprise::engine
