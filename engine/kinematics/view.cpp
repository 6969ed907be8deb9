// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numeric>
#include <vector>

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

std::optional<Facing> facing_over(std::span<const PoseFrame> frames) {
  std::vector<std::complex<double>> directions;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    if (const auto azimuth = facing_azimuth(*frame.pose))
      directions.push_back(std::polar(1.0, azimuth->value()));
  }
  if (directions.empty()) return std::nullopt;
  const auto sum = std::accumulate(directions.begin(), directions.end(), std::complex<double>{});
  std::complex<double> alike;
  for (const auto& direction : directions) {
    if ((direction * std::conj(sum)).real() >= 0) alike += direction;
  }
  constexpr double kLeastLength = 1e-6;  // directions that cancel out: the spread stays finite
  const double length = std::clamp(std::abs(sum) / static_cast<double>(directions.size()), kLeastLength, 1.0);
  return Facing{Radians{std::arg(alike)}, Radians{std::sqrt(-2 * std::log(length))}};
}

}  // namespace reprise::engine
