// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/units.h"
#include "engine/balance/cop_path.h"
#include "engine/balance/sway.h"

namespace reprise::engine {

/// Eyes closed divided by eyes open; above 1: more sway without sight.
struct RombergRatios {
  double velocity = 0;
  double area = 0;
  double path_length = 0;  ///< per second of recording, so equals `velocity`'s ratio at equal durations
};

/// Romberg ratios of two recordings of the same stance. Both should last equally long, because an area grows
/// with the recording. Errors: invalid_argument (durations differ by more than a tenth), nothing_measured
/// (no sway with open eyes).
[[nodiscard]] Result<RombergRatios> romberg_ratios(const SwayMeasures& eyes_open,
                                                   const SwayMeasures& eyes_closed);

/// Eight directions, in turn from anterior toward the person's right, 45 degrees each.
enum class LeanDirection : std::uint8_t {
  anterior,
  anterior_right,
  right,
  posterior_right,
  posterior,
  posterior_left,
  left,
  anterior_left,
};
inline constexpr std::size_t kLeanDirections = 8;

struct LimitsOfStabilityOptions {
  Seconds quiet_start{2};  ///< the neutral position is the mean of this time at the start. Unsourced default
  Seconds hold{0.2};       ///< an excursion counts if it is kept this long. Unsourced default
  Meters least{0.005};     ///< smaller excursions are sway, not a lean. Unsourced default
  std::optional<Meters> foot_length = std::nullopt;
};

struct Lean {
  Meters excursion{0};                      ///< along the direction, from the neutral position
  std::optional<double> foot_length_share;  ///< missing without a foot length
};

struct LimitsOfStability {
  CopPoint neutral;
  std::array<std::optional<Lean>, kLeanDirections> leans;  ///< by LeanDirection; missing: not leaned there
  std::optional<Meters> mean_excursion;                    ///< of the directions leaned in
};

/// Limits of stability: how far a person moves the center of pressure in eight directions while the feet
/// stay. Each sample belongs to the direction within 22.5 degrees; its excursion is its projection on it. The
/// largest excursion that lasts `hold` in a row counts. Signs of the path: see CopPoint.
/// Errors: as `sway`; invalid_argument (foot length outside 0.1 to 0.4 m), nothing_measured (shorter than the
/// quiet start).
[[nodiscard]] Result<LimitsOfStability> limits_of_stability(const CopView& path,
                                                            const LimitsOfStabilityOptions& options = {});

}  // namespace reprise::engine
