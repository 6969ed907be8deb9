// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/gait/turns.h"

namespace reprise::engine {

/// A measure over time: one value a moment, empty where it was not measured. Times rise.
struct Curve {
  std::vector<Seconds> times;
  std::vector<std::optional<double>> values;

  [[nodiscard]] std::size_t size() const { return values.size(); }
};

/// The first moment at or after `time`; size() where there is none.
[[nodiscard]] std::size_t index_from(const Curve& curve, Seconds time);

/// The largest or smallest value in [from, to] of the curve's moments. Empty where none was measured.
struct CurvePoint {
  std::size_t at = 0;
  double value = 0;
};
[[nodiscard]] std::optional<CurvePoint> largest_in(const Curve& curve, Seconds from, Seconds to);
[[nodiscard]] std::optional<CurvePoint> smallest_in(const Curve& curve, Seconds from, Seconds to);

/// When the curve last lay at `level` before moment `at`, or first after it, by interpolation; `at` must have
/// a value. Empty where it does not cross between there and `limit`.
[[nodiscard]] std::optional<Seconds> last_crossing_before(const Curve& curve, std::size_t at, double level,
                                                          Seconds limit);
[[nodiscard]] std::optional<Seconds> first_crossing_after(const Curve& curve, std::size_t at, double level,
                                                          Seconds limit);

/// The movement between the value at a point and the level `to`, before or after it: bounds of the
/// minimum-jerk movement that passes a tenth and nine tenths of the way at the same times, so that they
/// depend on no threshold. Empty where it does not pass both between the point and `limit`.
[[nodiscard]] std::optional<detail::MovementBounds> movement_before(const Curve& curve,
                                                                    const CurvePoint& point, double to,
                                                                    Seconds limit);
[[nodiscard]] std::optional<detail::MovementBounds> movement_after(const Curve& curve,
                                                                   const CurvePoint& point, double to,
                                                                   Seconds limit);

}  // namespace reprise::engine
