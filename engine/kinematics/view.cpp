// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/view.h"

#include <array>
#include <cmath>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, 4> kViewNames = {"front", "oblique", "side", "back"};

}  // namespace

std::string_view name(View view) {
  return kViewNames[static_cast<std::size_t>(view)];
}

std::optional<View> view_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kViewNames.size(); ++i) {
    if (kViewNames[i] == name) return static_cast<View>(i);
  }
  return std::nullopt;
}

std::optional<Radians> facing_azimuth(const Pose& pose) {
  const auto axes = heading_axes(pose);
  if (!axes) return std::nullopt;
  return Radians{std::atan2(axes->forward.v.x(), -axes->forward.v.z())};
}

View classify(Radians azimuth) {
  const double degrees = std::abs(to_degrees(azimuth).value());
  if (degrees < 30) return View::front;
  if (degrees < 60) return View::oblique;
  if (degrees <= 120) return View::side;
  return degrees < 150 ? View::oblique : View::back;
}

std::optional<Radians> typical_azimuth(std::span<const PoseFrame> frames) {
  double x = 0;
  double y = 0;
  bool any = false;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    if (const auto azimuth = facing_azimuth(*frame.pose)) {
      x += std::cos(azimuth->value());
      y += std::sin(azimuth->value());
      any = true;
    }
  }
  if (!any) return std::nullopt;
  return Radians{std::atan2(y, x)};
}

}  // namespace reprise::engine
