// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/framing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using L = Landmark;
constexpr std::size_t kParts = 5;
constexpr std::array<std::string_view, kParts> kPartNames = {"head", "hands", "hips", "knees", "feet"};
constexpr double kMostOfTheTime = 0.5;
constexpr double kTurnedShare = 0.8;
constexpr Seconds kAway{1.0};
constexpr double kStraightLeg = 0.97;  // hip to ankle over thigh and shank
constexpr std::size_t kLeastStanding = 5;
constexpr Degrees kLeastTilt{8};
constexpr Degrees kLeastTiltFromSide{11};
constexpr Degrees kMostTilt{40};

struct Point {
  double x = 0;
  double y = 0;
};

Point middle(const PerLandmark<ImagePoint>& p, L a, L b) {
  return {(p[a].x_px + p[b].x_px) / 2, (p[a].y_px + p[b].y_px) / 2};
}
double distance(const ImagePoint& a, const ImagePoint& b) {
  return std::hypot(a.x_px - b.x_px, a.y_px - b.y_px);
}
/// Clockwise from upwards, in the picture.
double lean(const Point& from, const Point& to) {
  return std::atan2(to.x - from.x, from.y - to.y);
}

bool is_straight(const PerLandmark<ImagePoint>& p, L hip, L knee, L ankle) {
  return distance(p[hip], p[ankle]) >
         kStraightLeg * (distance(p[hip], p[knee]) + distance(p[knee], p[ankle]));
}

bool stands(const PerLandmark<ImagePoint>& p) {
  return is_straight(p, L::left_hip, L::left_knee, L::left_ankle) &&
         is_straight(p, L::right_hip, L::right_knee, L::right_ankle);
}

}  // namespace

std::string_view name(FramedPart part) {
  return kPartNames[static_cast<std::size_t>(part)];
}

std::optional<FramedPart> framed_part_of(Landmark landmark) {
  if (landmark <= L::mouth_right) return FramedPart::head;
  if (landmark >= L::left_wrist && landmark <= L::right_thumb) return FramedPart::hands;
  if (landmark == L::left_hip || landmark == L::right_hip) return FramedPart::hips;
  if (landmark == L::left_knee || landmark == L::right_knee) return FramedPart::knees;
  if (landmark >= L::left_ankle) return FramedPart::feet;
  return std::nullopt;
}

std::vector<FramedPart> parts_outside(std::span<const PoseFrame> frames, int width_px, int height_px) {
  std::array<int, kParts> outside{};
  int seen = 0;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image || width_px <= 0 || height_px <= 0) continue;
    ++seen;
    std::array<int, kParts> all{};
    std::array<int, kParts> out{};
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const auto part = framed_part_of(static_cast<Landmark>(l));
      if (!part) continue;
      const ImagePoint& p = (*frame.pose->image)[l];
      ++all[static_cast<std::size_t>(*part)];
      if (p.x_px < 0 || p.y_px < 0 || p.x_px > width_px || p.y_px > height_px)
        ++out[static_cast<std::size_t>(*part)];
    }
    for (std::size_t i = 0; i < kParts; ++i) outside[i] += 2 * out[i] > all[i] ? 1 : 0;
  }
  std::vector<FramedPart> parts;
  for (std::size_t i = 0; i < kParts; ++i) {
    if (outside[i] > kMostOfTheTime * seen) parts.push_back(static_cast<FramedPart>(i));
  }
  return parts;
}

std::vector<TimeRange> absences(std::span<const PoseFrame> frames) {
  std::vector<TimeRange> away;
  std::optional<Seconds> last;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    const bool missed = last && &frame != frames.data() && !(&frame - 1)->pose;
    if (missed && frame.time - *last >= kAway) away.push_back({*last, frame.time});
    last = frame.time;
  }
  return away;
}

int quarter_turns(std::span<const PoseFrame> frames) {
  std::array<int, 4> at{};
  int seen = 0;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image) continue;
    const auto& p = *frame.pose->image;
    const double up =
        lean(middle(p, L::left_hip, L::right_hip), middle(p, L::left_shoulder, L::right_shoulder));
    ++at[static_cast<std::size_t>((std::lround(up / (kPi / 2)) + 4) % 4)];
    ++seen;
  }
  const auto most = std::max_element(at.begin(), at.end());
  return seen > 0 && *most >= kTurnedShare * seen ? static_cast<int>(most - at.begin()) : 0;
}

std::optional<Radians> tilt(std::span<const PoseFrame> frames) {
  std::vector<double> axis;
  std::vector<double> shoulders;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image || !stands(*frame.pose->image)) continue;
    const auto& p = *frame.pose->image;
    const Point chest = middle(p, L::left_shoulder, L::right_shoulder);
    const Point feet = middle(p, L::left_ankle, L::right_ankle);
    axis.push_back(lean(feet, chest));
    // A line through the shoulders only where the camera sees their width.
    const double width = distance(p[L::left_shoulder], p[L::right_shoulder]);
    if (width < 0.15 * std::hypot(chest.x - feet.x, chest.y - feet.y)) continue;
    const ImagePoint& a = p[L::left_shoulder];
    const ImagePoint& b = p[L::right_shoulder];
    const double steep = std::atan((b.y_px - a.y_px) / (b.x_px - a.x_px));
    if (std::isfinite(steep)) shoulders.push_back(steep);
  }
  if (axis.size() < kLeastStanding) return std::nullopt;
  const double by_axis = median(axis);
  if (std::abs(by_axis) > Radians{kMostTilt}.value()) return std::nullopt;
  if (2 * shoulders.size() < axis.size()) {
    const bool tilted = std::abs(by_axis) >= Radians{kLeastTiltFromSide}.value();
    return tilted ? std::optional{Radians{by_axis}} : std::nullopt;
  }
  const double by_shoulders = median(shoulders);
  const double least = Radians{kLeastTilt}.value();
  const bool agree =
      by_axis * by_shoulders > 0 && std::abs(by_axis) >= least && std::abs(by_shoulders) >= least;
  return agree ? std::optional{Radians{(by_axis + by_shoulders) / 2}} : std::nullopt;
}

}  // namespace reprise::engine
