// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

enum class TransitionKind : std::uint8_t { sit_to_stand, stand_to_sit };

/// One rise from a chair, or one sitting down.
struct PosturalTransition {
  TransitionKind kind = TransitionKind::sit_to_stand;
  Seconds start;
  Seconds end;
  Seconds peak;               ///< when the trunk is fastest: about halfway
  double displacement_m = 0;  ///< of the sensor, upward positive
  double peak_speed_mps = 0;  ///< upward positive
  /// The speed's drift is known: the sensor rests within 30 s before and after, or until at most 2 s before
  /// the peak (the stillness constraint of Adamowicz et al. 2020). Otherwise drift alone may look like a
  /// transition.
  bool certain = false;

  [[nodiscard]] Seconds duration() const { return end - start; }
};

/// Values of pfizer-opensource/scikit-digital-health (sit2stand/detector.py, Adamowicz et al. 2020) unless
/// said otherwise.
struct SitToStandOptions {
  double min_displacement_m = 0.2;  ///< the source has 0.125, which walking reached. Unsourced
  double max_displacement_m = 1;    ///< unsourced
  /// Less than this share of the median displacement is a partial transition; the source has 0.75. Unsourced.
  double min_displacement_share = 0.5;
  double min_peak_speed_mps = 0.2;
  Seconds max_duration{4.5};
  /// The longest stretch between two rests over which the speed is integrated.
  Seconds longest_stretch{30};
  /// A transition lasts while the speed is above this share of its peak. Unsourced.
  double speed_share = 0.05;
  /// At rest the acceleration varies by less (SD of all axes, in half a second). Unsourced.
  double rest_sd_mps2 = 0.25;
  Seconds shortest_rest{0.3};  ///< unsourced
};

/// Returns rises from a chair and sitting down, in order, from a sensor at the lower back or a phone at the
/// belt, however mounted: the vertical acceleration integrated between rests gives the speed, without the
/// drift that it shows from rest to rest; a transition is a stretch of one sign with enough speed and
/// displacement (Adamowicz et al. 2020 as scikit-digital-health implements it; there candidates come from a
/// wavelet). After the last rest, or before the first, a line is fitted instead, as there, and between rests
/// more than `longest_stretch` apart speeds below 0.1 Hz are removed; such transitions are not `certain`,
/// unless a rest has just ended. With a gyroscope the trunk's inclination is followed by it. Empty if there
/// is none. Errors: invalid_argument (rate below 20 Hz, a sample that is not finite), nothing_measured
/// (shorter than 2 s).
[[nodiscard]] Result<std::vector<PosturalTransition>> find_postural_transitions(
    const InertialView& samples, const SitToStandOptions& options = {});

struct RiseTimes {
  Seconds mean;
  Seconds sd;  ///< 0 for a single rise
};

struct FiveTimesSitToStand {
  Seconds time_to_fifth_stand;  ///< from the first rise's start to the fifth one's end
  std::optional<Seconds> time_to_last_sit =
      std::nullopt;  ///< to the end of sitting down after it; empty: not seen
  RiseTimes rise;
  bool certain = false;  ///< all five are
};

/// Returns the five times sit-to-stand test: the first five rises in a row, with breaks of at most 10 s
/// between them (unsourced). Protocols stop the watch at the fifth stand, or when the buttocks touch the
/// chair after it (RehabMeasures, sralab.org); so both times are given. The watch of a protocol starts at
/// "Go", ours with the movement. Errors: nothing_measured (fewer than five).
[[nodiscard]] Result<FiveTimesSitToStand> five_times_sit_to_stand(
    std::span<const PosturalTransition> transitions);

struct ThirtySecondChairStand {
  int stands = 0;
  std::optional<RiseTimes> rise = std::nullopt;  ///< empty without a stand
  bool certain = false;                          ///< all stands are
};

/// Returns how often a person stands up within 30 s of `start` (empty: the first rise's start). A rise more
/// than halfway at the end counts, as pages that quote the instructions of the test have it. Errors:
/// nothing_measured (no rise at all).
[[nodiscard]] Result<ThirtySecondChairStand> thirty_second_chair_stand(
    std::span<const PosturalTransition> transitions, std::optional<Seconds> start = std::nullopt);

}  // namespace reprise::engine
