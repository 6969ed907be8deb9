// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/front_steps.h"

#include <algorithm>
#include <cmath>

#include "engine/camera_gait/leg_tracks.h"
#include "engine/camera_gait/picture_point.h"
#include "engine/signal/median.h"
#include "engine/signal/peaks.h"

namespace reprise::engine {
namespace {

constexpr double kLeastLift = 0.04;  // of the swing's height above the middle of both, leg lengths. Unsourced
constexpr Seconds kLeastFrontStride{0.5};

// How far the left hip lies below the right one.
double left_hip_lower(const Pose& pose) {
  const PlanePoint left = plane_point(pose, Landmark::left_hip);
  const PlanePoint right = plane_point(pose, Landmark::right_hip);
  return std::atan2(left.y - right.y, std::abs(left.x - right.x));
}

// Over a tenth of a second before and after the middle of the swing; `tilt`: that of the left hip all along.
Radians hip_drop_at(std::span<const PoseFrame> frames, const FrontSwing& swing, double tilt) {
  std::vector<double> drops;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || std::abs((frame.time - swing.middle).value()) > 0.1) continue;
    const double lower = left_hip_lower(*frame.pose) - tilt;
    drops.push_back(swing.side == Side::left ? lower : -lower);
  }
  return Radians{drops.empty() ? 0 : median(drops)};
}

}  // namespace

Radians hip_tilt(std::span<const PoseFrame> frames) {
  std::vector<double> lower;
  for (const PoseFrame& frame : frames) {
    if (frame.pose) lower.push_back(left_hip_lower(*frame.pose));
  }
  return Radians{lower.empty() ? 0 : median(lower)};
}

Result<std::vector<FrontSwing>> find_front_swings(std::span<const PoseFrame> frames) {
  const auto tracks = track_legs(frames, 1);
  if (!tracks) return tl::unexpected(tracks.error());
  // How much higher the left heel is. The nearer foot lies lower in the picture: its mean is taken off.
  std::vector<double> higher;
  for (std::size_t i = 0; i < tracks->size(); ++i)
    higher.push_back(tracks->of(Side::left).heel_up[i] - tracks->of(Side::right).heel_up[i]);
  const double usual = median(higher);
  std::vector<FrontSwing> swings;
  for (const Side side : {Side::left, Side::right}) {
    std::vector<double> lift;
    for (const double value : higher) lift.push_back(side == Side::left ? value - usual : usual - value);
    PeakOptions options;
    options.min_height = kLeastLift;
    options.min_prominence = 2 * kLeastLift;
    options.min_distance =
        static_cast<std::size_t>(kLeastFrontStride * LegTracks::kRate.value() / Seconds{1});
    const auto peaks = find_peaks(lift, options);
    if (!peaks) return tl::unexpected(peaks.error());
    for (const Peak& peak : *peaks)
      swings.push_back({side, tracks->time(static_cast<double>(peak.index)), peak.height, Radians{0}});
  }
  std::stable_sort(swings.begin(), swings.end(),
                   [](const FrontSwing& a, const FrontSwing& b) { return a.middle < b.middle; });
  std::vector<FrontSwing> alternating;
  for (const FrontSwing& swing : swings) {
    if (alternating.empty() || alternating.back().side != swing.side) {
      alternating.push_back(swing);
    } else if (swing.lift > alternating.back().lift) {
      alternating.back() = swing;
    }
  }
  // A camera held askew tilts the hips all along; the median of the pass takes that off.
  const double tilt = hip_tilt(frames).value();
  for (FrontSwing& swing : alternating) swing.hip_drop = hip_drop_at(frames, swing, tilt);
  return alternating;
}

}  // namespace reprise::engine
