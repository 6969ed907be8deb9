// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/two_people.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "engine/pose/picture_points.h"

namespace reprise::engine {
namespace {

using Eigen::Vector2d;
using L = Landmark;

constexpr std::uint8_t kGray = 127;

// Shares of the trunk's length. Unsourced defaults.
constexpr double kHeadRadius = 0.32;
constexpr double kTrunkRadius = 0.22;
constexpr double kThighRadius = 0.16;
constexpr double kLimbRadius = 0.2;  // of limbs in front
constexpr double kOwnRadius = 0.3;   // within it, a landmark may be the patient's own
constexpr double kLeastTrunk = 0.3;  // of a helper
constexpr double kApart = 0.6;       // nearer than this, one person may be taken for two
constexpr double kMostlyOwn = 0.8;   // of the joints: the patient was found, not a helper
constexpr Seconds kJustBefore{0.2};
constexpr Seconds kLongEnough{0.6};   // beside the patient, to be a helper
constexpr Seconds kLongestGap{0.35};  // within that
constexpr Seconds kHelperStays{20};   // may be in front of the patient, or behind, so long
constexpr Seconds kLookAgain{1.0};

/// A thick line.
struct Capsule {
  Vector2d from;
  Vector2d to;
  double radius = 0;

  [[nodiscard]] bool holds(const Vector2d& p) const {
    const Vector2d way = to - from;
    const double share = std::clamp((p - from).dot(way) / std::max(1e-9, way.squaredNorm()), 0.0, 1.0);
    return (p - from - share * way).squaredNorm() <= radius * radius;
  }
};

/// By which a detector knows a person.
std::vector<Capsule> body_of(const Pose& pose) {
  const Vector2d shoulders = middle_px(pose, L::left_shoulder);
  const Vector2d head = middle_px(pose, L::left_ear);
  const double trunk = trunk_px(pose);
  const double broad = (at_px(pose, L::left_shoulder) - at_px(pose, L::right_shoulder)).norm() / 2;
  return {{shoulders, middle_px(pose, L::left_hip), std::max(kTrunkRadius * trunk, 0.15 * trunk + broad)},
          {head, head + 0.25 * (head - shoulders), kHeadRadius * trunk},
          {at_px(pose, L::left_hip), at_px(pose, L::left_knee), kThighRadius * trunk},
          {at_px(pose, L::right_hip), at_px(pose, L::right_knee), kThighRadius * trunk}};
}

/// The entire person, arms and legs as well. `limb_radius`: a share of the trunk's length.
std::vector<Capsule> limbs_of(const Pose& pose, double limb_radius) {
  const double radius = limb_radius * trunk_px(pose);
  std::vector<Capsule> limbs = body_of(pose);
  const std::pair<L, L> lines[] = {{L::left_shoulder, L::left_elbow}, {L::left_elbow, L::left_wrist},
                                   {L::left_wrist, L::left_index},    {L::left_hip, L::left_knee},
                                   {L::left_knee, L::left_ankle},     {L::left_ankle, L::left_foot_index}};
  for (const auto& [from, to] : lines) {
    limbs.push_back({at_px(pose, from), at_px(pose, to), radius});
    limbs.push_back({at_px(pose, mirrored(from)), at_px(pose, mirrored(to)), radius});
  }
  return limbs;
}

double apart(const Pose& a, const Pose& b) {
  const double shoulders = (middle_px(a, L::left_shoulder) - middle_px(b, L::left_shoulder)).norm();
  const double hips = (middle_px(a, L::left_hip) - middle_px(b, L::left_hip)).norm();
  return (shoulders + hips) / 2 / std::max(1.0, trunk_px(a));
}

/// The share of the joints of `other` that lie on the body of `patient`.
double share_on(const Pose& patient, const Pose& other) {
  constexpr L kJoints[] = {L::nose,       L::left_shoulder, L::right_shoulder, L::left_elbow, L::right_elbow,
                           L::left_wrist, L::right_wrist,   L::left_hip,       L::right_hip,  L::left_knee,
                           L::right_knee, L::left_ankle,    L::right_ankle};
  const auto body = limbs_of(patient, kOwnRadius);
  const auto on = std::count_if(std::begin(kJoints), std::end(kJoints), [&](L joint) {
    const Vector2d place = at_px(other, joint);
    return std::any_of(body.begin(), body.end(), [&](const Capsule& part) { return part.holds(place); });
  });
  return static_cast<double>(on) / static_cast<double>(std::size(kJoints));
}

bool in_picture(const std::optional<PoseFrame>& frame) {
  return frame && frame->pose && frame->pose->image;
}

void paint_over(std::vector<std::uint8_t>& pixels, const ImageView& image, const Capsule& c,
                const std::vector<Capsule>& kept) {
  const auto limit = [](double value, int size) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(size)));
  };
  const int left = limit(std::min(c.from.x(), c.to.x()) - c.radius, image.width);
  const int right = limit(std::max(c.from.x(), c.to.x()) + c.radius + 1, image.width);
  const int top = limit(std::min(c.from.y(), c.to.y()) - c.radius, image.height);
  const int bottom = limit(std::max(c.from.y(), c.to.y()) + c.radius + 1, image.height);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const Vector2d p{x, y};
      if (!c.holds(p)) continue;
      if (std::any_of(kept.begin(), kept.end(), [&](const Capsule& k) { return k.holds(p); })) continue;
      const auto place = (static_cast<std::ptrdiff_t>(y) * image.width + x) * 3;
      std::fill_n(pixels.begin() + place, 3, kGray);
    }
  }
}

}  // namespace

PoseTrackerOptions patient_tracking(int person) {
  PoseTrackerOptions options{.person = person, .order = PersonOrder::central_first};
  // Who stays in place is looked for there alone, and no one else is taken for them. Unsourced defaults.
  options.continuity.reach = 0.3;
  options.continuity.reach_per_s = 0.05;
  options.continuity.size_ratio_per_s = 0.05;
  options.hold = options.patience = Seconds{3600};
  return options;
}

ImageView TwoPeople::painted(const ImageView& image, const Pose& hidden, const Pose* shown) {
  painted_.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.pixels + y * image.stride_bytes;
    std::uint8_t* to = painted_.data() + static_cast<std::ptrdiff_t>(y) * image.width * 3;
    for (int x = 0; x < image.width; ++x) std::copy_n(row + x * image.channels, 3, to + 3 * x);
  }
  const ImageView view{painted_.data(), image.width, image.height,
                       static_cast<std::ptrdiff_t>(image.width) * 3, 3};
  const std::vector<Capsule> kept = shown != nullptr ? limbs_of(*shown, kLimbRadius) : std::vector<Capsule>{};
  for (const Capsule& part : body_of(hidden)) paint_over(painted_, view, part, kept);
  return view;
}

ImageView TwoPeople::for_patient(const ImageView& image, Seconds time) {
  if (!in_picture(patient_) || !in_picture(helper_) || time - helper_->time > kJustBefore ||
      time - patient_->time > kJustBefore || apart(*patient_->pose, *helper_->pose) < kApart)
    return image;
  return painted(image, *helper_->pose, &*patient_->pose);
}

std::optional<ImageView> TwoPeople::for_helper(const ImageView& image, Seconds time,
                                               const std::optional<Pose>& patient) {
  if (!patient || !patient->image) return std::nullopt;
  patient_ = PoseFrame{time, patient};
  if (found_patient_ && time - *found_patient_ < kLookAgain) return std::nullopt;
  return painted(image, *patient, nullptr);
}

/// Whether the other one is a person of about the patient's size, and somewhere else.
bool TwoPeople::is_beside(const PoseFrame& frame) const {
  return trunk_px(*frame.pose) > kLeastTrunk * trunk_px(*patient_->pose) &&
         share_on(*patient_->pose, *frame.pose) < kMostlyOwn;
}

FoundBeside TwoPeople::saw_helper(const PoseFrame& frame) {
  if (!frame.pose || !frame.pose->image || !in_picture(patient_)) return FoundBeside::unsure;
  const bool beside = is_beside(frame);
  if (beside) {
    if (!beside_from_ || frame.time - *beside_at_ > kLongestGap) beside_from_ = frame.time;
    beside_at_ = frame.time;
    if (frame.time - *beside_from_ >= kLongEnough) helper_known_ = frame.time;
  } else {
    beside_from_.reset();
  }
  const bool known = helper_known_ && frame.time - *helper_known_ <= kHelperStays;
  if (beside || known) helper_ = frame;
  if (known) return FoundBeside::helper;
  if (beside) return FoundBeside::unsure;
  found_patient_ = frame.time;
  return FoundBeside::patient;
}

}  // namespace reprise::engine
