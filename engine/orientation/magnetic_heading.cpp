// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/magnetic_heading.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {

MagneticHeading::MagneticHeading(Hertz rate, const MagneticHeadingOptions& options)
    : options_(options), dt_s_(period(rate).value()) {}

std::optional<Radians> MagneticHeading::step(const Vec3<Level>& field) {
  const double strength = field.norm();
  if (!field.v.allFinite() || !(strength > 0)) return std::nullopt;
  const double horizontal = std::hypot(field.v.x(), field.v.z());
  const double dip = std::atan2(-field.v.y(), horizontal);
  if (!has_reference() || disturbed_s_ > options_.relearn.value()) {
    strength_ = strength;
    dip_rad_ = dip;
    disturbed_s_ = 0;
  }
  disturbed_ = std::abs(strength - strength_) > options_.max_strength_error * strength_ ||
               std::abs(dip - dip_rad_) > options_.max_dip_error.value();
  if (disturbed_) {
    disturbed_s_ += dt_s_;
    return std::nullopt;
  }
  disturbed_s_ = 0;
  const double gain = std::min(1.0, dt_s_ / options_.reference_time.value());
  strength_ += gain * (strength - strength_);
  dip_rad_ += gain * (dip - dip_rad_);
  if (horizontal < options_.min_horizontal_share * strength) return std::nullopt;
  // A turn by +angle about y takes z towards x.
  return Radians{std::atan2(field.v.z(), field.v.x())};
}

}  // namespace reprise::engine
