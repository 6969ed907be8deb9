// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/region_of_interest.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kMargin = 1.25;

Radians wrapped(double angle) {
  return Radians{angle - 2 * kPi * std::floor((angle + kPi) / (2 * kPi))};
}

}  // namespace

RegionOfInterest whole_picture(int width, int height) {
  return {{0.5 * width, 0.5 * height}, static_cast<double>(std::max(width, height)), Radians{0}};
}

RegionOfInterest region_around_person(const Eigen::Vector2d& center_px, const Eigen::Vector2d& circle_px) {
  const Eigen::Vector2d up = circle_px - center_px;
  // y runs down in the picture: without the minus an upright person would be turned upside down.
  return {center_px, 2 * kMargin * up.norm(), wrapped(kPi / 2 - std::atan2(-up.y(), up.x()))};
}

Eigen::Vector2d to_picture(const RegionOfInterest& region, const Eigen::Vector2d& share) {
  const Eigen::Vector2d from_center = region.side_px * (share - Eigen::Vector2d{0.5, 0.5});
  return region.center_px + Eigen::Rotation2Dd(region.rotation.value()) * from_center;
}

bool is_usable(const RegionOfInterest& region) {
  return region.center_px.allFinite() && std::isfinite(region.side_px) && region.side_px > 0 &&
         std::isfinite(region.rotation.value());
}

}  // namespace reprise::engine
