// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/leg_tracks.h"

#include <algorithm>
#include <cmath>

#include "engine/camera_gait/picture_point.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/interpolate.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr Hertz kCutoff{6};
constexpr double kMostOfNyquist = 0.8;  // of a slow camera
constexpr std::size_t kLeastFrames = 8;

class Tracker {
 public:
  Tracker(std::span<const PoseFrame> frames, int direction) : direction_(direction) {
    for (const PoseFrame& frame : frames) {
      if (frame.pose) seen_.push_back(&frame);
    }
  }

  Result<LegTracks> track() {
    if (seen_.size() < kLeastFrames) {
      return fail(ErrorCode::nothing_measured, "following the legs",
                  "a pass of " + std::to_string(seen_.size()) + " pictures is too short",
                  "film several steps, with 25 pictures a second or more");
    }
    LegTracks tracks;
    tracks.start = seen_.front()->time;
    std::vector<double> legs;
    for (const PoseFrame* frame : seen_) {
      const PlanePoint hips = plane_mid_hips(*frame->pose);
      for (const L ankle : {L::left_ankle, L::right_ankle}) {
        const PlanePoint at = plane_point(*frame->pose, ankle);
        legs.push_back(std::hypot(at.x - hips.x, at.y - hips.y));
      }
    }
    tracks.leg = std::max(median(legs), 1e-6);
    const double seconds = (seen_.back()->time - seen_.front()->time).value();
    const auto count = static_cast<std::size_t>(seconds * LegTracks::kRate.value()) + 1;
    for (std::size_t i = 0; i < count; ++i)
      at_s_.push_back(static_cast<double>(i) / LegTracks::kRate.value());
    for (const PoseFrame* frame : seen_) times_s_.push_back((frame->time - tracks.start).value());
    const double rate = static_cast<double>(seen_.size() - 1) / seconds;
    cutoff_ = Hertz{std::min(kCutoff.value(), kMostOfNyquist * rate / 2)};

    const auto smooth = [&](auto place) { return even(place, tracks.leg); };
    for (const Side side : {Side::left, Side::right}) {
      const L heel = side == Side::left ? L::left_heel : L::right_heel;
      const L toe = side == Side::left ? L::left_foot_index : L::right_foot_index;
      LegTracks::Leg& leg = tracks.legs[static_cast<std::size_t>(side)];
      const auto ahead = [this](L landmark) {
        return [this, landmark](const Pose& pose) {
          return direction_ * (plane_point(pose, landmark).x - plane_mid_hips(pose).x);
        };
      };
      const auto up = [](L landmark) {
        return
            [landmark](const Pose& pose) { return plane_mid_hips(pose).y - plane_point(pose, landmark).y; };
      };
      leg.heel_ahead = smooth(ahead(heel));
      leg.toe_ahead = smooth(ahead(toe));
      leg.heel_up = smooth(up(heel));
      leg.toe_up = smooth(up(toe));
    }
    tracks.hips_ahead =
        smooth([this](const Pose& pose) { return pose.image ? direction_ * plane_mid_hips(pose).x : 0.0; });
    return tracks;
  }

 private:
  template <class Place>
  [[nodiscard]] std::vector<double> even(Place place, double unit) const {
    std::vector<double> values;
    for (const PoseFrame* frame : seen_) values.push_back(place(*frame->pose) / unit);
    const auto raw = interpolate(times_s_, values, at_s_, Interpolation::pchip);
    if (!raw) return std::vector<double>(at_s_.size(), 0);
    const auto smooth = butterworth_zero_phase(*raw, LegTracks::kRate, {.order = 2, .cutoff = cutoff_});
    return smooth ? *smooth : *raw;
  }

  int direction_;
  std::vector<const PoseFrame*> seen_;
  std::vector<double> times_s_;
  std::vector<double> at_s_;
  Hertz cutoff_ = kCutoff;
};

}  // namespace

Result<LegTracks> track_legs(std::span<const PoseFrame> frames, int direction) {
  return Tracker(frames, direction).track();
}

double value_at(std::span<const double> track, double sample) {
  const double last = static_cast<double>(track.size() - 1);
  const double at = std::clamp(sample, 0.0, last);
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= track.size()) return track.back();
  return track[i] + (at - static_cast<double>(i)) * (track[i + 1] - track[i]);
}

}  // namespace reprise::engine
