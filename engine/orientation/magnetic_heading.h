// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/units.h"
#include "engine/orientation/attitude.h"

namespace reprise::engine {

/// Unsourced defaults.
struct MagneticHeadingOptions {
  double max_strength_error = 0.15;    ///< share of the learnt strength
  Radians max_dip_error{Degrees{10}};  ///< of the angle between field and floor
  Seconds reference_time{10};          ///< in which the learnt field follows an undisturbed one
  Seconds relearn{20};                 ///< a new field that stays as long is taken as the undisturbed one
  double min_horizontal_share = 0.1;   ///< of the strength; below, near a pole, there is no heading
};

/// Checks a magnetic field against the one learnt before, by strength and dip, and gives the heading's error.
class MagneticHeading {
 public:
  explicit MagneticHeading(Hertz rate, const MagneticHeadingOptions& options = {});

  /// `field` in level axes, any unit. The turn about the vertical that would bring its horizontal part to
  /// +x (magnetic north), -pi to pi; nullopt if the field is disturbed, vertical or not finite. The first
  /// field is learnt as undisturbed.
  std::optional<Radians> step(const Vec3<Level>& field);

  [[nodiscard]] bool disturbed() const { return disturbed_; }
  [[nodiscard]] bool has_reference() const { return strength_ > 0; }

 private:
  MagneticHeadingOptions options_;
  double dt_s_ = 0;
  double strength_ = 0;  ///< learnt; 0: none yet
  double dip_rad_ = 0;
  double disturbed_s_ = 0;
  bool disturbed_ = false;
};

}  // namespace reprise::engine
