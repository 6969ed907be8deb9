// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/setup_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "engine/kinematics/body_axes.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr std::array<std::string_view, kObstacleCount> kObstacleNames = {
    "several_people", "nobody",  "too_dark", "other_position", "too_near",
    "too_far",        "cut_off", "hidden",   "other_view"};
// Shoulder height less hip height, of stature: Winter's figure, as in engine/skeleton/shape.h.
constexpr double kTrunkOfStature = 0.288;
constexpr double kShortestSpreadM = 0.05;

double trunk_m(const Pose& pose) {
  return (mid_shoulders(pose) - mid_hips(pose)).norm();
}

/// Returns pixels per meter at the person's distance: the least-squares scale from meters to the picture.
std::optional<double> pixels_per_meter(const Pose& pose) {
  Eigen::Vector2d middle_m = Eigen::Vector2d::Zero();
  Eigen::Vector2d middle_px = Eigen::Vector2d::Zero();
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    middle_m += pose.world_m[l].v.head<2>() / double{kLandmarkCount};
    middle_px += Eigen::Vector2d((*pose.image)[l].x_px, (*pose.image)[l].y_px) / double{kLandmarkCount};
  }
  double both = 0;
  double meters = 0;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const Eigen::Vector2d m = pose.world_m[l].v.head<2>() - middle_m;
    both += m.dot(Eigen::Vector2d((*pose.image)[l].x_px, (*pose.image)[l].y_px) - middle_px);
    meters += m.squaredNorm();
  }
  if (!(meters > kShortestSpreadM * kShortestSpreadM) || !std::isfinite(both) || !(both > 0))
    return std::nullopt;
  return both / meters;
}

bool tells_by_face_or_hand(Measure measure) {
  const auto points = landmarks_of(measure, Side::left);
  return std::any_of(points.begin(), points.end(),
                     [](L l) { return part_of(l) == BodyPart::head || l == L::left_index; });
}

/// Estimates the height in the picture that the exercise will reach. The person may already be standing where
/// the exercise begins on a chair, or differ from the body model, so it is the lower of two estimates.
/// `top_px`: the highest required point now.
std::optional<double> reached_y_px(const Pose& pose, const Reach& reach, bool from_feet, double top_px) {
  const auto scale = pixels_per_meter(pose);
  if (!scale) return std::nullopt;
  const auto y = [&](L left) {
    return 0.5 * ((*pose.image)[left].y_px + (*pose.image)[mirrored(left)].y_px);
  };
  const double trunk_px = trunk_m(pose) * *scale;
  return std::max(y(from_feet ? L::left_ankle : L::left_hip) - reach.above_base * trunk_px,
                  top_px - reach.above_start * trunk_px);
}

}  // namespace

std::string_view name(SetupObstacle obstacle) {
  return kObstacleNames[static_cast<std::size_t>(obstacle)];
}

Readiness::Readiness(ExerciseDefinition definition, Prescribed side, ReadinessLimits limits)
    : definition_(std::move(definition)),
      limits_(limits),
      working_(swap_named_and_working(definition_, side)),
      needed_(required_landmarks(definition_, working_)),
      from_feet_(needs_feet(required_landmarks(definition_, {}))) {}

bool Readiness::shown(SetupObstacle obstacle) const {
  return std::any_of(state_.findings.begin(), state_.findings.end(),
                     [&](const Finding& finding) { return finding.obstacle == obstacle; });
}

double Readiness::limit(SetupObstacle obstacle, const ReadinessLimits::Pair& pair) const {
  return shown(obstacle) ? pair.goes : pair.appears;
}

const ReadinessState& Readiness::step(const PoseFrame& frame, const PictureFacts& picture) {
  const Seconds time = frame.time;
  if (!std::isfinite(time.value()) || (last_time_ && !(time > *last_time_))) return state_;
  if (last_time_ && time - *last_time_ > limits_.forgotten_after) {
    watched_.clear();
    good_since_.reset();
    facing_time_.reset();
    unsure_.reset();
    state_ = {};
  }
  last_time_ = time;
  hand_.step(frame);
  state_.raised_hand = definition_.hands_up == HandsUp::at_rest ? std::nullopt : hand_.now();
  look(frame, picture);
  settle(time);
  return state_;
}

void Readiness::look(const PoseFrame& frame, const PictureFacts& picture) {
  raw_.clear();
  state_.distance_share.reset();
  if (picture.people && *picture.people > 1) found({SetupObstacle::several_people});
  // With two people in view, a followed person who comes and goes is one finding, not two in turn.
  if (!frame.pose && raw_.empty() && !shown(SetupObstacle::several_people)) found({SetupObstacle::no_person});
  if (picture.light && !(*picture.light >= limit(SetupObstacle::too_dark, limits_.light)))
    found({SetupObstacle::too_dark});
  if (!frame.pose) {
    state_.view.reset();
    state_.facing.reset();
    facing_time_.reset();
    unsure_ = frame.time;
    state_.position_sure = false;
    return;
  }
  const Pose& pose = *frame.pose;
  look_at_position(pose, frame.time);
  if (pose.image && picture.width_px > 0 && picture.height_px > 0) {
    look_at_size(pose, picture);
    look_at_edges(pose, picture);
  }
  const bool all_in_picture = std::none_of(raw_.begin(), raw_.end(), [](const Finding& finding) {
    return finding.obstacle == SetupObstacle::cut_off || finding.obstacle == SetupObstacle::too_near;
  });
  if (all_in_picture) {
    const double least = limit(SetupObstacle::hidden, limits_.visibility);
    if (const auto point = hidden_landmark(definition_, pose, working_, least))
      found({SetupObstacle::hidden, part_of(*point), side_of(*point)});
  }
  look_at_view(pose, frame.time);
}

void Readiness::look_at_position(const Pose& pose, Seconds time) {
  const BodyPositions wanted = definition_.positions_at_start;
  const BodyPositions possible = possible_positions(pose);
  // A person already on the way is not asked to change position; the set only does not start by itself.
  if (!wanted.empty() && !possible.any_of(definition_.positions_on_the_way)) {
    Finding finding{SetupObstacle::other_position};
    if (!definition_.positions.empty()) finding.position = definition_.positions.front();
    found(finding);
  }
  if (!wanted.empty() && !possible.within(wanted)) unsure_ = time;
  state_.position_sure = !unsure_ || time - *unsure_ > limits_.goes_after;
}

void Readiness::look_at_size(const Pose& pose, const PictureFacts& picture) {
  const auto scale = pixels_per_meter(pose);
  if (!scale) return;
  const double share = *scale * trunk_m(pose) / kTrunkOfStature / picture.height_px;
  if (!std::isfinite(share)) return;
  state_.distance_share = share;
  const auto& far = tells_by_face_or_hand(definition_.primary.measure) ? limits_.far_of_small : limits_.far;
  if (share < limit(SetupObstacle::too_far, far)) found({SetupObstacle::too_far});
}

void Readiness::look_at_edges(const Pose& pose, const PictureFacts& picture) {
  const double margin =
      std::min(picture.width_px, picture.height_px) *
      std::max(limit(SetupObstacle::cut_off, limits_.edge), limit(SetupObstacle::too_near, limits_.edge));
  const Eigen::Vector2d first(margin, margin);
  const Eigen::Vector2d last(picture.width_px - margin, picture.height_px - margin);
  Eigen::Vector2d low = last;  // the extent of the required points
  Eigen::Vector2d high = first;
  std::array<std::array<bool, 2>, kBodyPartCount> cut{};
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    if (!needed_[i]) continue;
    const Eigen::Vector2d at((*pose.image)[i].x_px, (*pose.image)[i].y_px);
    low = low.cwiseMin(at);
    high = high.cwiseMax(at);
    const bool inside = (at.array() >= first.array()).all() && (at.array() <= last.array()).all();
    if (inside) continue;
    const auto side = side_of(static_cast<L>(i));
    auto& sides = cut[static_cast<std::size_t>(part_of(static_cast<L>(i)))];
    if (side != Side::right) sides[0] = true;
    if (side != Side::left) sides[1] = true;
  }
  const auto top =
      definition_.reach ? reached_y_px(pose, *definition_.reach, from_feet_, low.y()) : std::nullopt;
  if (top && *top < low.y()) {
    low.y() = *top;
    if (*top < margin) cut[static_cast<std::size_t>(definition_.reach->part)] = {true, true};
  }
  if (((high - low).array() > (last - first).array()).any()) return found({SetupObstacle::too_near});
  for (std::size_t part = 0; part < kBodyPartCount; ++part) {
    const auto [left, right] = cut[part];
    if (!left && !right) continue;
    Finding finding{SetupObstacle::cut_off, static_cast<BodyPart>(part)};
    if (left != right) finding.side = left ? Side::left : Side::right;
    found(finding);
  }
}

void Readiness::look_at_view(const Pose& pose, Seconds time) {
  const auto azimuth = facing_azimuth(pose);
  if (!azimuth || !std::isfinite(azimuth->value())) {
    if (facing_time_ && time - *facing_time_ > limits_.goes_after) {
      state_.view.reset();
      state_.facing.reset();
      facing_time_.reset();
    }
  } else {
    const double weight =
        facing_time_ ? 1 - std::exp(-(time - *facing_time_).value() / limits_.view_time.value()) : 1;
    facing_x_ += weight * (std::cos(azimuth->value()) - facing_x_);
    facing_y_ += weight * (std::sin(azimuth->value()) - facing_y_);
    facing_time_ = time;
    const double facing = std::atan2(facing_y_, facing_x_);
    const View seen = classify(Radians{facing});
    const double turned = std::abs(facing);  // views are alike on both sides
    const bool clearly = classify(Radians{std::max(0.0, turned - limits_.view_margin)}) == seen &&
                         classify(Radians{std::min(kPi, turned + limits_.view_margin)}) == seen;
    if (!state_.view || clearly) state_.view = seen;
    state_.facing = Radians{facing};
  }
  const auto& wanted = definition_.views;
  if (!state_.view || wanted.empty()) return;
  if (std::find(wanted.begin(), wanted.end(), *state_.view) == wanted.end())
    found({SetupObstacle::other_view, std::nullopt, std::nullopt, wanted.front()});
}

void Readiness::found(Finding finding) {
  raw_.push_back(finding);
}

void Readiness::settle(Seconds time) {
  for (const Finding& finding : raw_) {
    auto known = std::find_if(watched_.begin(), watched_.end(),
                              [&](const Watched& one) { return one.finding == finding; });
    if (known == watched_.end()) known = watched_.insert(watched_.end(), {finding, time, time, false});
    known->last = time;
    // A good state survives a frame or two of wrong readings.
    if (!good_since_ || known->last - known->first >= limits_.appears_after) known->shown = true;
  }
  watched_.erase(std::remove_if(watched_.begin(), watched_.end(),
                                [&](const Watched& one) {
                                  const bool others = one.finding.obstacle == SetupObstacle::several_people;
                                  return time - one.last >
                                         (others ? limits_.others_go_after : limits_.goes_after);
                                }),
                 watched_.end());
  state_.findings.clear();
  for (const Watched& one : watched_) {
    if (one.shown) state_.findings.push_back(one.finding);
  }
  std::sort(state_.findings.begin(), state_.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.obstacle, a.part, a.side) < std::tie(b.obstacle, b.part, b.side);
  });
  if (!state_.findings.empty()) good_since_.reset();
  if (state_.findings.empty() && !good_since_) good_since_ = time;
  state_.good_for = good_since_ ? time - *good_since_ : Seconds{0};
}

}  // namespace reprise::engine
