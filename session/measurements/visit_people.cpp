// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_people.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/kinematics/view.h"
#include "engine/pose/picture_points.h"

namespace reprise::session {
namespace {

using engine::at_px;
using engine::Measure;
using engine::middle_px;
using engine::Pose;
using engine::PoseFrame;
using engine::trunk_px;
using L = engine::Landmark;
using Eigen::Vector2d;

// Unsourced defaults. Distances in lengths of the trunk, about half a meter.
constexpr double kMostUnseen = 0.2;       // of the frames of a movement
constexpr double kSamePlace = 0.35;       // trunks nearer than this cannot be told apart
constexpr double kMostOverlap = 0.2;      // of the frames
constexpr double kJump = 0.6;             // of the hips, from one picture to the next
constexpr double kSizeJump = 1.35;        // of the trunk's length, from one picture to the next
constexpr double kAtLimb = 0.4;           // of a palm from the limb
constexpr double kClear = 0.8;            // farther off, a hand is not at the limb
constexpr double kMostlyAtLimb = 0.7;     // of the frames of a passive movement
constexpr double kAlwaysClear = 0.9;      // of the frames of an active one
constexpr double kLeastSeenHelper = 0.7;  // of the frames, to say either
constexpr double kAgree = 0.8;            // of the frames whose face says the same side as the limbs
// Beside its middle place of the pictures just around a landmark jumped. Of 69 movements of rendered visits
// one jumped in 30 % of the pictures, and was measured 59 degrees off; the others in 9 % or fewer.
constexpr double kJumped = 0.15;
constexpr double kMostJumped = 0.15;  // of the frames
constexpr Seconds kJustAround{0.17};
constexpr Seconds kAround{0.5};
constexpr Seconds kBefore{1.2};  // a movement may have begun before the patient came into sight
constexpr Seconds kLongestGap{0.35};
constexpr Hertz kFewestPictures{10};  // on average over a movement
constexpr Seconds kHelperMemory{1.0};
constexpr Seconds kNobodyElse{20};  // nearer to this, another person may be hidden by the patient

std::span<const PoseFrame> within(std::span<const PoseFrame> frames, Seconds from, Seconds until) {
  const auto before = [](const PoseFrame& f, Seconds wanted) { return f.time < wanted; };
  const auto first = std::lower_bound(frames.begin(), frames.end(), from, before);
  const auto last = std::lower_bound(first, frames.end(), until, before);
  return frames.subspan(static_cast<std::size_t>(first - frames.begin()),
                        static_cast<std::size_t>(last - first));
}

double share_of(std::size_t part, std::size_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

/// The mean distance of shoulders and hips, in trunks of `a`.
double apart(const Pose& a, const Pose& b) {
  double sum = 0;
  for (const L l : {L::left_shoulder, L::right_shoulder, L::left_hip, L::right_hip})
    sum += (at_px(a, l) - at_px(b, l)).norm() / 4;
  // Left and right exchanged are the same place.
  double exchanged = 0;
  for (const L l : {L::left_shoulder, L::right_shoulder, L::left_hip, L::right_hip})
    exchanged += (at_px(a, l) - at_px(b, engine::mirrored(l))).norm() / 4;
  return std::min(sum, exchanged) / std::max(1.0, trunk_px(a));
}

bool jumps(std::span<const PoseFrame> frames) {
  const Pose* before = nullptr;
  for (const PoseFrame& frame : frames) {
    if (!frame.pose || !frame.pose->image) {
      before = nullptr;
      continue;
    }
    if (before != nullptr) {
      const double size = trunk_px(*before);
      const double step = (middle_px(*frame.pose, L::left_hip) - middle_px(*before, L::left_hip)).norm();
      const double ratio = std::max(trunk_px(*frame.pose), 1.0) / std::max(size, 1.0);
      if (step > kJump * size || ratio > kSizeJump || ratio < 1 / kSizeJump) return true;
    }
    before = &*frame.pose;
  }
  return false;
}

bool in_one_place(const PoseFrame& patient, const PoseFrame& helper) {
  return patient.pose && patient.pose->image && helper.pose && helper.pose->image &&
         apart(*patient.pose, *helper.pose) < kSamePlace;
}

/// The frames in which the helper came to where the patient is. A helper who was lost from sight, or jumped
/// there, was not followed any more: the patient was found instead, twice.
std::size_t overlaps(const FilmedVisit& visit, Seconds from, Seconds until) {
  const auto patient = within(visit.patient, from - kHelperMemory, until);
  const auto helper = within(visit.helper, from - kHelperMemory, until);
  std::size_t count = 0;
  const PoseFrame* before = nullptr;
  std::optional<Seconds> broke;  // when the helper was seen anew
  for (std::size_t i = 0; i < std::min(patient.size(), helper.size()); ++i) {
    if (!helper[i].pose || !helper[i].pose->image) continue;
    const bool anew = before == nullptr || helper[i].time - before->time > kLongestGap ||
                      apart(*before->pose, *helper[i].pose) > kJump;
    if (anew && i > 0) broke = helper[i].time;
    before = &helper[i];
    if (!in_one_place(patient[i], helper[i])) continue;
    if (broke && helper[i].time - *broke <= kHelperMemory) {
      broke = helper[i].time;
    } else if (helper[i].time >= from) {
      ++count;
    }
  }
  return count;
}

/// Whether face and feet point where left and right say that the body faces: an exchange of both sides turns
/// the body round, but not the face.
bool sides_agree(std::span<const PoseFrame> smooth) {
  std::size_t agree = 0;
  std::size_t all = 0;
  for (const PoseFrame& frame : smooth) {
    if (!frame.pose) continue;
    const auto facing = engine::facing_azimuth(*frame.pose);
    if (!facing) continue;
    const auto& p = frame.pose->world_m;
    const auto ahead = [&](L front, L left_back) {
      return p[front].v - (p[left_back].v + p[engine::mirrored(left_back)].v) / 2;
    };
    const auto face = ahead(L::nose, L::left_ear);
    const auto feet =
        (p[L::left_foot_index].v + p[L::right_foot_index].v - p[L::left_heel].v - p[L::right_heel].v) / 2;
    // Towards the right edge, and towards the camera.
    const Vector2d body{std::sin(facing->value()), -std::cos(facing->value())};
    const auto along = [&](const Eigen::Vector3d& v) { return v.x() * body.x() + v.z() * body.y(); };
    ++all;
    if (along(face) > 0 && along(feet) > 0) ++agree;
  }
  return share_of(agree, all) >= kAgree;
}

/// Whether the pictures are too few for the course of a movement, whatever they show.
bool is_sparse(std::span<const PoseFrame> pictures) {
  if (pictures.size() < 2) return true;
  const Seconds watched = pictures.back().time - pictures.front().time;
  const auto periods = static_cast<double>(pictures.size() - 1);
  return periods + 0.5 < kFewestPictures.value() * watched.value();  // a half: for clocks that round
}

double to_segment(const Vector2d& p, const Vector2d& a, const Vector2d& b) {
  const Vector2d way = b - a;
  const double length = way.squaredNorm();
  const double share = length > 0 ? std::clamp((p - a).dot(way) / length, 0.0, 1.0) : 0.0;
  return (p - (a + share * way)).norm();
}

/// The nearer end of the limb that a helper holds.
struct Held {
  L from;
  L to;
};
Held held_of(Measure measure, std::optional<Side> side) {
  const auto on = [&](L left) { return side == Side::right ? engine::mirrored(left) : left; };
  switch (measure) {
    case Measure::shoulder_flexion:
    case Measure::shoulder_abduction:
    case Measure::elbow_flexion: return {on(L::left_elbow), on(L::left_wrist)};
    case Measure::hip_flexion:
    case Measure::hip_abduction:
    case Measure::knee_flexion: return {on(L::left_knee), on(L::left_ankle)};
    case Measure::neck_flexion:
    case Measure::neck_lateral_flexion:
    case Measure::neck_rotation: return {L::left_ear, L::right_ear};
    default: return {L::left_shoulder, L::right_shoulder};
  }
}

/// Of the nearer palm from the limb, in trunks of the patient; empty: not seen.
std::optional<double> hand_from_limb(const Pose& patient, const Pose& helper, const Held& held) {
  if (!patient.image || !helper.image) return std::nullopt;
  std::optional<double> nearest;
  for (const L wrist : {L::left_wrist, L::right_wrist}) {
    const bool right = wrist == L::right_wrist;
    if (helper.visibility[wrist] < engine::kMinVisibility) continue;
    const Vector2d palm = (at_px(helper, wrist) + at_px(helper, right ? L::right_index : L::left_index)) / 2;
    const double distance = to_segment(palm, at_px(patient, held.from), at_px(patient, held.to));
    const double share = distance / std::max(1.0, trunk_px(patient));
    if (!nearest || share < *nearest) nearest = share;
  }
  return nearest;
}

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The share of the frames in which a landmark was beside its middle place of those just around.
double share_jumped(std::span<const PoseFrame> patient, L landmark, Seconds start, Seconds end) {
  std::size_t seen = 0;
  std::size_t jumped = 0;
  for (const PoseFrame& frame : within(patient, start, end)) {
    if (!frame.pose || !frame.pose->image) continue;
    std::vector<double> x;
    std::vector<double> y;
    for (const PoseFrame& near : within(patient, frame.time - kJustAround, frame.time + kJustAround)) {
      if (!near.pose || !near.pose->image) continue;
      x.push_back(at_px(*near.pose, landmark).x());
      y.push_back(at_px(*near.pose, landmark).y());
    }
    ++seen;
    const Vector2d middle_place{median(x), median(y)};
    const double beside = (at_px(*frame.pose, landmark) - middle_place).norm();
    if (beside > kJumped * std::max(1.0, trunk_px(*frame.pose))) ++jumped;
  }
  return share_of(jumped, seen);
}

Unproposed unsure(Seconds start, Seconds end, std::string code, std::string text, std::string remedy) {
  return {start, end, std::move(code), std::move(text), std::move(remedy), {}, {}};
}

}  // namespace

std::optional<Unproposed> doubt_of(const FilmedVisit& visit, std::span<const PoseFrame> smooth, Seconds start,
                                   Seconds end) {
  const auto seen = within(visit.patient, start - kAround, end + kAround);
  const char* again = "Repeat the movement where both people are seen apart.";
  for (const Seconds time : visit.reacquired) {
    if (time <= end + kAround) {
      return unsure(start, end, "person_unsure",
                    "The patient was lost from sight before the end of this movement, and another person may "
                    "have been followed since.",
                    "Stop and start again, with the patient alone in the picture.");
    }
  }
  if (is_sparse(within(visit.patient, start, end))) {
    return unsure(start, end, "too_few_pictures",
                  "Fewer than 10 pictures a second were seen of this movement.",
                  "Close other programs, use a faster device, or film the visit and measure the video.");
  }
  const auto hidden = static_cast<std::size_t>(
      std::count_if(seen.begin(), seen.end(), [](const PoseFrame& f) { return !f.pose.has_value(); }));
  const auto longest = [&] {
    Seconds gap{0};
    Seconds last = start - kBefore;
    for (const PoseFrame& frame : within(visit.patient, start - kBefore, end + kAround)) {
      gap = std::max(gap, frame.time - last);
      if (frame.pose) last = frame.time;
    }
    return gap;
  }();
  if (share_of(hidden, seen.size()) > kMostUnseen || longest > kLongestGap)
    return unsure(start, end, "not_seen", "The patient was hidden during this movement.", again);
  if (jumps(seen)) {
    return unsure(start, end, "person_unsure",
                  "The followed person jumped from one place to another; it may be the other person.", again);
  }
  if (share_of(overlaps(visit, start - kAround, end + kAround), seen.size()) > kMostOverlap) {
    return unsure(start, end, "person_unsure",
                  "Patient and helper were seen in one place and could not be told apart.", again);
  }
  if (!sides_agree(within(smooth, start, end))) {
    return unsure(start, end, "side_unsure",
                  "Left and right could not be told apart surely: face and feet point another way than the "
                  "body.",
                  "Turn fully towards the camera, or exactly across.");
  }
  return std::nullopt;
}

bool is_unsteady(std::span<const PoseFrame> patient, Measure measure, std::optional<Side> side, Seconds start,
                 Seconds end) {
  const auto ends = engine::landmarks_of(measure, side.value_or(Side::left));
  return std::any_of(ends.begin(), ends.end(),
                     [&](L landmark) { return share_jumped(patient, landmark, start, end) > kMostJumped; });
}

Manner manner_of(const FilmedVisit& visit, Measure measure, std::optional<Side> side, Seconds start,
                 Seconds end) {
  const bool alone =
      visit.looked_for_others && std::none_of(visit.others.begin(), visit.others.end(), [&](const auto& o) {
        return o.from <= end + kNobodyElse && o.until >= start - kNobodyElse;
      });
  if (alone) return Manner::active;
  const auto patient = within(visit.patient, start, end);
  const auto helper = within(visit.helper, start, end);
  const Held held = held_of(measure, side);
  std::size_t seen = 0;
  std::size_t near = 0;
  std::size_t clear = 0;
  for (std::size_t i = 0; i < std::min(patient.size(), helper.size()); ++i) {
    if (!patient[i].pose || !helper[i].pose || in_one_place(patient[i], helper[i])) continue;
    const auto distance = hand_from_limb(*patient[i].pose, *helper[i].pose, held);
    if (!distance) continue;
    ++seen;
    if (*distance < kAtLimb) ++near;
    if (*distance > kClear) ++clear;
  }
  if (share_of(seen, patient.size()) < kLeastSeenHelper) return Manner::unknown;
  if (share_of(near, seen) >= kMostlyAtLimb) return Manner::passive;
  return share_of(clear, seen) >= kAlwaysClear ? Manner::active : Manner::unknown;
}

}  // namespace reprise::session
