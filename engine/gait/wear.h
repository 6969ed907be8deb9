// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

/// Whether a sensor was worn, as far as its movement tells.
enum class WearState : std::uint8_t {
  worn,        ///< it moves as on a body, asleep or awake
  motionless,  ///< no movement for an hour or more: taken off, or a person who lies or sits very still
  not_worn,    ///< no movement for so long that hardly anyone keeps so still
};

/// A part of a recording, on its own clock.
struct RecordedStretch {
  Seconds start;
  Seconds end;
};

struct WearStretch {
  Seconds start;
  Seconds end;
  WearState state = WearState::worn;
};

struct WearOptions {
  /// An axis is still in a window where its values span less than this,
  double max_range_mps2 = 0.050 * kGravityMps2;
  /// and their standard deviation is less than this: GGIR's `detect_nonwear_clipping`, made for the wrist
  /// after van Hees et al. 2013. It moves its window of an hour by 15 minutes, we by one.
  double max_sd_mps2 = 0.013 * kGravityMps2;
  int still_axes = 2;    ///< so many still axes are no movement (same source)
  Seconds window{3600};  ///< same source; whole minutes
  /// No movement for so long counts as not worn. Jaeschke et al. 2017 compared rules for wear by day and
  /// night with diaries: 60 minutes without movement were mostly none (specificity 0.00 and 0.08), 180
  /// minutes had a sensitivity of 0.88 and a specificity of 0.92 in one of two cohorts. Theirs are counts,
  /// not raw acceleration.
  Seconds not_worn_from{3.0 * 3600};
};

/// Collects what the minutes of a recording say about wear; it keeps about 100 bytes a minute.
class WearMinutes {
 public:
  /// Samples of an unbroken stretch from `start` on, finite. Precondition: `start` is 0 or more.
  void add(Seconds start, const InertialView& samples);

  /// The state of each measured stretch, cut where it changes, in order. `measured`: rising, apart. Minutes
  /// that are not at least half measured end a window. The edges of a state are exact to a minute. A
  /// recording shorter than the window is all worn: it cannot be told.
  [[nodiscard]] std::vector<WearStretch> states(std::span<const RecordedStretch> measured,
                                                const WearOptions& options = {}) const;

 private:
  /// Of means over a fifth of a second.
  struct Minute {
    Eigen::Array3d low = Eigen::Array3d::Zero();
    Eigen::Array3d high = Eigen::Array3d::Zero();
    Eigen::Array3d sum = Eigen::Array3d::Zero();
    Eigen::Array3d squares = Eigen::Array3d::Zero();
    std::size_t count = 0;
    double measured_s = 0;
  };
  [[nodiscard]] bool is_still(std::size_t first, std::size_t count, const WearOptions& options) const;

  std::vector<Minute> minutes_;  ///< from the clock's 0 on
};

}  // namespace reprise::engine
