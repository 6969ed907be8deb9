// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/leg_tracks.h"

#include <algorithm>
#include <cmath>

#include "engine/camera_gait/picture_point.h"
#include "engine/inverse_kinematics/network_landmarks.h"
#include "engine/pose/zero_phase.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/interpolate.h"
#include "engine/signal/median.h"
#include "engine/skeleton/shape.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr Hertz kCutoff{6};
constexpr double kMostOfNyquist = 0.8;  // of a slow camera
constexpr std::size_t kLeastFrames = 8;
constexpr double kMostStretch = 0.3;  // of thigh and shank in the picture. Unsourced default

class Tracker {
 public:
  Tracker(std::span<const PoseFrame> frames, int direction, bool network_landmarks)
      : direction_(direction), network_landmarks_(network_landmarks) {
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

    for (const Side side : {Side::left, Side::right}) track_side(tracks, side);
    tracks.hips_ahead =
        even([this](const Pose& pose) { return pose.image ? direction_ * plane_mid_hips(pose).x : 0.0; },
             tracks.leg, all());
    return tracks;
  }

 private:
  // A point over time from mid-hips: ahead and up.
  struct PointTrack {
    std::vector<double> ahead;
    std::vector<double> up;
  };

  [[nodiscard]] std::vector<bool> all() const { return std::vector<bool>(seen_.size(), true); }

  // The frames in which thigh and shank of a side are about as long as usual.
  [[nodiscard]] std::vector<bool> believable(Side side) const {
    const auto of = [&](L left) { return side == Side::left ? left : mirrored(left); };
    const auto length = [&](const Pose& pose, L from, L to) {
      const PlanePoint a = plane_point(pose, of(from));
      const PlanePoint b = plane_point(pose, of(to));
      return std::hypot(a.x - b.x, a.y - b.y);
    };
    std::vector<bool> good = all();
    for (const auto& [from, to] : {std::pair{L::left_hip, L::left_knee}, {L::left_knee, L::left_ankle}}) {
      std::vector<double> lengths;
      for (const PoseFrame* frame : seen_) lengths.push_back(length(*frame->pose, from, to));
      const double usual = median(lengths);
      for (std::size_t i = 0; i < good.size(); ++i)
        good[i] = good[i] && std::abs(lengths[i] - usual) < kMostStretch * usual;
    }
    // Most must be known.
    const auto known = static_cast<std::size_t>(std::count(good.begin(), good.end(), true));
    if (known < kLeastFrames || 2 * known < good.size()) return all();
    return good;
  }

  // Where the joint lies from the hip that a network shows: ahead and up, in leg lengths.
  [[nodiscard]] static PlanePoint hip_joint(double trunk, double thigh) {
    constexpr Proportions kUsual;
    constexpr double kStature = 1 / (kUsual.thigh + kUsual.shank);
    PlanePoint joint;
    for (const LandmarkOffset& offset : network_offsets()) {
      if (offset.left != L::left_hip) continue;
      // Segments lean back by a negative angle; the thigh's axis points up from the knee.
      const double lean = offset.segment == Segment::left_thigh ? -thigh : trunk;
      const double ahead = offset.share.x() * std::cos(lean) + offset.share.y() * std::sin(lean);
      const double up = offset.share.y() * std::cos(lean) - offset.share.x() * std::sin(lean);
      joint.x -= kStature * ahead;
      joint.y -= kStature * up;
    }
    return joint;
  }

  void track_side(LegTracks& tracks, Side side) const {
    const auto of = [&](L left) { return side == Side::left ? left : mirrored(left); };
    const std::vector<bool> good = believable(side);
    const auto track_of = [&](auto point) {
      return PointTrack{
          even([&](const Pose& pose) { return direction_ * (point(pose).x - plane_mid_hips(pose).x); },
               tracks.leg, good),
          even([&](const Pose& pose) { return plane_mid_hips(pose).y - point(pose).y; }, tracks.leg, good)};
    };
    const auto landmark = [&](L left) {
      return track_of([l = of(left)](const Pose& pose) { return plane_point(pose, l); });
    };
    const PointTrack knee = landmark(L::left_knee);
    const PointTrack ankle = landmark(L::left_ankle);
    const PointTrack heel = landmark(L::left_heel);
    const PointTrack toe = landmark(L::left_foot_index);
    const PointTrack shoulder = landmark(L::left_shoulder);
    const PointTrack elbow = landmark(L::left_elbow);
    const PointTrack neck = track_of([](const Pose& pose) {
      return middle(plane_point(pose, L::left_shoulder), plane_point(pose, L::right_shoulder));
    });
    LegTracks::Leg& leg = tracks.legs[static_cast<std::size_t>(side)];
    leg.heel_ahead = heel.ahead;
    leg.toe_ahead = toe.ahead;
    leg.heel_up = heel.up;
    leg.toe_up = toe.up;
    for (std::size_t i = 0; i < knee.up.size(); ++i) {
      // Forward from the vertical.
      double thigh = std::atan2(knee.ahead[i], -knee.up[i]);
      const double shank = std::atan2(ankle.ahead[i] - knee.ahead[i], knee.up[i] - ankle.up[i]);
      const double trunk = std::atan2(neck.ahead[i], neck.up[i]);
      if (network_landmarks_) {
        const PlanePoint hip = hip_joint(trunk, thigh);
        thigh = std::atan2(knee.ahead[i] - hip.x, hip.y - knee.up[i]);
      }
      const double sole = std::atan2(toe.up[i] - heel.up[i], toe.ahead[i] - heel.ahead[i]);
      leg.hip_flexion.push_back(thigh + trunk);
      leg.knee_flexion.push_back(thigh - shank);
      leg.ankle_dorsiflexion.push_back(sole - shank);
      leg.arm_ahead.push_back(std::atan2(elbow.ahead[i] - shoulder.ahead[i], shoulder.up[i] - elbow.up[i]));
    }
  }

  template <class Place>
  [[nodiscard]] std::vector<double> even(Place place, double unit, const std::vector<bool>& good) const {
    std::vector<double> values;
    std::vector<double> times;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (!good[i]) continue;
      values.push_back(place(*seen_[i]->pose) / unit);
      times.push_back(times_s_[i]);
    }
    // Before the first and after the last of these nothing is known: the point stays.
    if (times.front() > times_s_.front()) {
      times.insert(times.begin(), times_s_.front());
      values.insert(values.begin(), double{values.front()});
    }
    if (times.back() < times_s_.back()) {
      times.push_back(times_s_.back());
      values.push_back(double{values.back()});
    }
    const auto raw = interpolate(times, values, at_s_, Interpolation::pchip);
    if (!raw) return std::vector<double>(at_s_.size(), 0);
    const auto smooth = butterworth_zero_phase(*raw, LegTracks::kRate, {.order = 2, .cutoff = cutoff_});
    return smooth ? *smooth : *raw;
  }

  int direction_;
  bool network_landmarks_;
  std::vector<const PoseFrame*> seen_;
  std::vector<double> times_s_;
  std::vector<double> at_s_;
  Hertz cutoff_ = kCutoff;
};

}  // namespace

Result<LegTracks> track_legs(std::span<const PoseFrame> frames, int direction, bool network_landmarks) {
  return Tracker(frames, direction, network_landmarks).track();
}

double value_at(std::span<const double> track, double sample) {
  const double last = static_cast<double>(track.size() - 1);
  const double at = std::clamp(sample, 0.0, last);
  const auto i = static_cast<std::size_t>(at);
  if (i + 1 >= track.size()) return track.back();
  return track[i] + (at - static_cast<double>(i)) * (track[i + 1] - track[i]);
}

}  // namespace reprise::engine
