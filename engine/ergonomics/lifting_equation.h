// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// How well two hands hold the load, as the lifting equation has it.
enum class LiftCoupling : std::uint8_t { good, fair, poor };
[[nodiscard]] std::string_view name(LiftCoupling coupling);
[[nodiscard]] std::optional<LiftCoupling> lift_coupling_from_name(std::string_view name);

/// Where the hands are at one end of a lift.
struct LiftEnd {
  Meters horizontal;                 ///< hands ahead of the middle of the ankles
  Meters vertical;                   ///< hands above the floor
  std::optional<Radians> asymmetry;  ///< load beside the sagittal plane, not negative; empty: not known
};

/// A two-handed lift that is repeated. Lowering counts as lifting.
struct LiftingTask {
  double load_kg = 0;
  LiftEnd origin;
  /// Its height gives the distance of the lift. The rest of it counts only with `control_at_destination`.
  LiftEnd destination;
  /// The load is gripped anew, held or guided into place at the end: then the worse of both ends holds.
  bool control_at_destination = false;
  double lifts_per_minute = 0;
  /// The longest lifting without enough recovery after it. Enough is light work that lasts as long as the
  /// lifting, after up to one hour, and three tenths of it, after up to two.
  double hours = 0;
  std::optional<LiftCoupling> coupling;  ///< empty: not known
};

/// A number from the least to the most that missing inputs leave open; both the same where nothing is.
struct NumberRange {
  double least = 0;
  double most = 0;
};

struct LiftMultipliers {
  double horizontal = 0;
  double vertical = 0;
  double distance = 0;
  NumberRange asymmetry;
  double frequency = 0;
  NumberRange coupling;
  NumberRange limit_kg;  ///< recommended weight limit
};

struct LiftingResult {
  LiftMultipliers origin;
  std::optional<LiftMultipliers> destination;  ///< with control there
  NumberRange limit_kg;                        ///< recommended weight limit: the lower of both ends
  /// Load over limit. Empty: the limit is 0, and the equation has no weight for such a lift.
  std::optional<NumberRange> index;
  /// Which inputs lie beyond the equation's limits, and the value taken instead; plain words, English.
  std::vector<std::string> notes;
};

inline constexpr double kLiftLoadConstantKg = 23;

/// The revised NIOSH lifting equation (Waters et al. 1994, publication 94-110) for a single task, in its
/// metric form. Multipliers are not rounded; between the lines of the frequency table they are interpolated,
/// and a frequency between a line and one of 0 gives 0. An unknown asymmetry or coupling leaves a range.
/// Errors: invalid_argument (negative or not finite), unsupported (longer than eight hours, for which the
/// equation has no limit).
[[nodiscard]] Result<LiftingResult> lifting_limit(const LiftingTask& task);

}  // namespace reprise::engine
