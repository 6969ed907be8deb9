// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"
#include "engine/signal/median.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Landmark;

// Lengths as shares of the standing leg's, in the picture unless said otherwise; all are unsourced defaults.
constexpr double kInLine = 0.17;     // the ankles are no farther apart than this, as in the exercise's gate
constexpr double kBroughtIn = 0.06;  // by which they were farther apart before or after
constexpr double kNearer = 0.04;     // the foot in front looks this much lower: it is nearer to the camera
constexpr double kNotLifted = 0.2;   // more than this is no step but a lifted foot
constexpr double kDeeper = 0.06;     // by which that foot is ahead on the body, too, of the leg in space
// People who stand 37 degrees turned away look 26 turned; feet in one line are then apart in the picture.
constexpr Degrees kAtMostTurned{15};
constexpr Seconds kFeetSmoothed{0.15};
constexpr Seconds kStepLasts{2.5};
constexpr Seconds kShortestStance{0.5};

/// Where the feet are at a moment, in leg lengths.
struct Feet {
  double apart = 0;  ///< ankles, across the picture: as the person stands, left from right
  double lower = 0;  ///< by which the right foot is lower in the picture than the left
  double ahead = 0;  ///< on the body: the right ankle nearer to the camera than the left
};
using Track = std::vector<std::optional<Feet>>;

bool is_seen(const engine::PoseFrame& frame) {
  constexpr std::array kNeeded = {Landmark::left_hip, Landmark::right_hip, Landmark::left_ankle,
                                  Landmark::right_ankle};
  if (!frame.pose || !frame.pose->image) return false;
  return std::all_of(kNeeded.begin(), kNeeded.end(),
                     [&](Landmark l) { return frame.pose->visibility[l] >= engine::kMinVisibility; });
}

/// How far the ankles are below the hips, px.
double leg_length_px(const engine::Pose& pose) {
  const auto y = [&](Landmark l) { return (*pose.image)[l].y_px; };
  return 0.5 * (y(Landmark::left_ankle) + y(Landmark::right_ankle) - y(Landmark::left_hip) -
                y(Landmark::right_hip));
}

double leg_length_m(const engine::Pose& pose) {
  const auto up = [&](Landmark l) { return pose.world_m[l].dot(engine::camera_up()); };
  return 0.5 * (up(Landmark::left_hip) + up(Landmark::right_hip) - up(Landmark::left_ankle) -
                up(Landmark::right_ankle));
}

Feet feet_of(const engine::Pose& pose, double leg_px, double leg_m) {
  const auto& image = *pose.image;
  const auto y = [&](Landmark ankle, Landmark heel, Landmark toe) {
    return (image[ankle].y_px + image[heel].y_px + image[toe].y_px) / 3 / leg_px;
  };
  Feet feet;
  feet.apart = (image[Landmark::left_ankle].x_px - image[Landmark::right_ankle].x_px) / leg_px;
  feet.lower = y(Landmark::right_ankle, Landmark::right_heel, Landmark::right_foot_index) -
               y(Landmark::left_ankle, Landmark::left_heel, Landmark::left_foot_index);
  feet.ahead = (pose.world_m[Landmark::left_ankle].v.z() - pose.world_m[Landmark::right_ankle].v.z()) / leg_m;
  return feet;
}

/// The middle of each value over [from, to]; empty where the feet were not seen.
std::optional<Feet> middle(std::span<const engine::PoseFrame> frames, const Track& track, Seconds from,
                           Seconds to) {
  std::array<std::vector<double>, 3> values;
  const auto first = std::lower_bound(frames.begin(), frames.end(), from,
                                      [](const engine::PoseFrame& f, Seconds t) { return f.time < t; });
  for (auto i = static_cast<std::size_t>(first - frames.begin()); i < track.size() && frames[i].time <= to;
       ++i) {
    if (!track[i]) continue;
    const Feet& f = *track[i];
    const std::array all = {f.apart, f.lower, f.ahead};
    for (std::size_t k = 0; k < all.size(); ++k) values[k].push_back(all[k]);
  }
  if (values[0].empty()) return std::nullopt;
  const auto of = [&](std::size_t k) { return engine::exact_median(std::move(values[k])); };
  return Feet{of(0), of(1), of(2)};
}

/// Smoothed by the median of the moments around; empty where the feet are not seen.
Track feet_in(std::span<const engine::PoseFrame> frames) {
  std::vector<double> px, m;
  for (const engine::PoseFrame& frame : frames) {
    if (!is_seen(frame)) continue;
    px.push_back(leg_length_px(*frame.pose));
    m.push_back(leg_length_m(*frame.pose));
  }
  Track raw(frames.size());
  if (px.empty()) return raw;
  const double length_px = engine::exact_median(std::move(px));
  const double length_m = engine::exact_median(std::move(m));
  if (!(length_px > 0) || !(length_m > 0)) return raw;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (is_seen(frames[i])) raw[i] = feet_of(*frames[i].pose, length_px, length_m);
  }
  Track smooth(frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (raw[i])
      smooth[i] = middle(frames, raw, frames[i].time - kFeetSmoothed, frames[i].time + kFeetSmoothed);
  }
  return smooth;
}

double distance(const Feet& a, const Feet& b) {
  return std::hypot(a.apart - b.apart, a.lower - b.lower);
}

/// The feet while they stand, and side by side before or after it.
struct Step {
  Feet stand;
  Feet rest;
};

/// The side of the foot that was put in front of the other: not lifted, and not set down beside it.
std::optional<Side> foot_in_front(const Step& step) {
  const auto& [stand, rest] = step;
  const double lower = stand.lower - rest.lower;
  const bool right = lower > 0;
  if (std::abs(stand.apart) > kInLine || rest.apart - stand.apart < kBroughtIn) return std::nullopt;
  if (std::abs(lower) < kNearer || std::abs(lower) > kNotLifted) return std::nullopt;
  const double ahead = stand.ahead - rest.ahead;
  if ((right ? ahead : -ahead) < kDeeper) return std::nullopt;
  return right ? Side::right : Side::left;
}

/// One after the other: the times in which the ankles look no farther apart than in one line.
std::vector<std::pair<Seconds, Seconds>> times_in_line(std::span<const engine::PoseFrame> frames,
                                                       const Track& track) {
  std::vector<std::pair<Seconds, Seconds>> times;
  bool in_line = false;
  for (std::size_t i = 0; i < track.size(); ++i) {
    if (!track[i]) continue;
    const bool now = std::abs(track[i]->apart) <= kInLine;
    if (now && !in_line) times.emplace_back(frames[i].time, frames[i].time);
    if (now) times.back().second = frames[i].time;
    in_line = now;
  }
  return times;
}

/// The feet within [from, to] that are farthest from where they stand.
std::optional<Feet> farthest(std::span<const engine::PoseFrame> frames, const Track& track, const Feet& stand,
                             Seconds from, Seconds to) {
  std::optional<Feet> most;
  for (std::size_t i = 0; i < track.size(); ++i) {
    if (!track[i] || frames[i].time < from || frames[i].time > to) continue;
    if (!most || distance(*track[i], stand) > distance(*most, stand)) most = *track[i];
  }
  return most;
}

/// How much of the way from where the feet rest to where they stand they are: 0 to 1.
engine::Curve way_between(std::span<const engine::PoseFrame> frames, const Track& track, const Step& step) {
  const double across = step.stand.apart - step.rest.apart;
  const double down = step.stand.lower - step.rest.lower;
  const double whole = across * across + down * down;
  engine::Curve way;
  for (std::size_t i = 0; i < track.size(); ++i) {
    way.times.push_back(frames[i].time);
    way.values.push_back(track[i] ? std::optional{((track[i]->apart - step.rest.apart) * across +
                                                   (track[i]->lower - step.rest.lower) * down) /
                                                  whole}
                                  : std::nullopt);
  }
  return way;
}

/// The feet as they stand in the middle half of [from, to], and side by side before it and after it.
struct InLine {
  std::size_t middle = 0;
  Feet feet;
  std::optional<Step> in;  ///< empty: not recorded
  std::optional<Step> out;
};

std::optional<InLine> stand_in(std::span<const engine::PoseFrame> frames, const Track& track, Seconds from,
                               Seconds to) {
  const Seconds quarter = 0.25 * (to - from);
  const auto feet = middle(frames, track, from + quarter, to - quarter);
  if (!feet) return std::nullopt;
  InLine stand{0, *feet, std::nullopt, std::nullopt};
  while (stand.middle + 1 < frames.size() && frames[stand.middle].time < from + 2 * quarter) ++stand.middle;
  while (stand.middle > 0 && !track[stand.middle]) --stand.middle;
  const auto step_from = [&](Seconds first, Seconds last) -> std::optional<Step> {
    const auto rest = farthest(frames, track, *feet, first, last);
    if (!rest || distance(*rest, *feet) < kBroughtIn) return std::nullopt;
    return Step{*feet, *rest};
  };
  stand.in = step_from(from - kStepLasts, from);
  stand.out = step_from(to, to + kStepLasts);
  return stand;
}

/// From the end of the step in to the beginning of the step out; where one is not recorded, the given end.
std::pair<Seconds, Seconds> time_stood(std::span<const engine::PoseFrame> frames, const Track& track,
                                       const InLine& stand, std::pair<Seconds, Seconds> about) {
  const engine::CurvePoint whole_way{stand.middle, 1};
  if (stand.in) {
    const auto moved = engine::movement_before(way_between(frames, track, *stand.in), whole_way, 0,
                                               about.first - kStepLasts);
    if (moved) about.first = moved->end;
  }
  if (stand.out) {
    const auto moved = engine::movement_after(way_between(frames, track, *stand.out), whole_way, 0,
                                              about.second + kStepLasts);
    if (moved) about.second = moved->start;
  }
  return about;
}

/// The side in front, where both steps that were recorded say the same.
std::optional<Side> side_in_front(const InLine& stand) {
  if (!stand.in) return stand.out ? foot_in_front(*stand.out) : std::nullopt;
  const auto side = foot_in_front(*stand.in);
  if (stand.out && foot_in_front(*stand.out) != side) return std::nullopt;
  return side;
}

}  // namespace

engine::Curve feet_seen(const CameraTest& camera) {
  engine::Curve curve;
  for (const engine::PoseFrame& frame : camera.frames) {
    curve.times.push_back(frame.time);
    curve.values.push_back(is_seen(frame) ? std::optional{1.0} : std::nullopt);
  }
  return curve;
}

bool has_picture(std::span<const engine::PoseFrame> frames) {
  return std::any_of(frames.begin(), frames.end(),
                     [](const engine::PoseFrame& f) { return f.pose && f.pose->image; });
}

std::vector<RecordedRepetition> front_tandem_stances(const CameraTest& camera) {
  std::vector<RecordedRepetition> stances;
  const auto facing = engine::facing_over(camera.frames);
  if (!facing || std::abs(facing->azimuth.value()) > Radians{kAtMostTurned}.value()) return stances;
  const Track track = feet_in(camera.frames);
  for (const auto& about : times_in_line(camera.frames, track)) {
    const auto stand = stand_in(camera.frames, track, about.first, about.second);
    const auto side = stand ? side_in_front(*stand) : std::nullopt;
    if (!side || (camera.side && camera.side != side)) continue;
    const auto [start, end] = time_stood(camera.frames, track, *stand, about);
    if (end - start < kShortestStance) continue;
    RecordedRepetition r;
    r.side = side;
    r.start = start;
    r.extreme = camera.frames[stand->middle].time;
    r.end = end;
    r.view = engine::View::front;
    for (const RecordedRepetition& live : camera.session.exercise.repetitions) {
      if (live.start <= r.extreme && live.end >= r.extreme) r.ranges = live.ranges;
    }
    stances.push_back(std::move(r));
  }
  return stances;
}

}  // namespace reprise::session
