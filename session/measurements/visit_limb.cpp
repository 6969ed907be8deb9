// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_limb.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/pose/picture_points.h"
#include "engine/signal/median.h"

namespace reprise::session {
namespace {

using engine::PoseFrame;
using L = engine::Landmark;

// Chosen on twelve knee flexions of rendered visits 1 to 6. Of five whose ankle a helper's arms hid, the
// lower leg was so short, or the ankle so poorly seen, in a quarter of the pictures or more; of one that was
// measured 16 degrees too straight in a fifth, of the six others in a twentieth at most.
constexpr double kLeastLength = 0.85;     // of its length at rest
constexpr double kLeastVisible = 0.6;     // of the ankle
constexpr double kMostOutOfSight = 0.15;  // of the pictures, as of a limb that jumps
constexpr Seconds kAboutExtreme{0.25};
constexpr Seconds kRestAround{1.0};

struct Seen {
  Seconds time;
  double length_px;
  double visibility;  ///< of the ankle
};

std::vector<Seen> lower_leg(std::span<const PoseFrame> patient, std::optional<Side> side, Seconds from,
                            Seconds until) {
  const auto on_side = [&](L left) { return side == Side::right ? engine::mirrored(left) : left; };
  const L knee = on_side(L::left_knee);
  const L ankle = on_side(L::left_ankle);
  std::vector<Seen> seen;
  for (const PoseFrame& frame : patient) {
    if (!frame.pose || !frame.pose->image || frame.time < from || frame.time > until) continue;
    const double length = (engine::at_px(*frame.pose, knee) - engine::at_px(*frame.pose, ankle)).norm();
    seen.push_back({frame.time, length, frame.pose->visibility[ankle]});
  }
  return seen;
}

}  // namespace

LimbSight sight_of_limb(std::span<const PoseFrame> patient, engine::Measure measure, std::optional<Side> side,
                        Seconds start, Seconds extreme, Seconds end) {
  if (measure != engine::Measure::knee_flexion) return {};
  std::vector<double> at_rest;
  std::vector<double> at_extreme;
  std::vector<Seen> moving;
  for (const Seen& seen : lower_leg(patient, side, start - kRestAround, end + kRestAround)) {
    const bool rests = seen.time <= start || seen.time >= end;
    if (rests) at_rest.push_back(seen.length_px);
    if (!rests) moving.push_back(seen);
    if (std::abs((seen.time - extreme).value()) <= kAboutExtreme.value())
      at_extreme.push_back(seen.length_px);
  }
  if (at_rest.empty() || at_extreme.empty()) return {};  // landmarks without a picture
  const double rest_px = engine::median(std::move(at_rest));
  if (!(rest_px > 0)) return {};
  const auto hidden = std::count_if(moving.begin(), moving.end(), [&](const Seen& seen) {
    return seen.length_px < kLeastLength * rest_px || seen.visibility < kLeastVisible;
  });
  const double share = std::min(1.0, engine::median(std::move(at_extreme)) / rest_px);
  return {static_cast<double>(hidden) > kMostOutOfSight * static_cast<double>(moving.size()),
          Radians{std::acos(share)}};
}

}  // namespace reprise::session
