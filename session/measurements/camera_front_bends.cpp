// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/kinematics/body_axes.h"
#include "engine/kinematics/measure.h"
#include "engine/kinematics/view.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Landmark;
using engine::Pose;

// Lengths in the picture as shares of the standing leg's; all are unsourced defaults.
constexpr double kDown = 0.06;      // the hips sink by this much: a knee of 60 degrees gives 0.13
constexpr double kUp = 0.025;       // and come back to this
constexpr double kFreeFoot = 0.04;  // one foot is this much above the other
constexpr Seconds kShortestBend{0.6};
constexpr Seconds kLongestBend{12};

/// What the picture shows of the legs at a moment, pixels; y down.
struct Legs {
  std::size_t frame = 0;
  double hips_y = 0;
  double left_ankle_y = 0;
  double right_ankle_y = 0;
};

std::vector<Legs> legs_in(std::span<const engine::PoseFrame> frames) {
  constexpr std::array kSeen = {Landmark::left_hip, Landmark::right_hip, Landmark::left_ankle,
                                Landmark::right_ankle};
  std::vector<Legs> all;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto& pose = frames[i].pose;
    if (!pose || !pose->image) continue;
    if (std::any_of(kSeen.begin(), kSeen.end(),
                    [&](Landmark l) { return pose->visibility[l] < engine::kMinVisibility; }))
      continue;
    const auto y = [&](Landmark l) { return (*pose->image)[l].y_px; };
    all.push_back({i, 0.5 * (y(Landmark::left_hip) + y(Landmark::right_hip)), y(Landmark::left_ankle),
                   y(Landmark::right_ankle)});
  }
  return all;
}

/// The value above which a tenth of them lies.
double upper_tenth(std::vector<double> values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 9 / 10);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// A time in which the hips are down: indices into the moments.
struct Dip {
  std::size_t start = 0;
  std::size_t lowest = 0;
  std::size_t end = 0;
};

/// `sunk`: how far the hips are below standing, by moment. A dip that the recording cuts off is none.
std::vector<Dip> dips_of(const std::vector<double>& sunk) {
  std::vector<Dip> dips;
  std::optional<std::size_t> up;
  for (std::size_t i = 0; i < sunk.size(); ++i) {
    if (sunk[i] > kUp) continue;
    if (up && i > *up + 1) {
      const auto lowest = std::max_element(sunk.begin() + static_cast<std::ptrdiff_t>(*up),
                                           sunk.begin() + static_cast<std::ptrdiff_t>(i));
      if (*lowest >= kDown) dips.push_back({*up, static_cast<std::size_t>(lowest - sunk.begin()), i});
    }
    up = i;
  }
  return dips;
}

/// How much lower the left foot stands than the right one, in the picture and on the body, leg lengths.
struct LowerFoot {
  double in_picture = 0;
  double on_body = 0;
};

LowerFoot left_below_right(const Legs& legs, double leg_px, const Pose& body) {
  const auto up = [&](Landmark l) { return body.world_m[l].dot(engine::camera_up()); };
  const double leg_m = 0.5 * (up(Landmark::left_hip) + up(Landmark::right_hip)) -
                       std::min(up(Landmark::left_ankle), up(Landmark::right_ankle));
  LowerFoot lower{(legs.left_ankle_y - legs.right_ankle_y) / leg_px};
  if (leg_m > 0) lower.on_body = (up(Landmark::right_ankle) - up(Landmark::left_ankle)) / leg_m;
  return lower;
}

/// The leg that carries: the foot of a single-leg squat that stays down, of a step-down that stays up. A foot
/// held out to the camera looks lower than it is, so picture and body must agree, unless the side is
/// `wanted`.
std::optional<Side> carrying_leg(const LowerFoot& lower, bool step_down, std::optional<Side> wanted) {
  if (std::abs(lower.in_picture) < kFreeFoot && std::abs(lower.on_body) < kFreeFoot) return std::nullopt;
  if (wanted) return wanted;
  const bool left_lower = lower.in_picture > 0;
  if (std::min(std::abs(lower.in_picture), std::abs(lower.on_body)) < kFreeFoot ||
      left_lower != (lower.on_body > 0))
    return std::nullopt;
  return left_lower != step_down ? Side::left : Side::right;
}

}  // namespace

std::vector<RecordedRepetition> front_bends(const CameraTest& camera, FunctionTest test) {
  std::vector<RecordedRepetition> bends;
  const auto facing = engine::facing_over(camera.frames);
  const auto view = facing ? std::optional{engine::classify(facing->azimuth)} : std::nullopt;
  const std::vector<Legs> legs = legs_in(camera.frames);
  if (!seen_from_front(view) || legs.empty()) return bends;
  std::vector<double> heights;
  for (const Legs& l : legs) heights.push_back(std::max(l.left_ankle_y, l.right_ankle_y) - l.hips_y);
  const double leg_px = upper_tenth(std::move(heights));
  if (!(leg_px > 0)) return bends;
  std::vector<double> hips;
  for (const Legs& l : legs) hips.push_back(-l.hips_y);
  const double standing_y = -upper_tenth(std::move(hips));
  std::vector<double> sunk;
  for (const Legs& l : legs) sunk.push_back((l.hips_y - standing_y) / leg_px);

  std::optional<Recorded> body;
  for (const Dip& dip : dips_of(sunk)) {
    const auto time = [&](std::size_t i) { return camera.frames[legs[i].frame].time; };
    const Seconds lasted = time(dip.end) - time(dip.start);
    if (lasted < kShortestBend || lasted > kLongestBend) continue;
    if (!body)
      body = record(camera.frames, {}, usual_pinhole(camera.session.source), !camera.session.models.empty());
    const auto& pose = body->frames[legs[dip.lowest].frame].pose;
    if (!pose) continue;
    const auto side = carrying_leg(left_below_right(legs[dip.lowest], leg_px, *pose),
                                   test == FunctionTest::step_down, camera.side);
    if (!side) continue;
    RecordedRepetition r;
    r.side = side;
    r.start = time(dip.start);
    r.extreme = time(dip.lowest);
    r.end = time(dip.end);
    r.view = view;
    r.figure = Figure{r.extreme, pose->world_m, pose->visibility};
    bends.push_back(std::move(r));
  }
  return bends;
}

}  // namespace reprise::session
