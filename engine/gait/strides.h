// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/gait/foot_alignment.h"

namespace reprise::engine {

struct StrideOptions {
  double min_swing_radps = 0.8;      ///< least dorsiflexion velocity of a swing. Unsourced default
  double min_swing_share = 0.22;     ///< of the upper quartile of all such peaks. Unsourced default
  Hertz swing_cutoff{5};             ///< low-pass that leaves one peak to each swing. Unsourced default
  Seconds min_swing_distance{0.45};  ///< between two swings of the same foot. Unsourced default
  /// A stance that lasts longer is a pause: the stride before it stops, the one after it starts. In a slow
  /// gait, two usual strides. Unsourced default
  Seconds pause{1.3};
  Seconds mid_stance_window{0.1};  ///< over which the motion is averaged, as Rampp et al. 2014
  /// Largest motion energy of a mid-stance, as a share of the recording's 95th percentile. Unsourced
  /// default
  double max_mid_stance_energy = 0.06;
  Radians max_mid_stance_tilt{Degrees{25}};  ///< the foot is flat below. Unsourced default
  /// How far from a pause's ends, or those of the recording, mid-stance is looked for. Unsourced default
  Seconds pause_search{0.6};
};

/// One stride of one foot, from mid-stance to mid-stance. Events are seconds since the first sample.
struct StrideEvents {
  std::size_t begin = 0;  ///< sample of the first mid-stance (zero velocity)
  std::size_t end = 0;    ///< sample of the next one
  Seconds terminal_contact;
  Seconds initial_contact;
  std::optional<Seconds> previous_initial_contact;  ///< nullopt after a pause
  bool starts = false;                              ///< follows a pause or is the first
  bool stops = false;                               ///< a pause follows, or is the last
  double swing_peak_radps = 0;                      ///< largest dorsiflexion velocity of the swing
};

/// Finds all strides of one foot and their events in the foot's axes, in order of time. A swing is a
/// peak of the dorsiflexion velocity (about +z). Terminal contact: the fastest plantarflexion before it, as
/// the documentation of gaitmap's HerzerEventDetection puts it (after Figueiredo et al. 2018). Initial
/// contact: where the dorsiflexion velocity falls through 0 after the swing. That is our choice: contact by
/// motion capture lies there, and 10 to 50 ms before the shock. Rampp et al. 2014 (as gaitmap documents
/// RamppEventDetection) take the acceleration's extremum near the minimum that follows, which is later.
/// Mid-stance: least motion energy in a window of 0.1 s between two swings (Rampp et al. 2014). Swings
/// without a mid-stance at both sides are left out. Empty if there is none. Errors: invalid_argument (rate
/// too low for the low-pass), nothing_measured (too short).
[[nodiscard]] Result<std::vector<StrideEvents>> find_strides(const FootSamples& foot,
                                                             const StrideOptions& options = {});

}  // namespace reprise::engine
