// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/walking_passes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/camera_gait/picture_point.h"
#include "engine/kinematics/measure.h"
#include "engine/signal/fit_line.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr std::array kFeet = {L::left_ankle, L::right_ankle,     L::left_heel,
                              L::right_heel, L::left_foot_index, L::right_foot_index};
constexpr Seconds kSpeedWindow{0.8};  // about a step: legs that swing move the hips to and fro
// Unsourced defaults: beyond, the plane of the picture is not the plane of the walk.
constexpr double kFrontGrowth = 1.12;
constexpr Degrees kMostOffSquare{20};

enum class Shown : std::uint8_t { no_one, feet_outside, head_outside, feet_hidden, bent, whole };

// Who crouches, dives or lies does not walk.
bool is_bent(const Pose& pose) {
  const PlanePoint hips = plane_mid_hips(pose);
  const PlanePoint shoulders =
      middle(plane_point(pose, L::left_shoulder), plane_point(pose, L::right_shoulder));
  return hips.y - shoulders.y < std::abs(hips.x - shoulders.x);
}

class PassFinder {
 public:
  PassFinder(std::span<const PoseFrame> frames, const WalkingPassOptions& options)
      : frames_(frames), options_(options) {}

  WalkingPasses find() {
    std::vector<std::size_t> run;
    int outside = 0;  // frames in a row
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const Shown shown = shown_in(frames_[i]);
      count(shown);
      // Who leaves the picture, or stoops, ends the pass; one point may shake.
      const bool away = shown == Shown::feet_outside || shown == Shown::head_outside || shown == Shown::bent;
      outside = away ? outside + 1 : 0;
      if (outside == 2) end(run);
      if (shown != Shown::whole) continue;
      if (!run.empty() && breaks(run.back(), i)) end(run);
      run.push_back(i);
    }
    end(run);
    return std::move(found_);
  }

 private:
  [[nodiscard]] Shown shown_in(const PoseFrame& frame) const {
    if (!frame.pose) return Shown::no_one;
    const Pose& pose = *frame.pose;
    const auto outside = [&](L landmark) {
      if (!pose.image || options_.width_px <= 0) return false;
      const ImagePoint& p = (*pose.image)[landmark];
      return p.x_px < 0 || p.x_px > options_.width_px || p.y_px < 0 || p.y_px > options_.height_px;
    };
    if (std::any_of(kFeet.begin(), kFeet.end(), outside)) return Shown::feet_outside;
    if (outside(L::nose)) return Shown::head_outside;
    // One foot may hide behind the other leg.
    double seen = 0;
    for (const L landmark : kFeet) seen += pose.visibility[landmark] / kFeet.size();
    if (seen < kMinVisibility) return Shown::feet_hidden;
    return is_bent(pose) ? Shown::bent : Shown::whole;
  }

  void count(Shown shown) {
    if (shown == Shown::no_one) return;
    ++found_.with_person;
    if (shown == Shown::feet_outside) ++found_.feet_outside;
    if (shown == Shown::head_outside) ++found_.head_outside;
    if (shown == Shown::feet_hidden) ++found_.feet_hidden;
    if (shown == Shown::bent) ++found_.bent;
  }

  [[nodiscard]] bool breaks(std::size_t a, std::size_t b) const {
    if (frames_[b].time - frames_[a].time > options_.max_gap) return true;
    const Pose& before = *frames_[a].pose;
    const Pose& now = *frames_[b].pose;
    const double trunk = std::max(plane_trunk(before), 1e-6);
    const double stretch = plane_trunk(now) / trunk;
    if (stretch > options_.max_stretch || stretch < 1 / options_.max_stretch) return true;
    if (!now.image || !before.image) return false;
    const PlanePoint from = plane_mid_hips(before);
    const PlanePoint to = plane_mid_hips(now);
    return std::hypot(to.x - from.x, to.y - from.y) > options_.max_jump * trunk;
  }

  // Slope of the hips about a moment, trunk lengths a second.
  [[nodiscard]] double speed_at(const std::vector<std::size_t>& run, std::size_t at, double trunk) const {
    std::vector<double> times;
    std::vector<double> places;
    for (const std::size_t i : run) {
      const Seconds away = frames_[i].time - frames_[run[at]].time;
      if (std::abs(away.value()) > kSpeedWindow.value() / 2) continue;
      times.push_back(away.value());
      places.push_back(plane_mid_hips(*frames_[i].pose).x / trunk);
    }
    const auto line = fit_line(times, places);
    return line ? line->slope : 0;
  }

  void end(std::vector<std::size_t>& run) {
    const std::vector<std::size_t> frames = std::move(run);
    run.clear();
    if (frames.size() < 3 || frames_[frames.back()].time - frames_[frames.front()].time < options_.shortest)
      return;
    std::vector<double> trunks;
    for (const std::size_t i : frames) trunks.push_back(plane_trunk(*frames_[i].pose));
    const double trunk = std::max(median(trunks), 1e-6);
    const bool travels = frames_[frames.front()].pose->image.has_value() && !options_.treadmill;
    if (!travels || faces_camera(frames, trunks)) {
      add(frames, 0, frames.size(), trunks, 0);
      return;
    }
    int direction = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= frames.size(); ++i) {
      const double speed = i < frames.size() ? speed_at(frames, i, trunk) : 0;
      const int now = std::abs(speed) < options_.min_speed ? 0 : speed > 0 ? 1 : -1;
      if (i < frames.size() && now == direction) continue;
      if (direction != 0) add(frames, begin, i, trunks, direction);
      if (direction == 0) found_.standing += i - begin;
      direction = now;
      begin = i;
    }
  }

  // Seen from the side, the way walked lies square to the camera: neither turned from it, nor nearing it.
  [[nodiscard]] View view_of(std::size_t first, std::size_t last, double growth, bool travels) const {
    const auto facing = facing_over(frames_.subspan(first, last + 1 - first));
    if (!facing && !travels) return View::oblique;
    const View view = facing ? classify(facing->azimuth) : View::side;
    if (!travels && view != View::side) return view;
    const bool grows = travels && (growth > kFrontGrowth || growth < 1 / kFrontGrowth);
    const bool turned =
        facing && std::abs(std::abs(facing->azimuth.value()) - kPi / 2) > Radians{kMostOffSquare}.value();
    return grows || turned ? View::oblique : View::side;
  }

  [[nodiscard]] static double growth_of(const std::vector<double>& trunks) {
    const std::size_t fifth = std::max<std::size_t>(1, trunks.size() / 5);
    const std::vector<double> first(trunks.begin(), trunks.begin() + static_cast<std::ptrdiff_t>(fifth));
    const std::vector<double> last(trunks.end() - static_cast<std::ptrdiff_t>(fifth), trunks.end());
    return median(last) / std::max(median(first), 1e-6);
  }

  [[nodiscard]] bool faces_camera(const std::vector<std::size_t>& frames,
                                  const std::vector<double>& trunks) const {
    const double growth = growth_of(trunks);
    if (growth < kFrontGrowth && growth > 1 / kFrontGrowth) return false;
    const auto facing = facing_over(frames_.subspan(frames.front(), frames.back() + 1 - frames.front()));
    const View view = facing ? classify(facing->azimuth) : View::side;
    return view == View::front || view == View::back;
  }

  void add(const std::vector<std::size_t>& frames, std::size_t begin, std::size_t end,
           const std::vector<double>& trunks, int direction) {
    if (end - begin < 3) return;
    const std::size_t first = frames[begin];
    const std::size_t last = frames[end - 1];
    const Seconds lasts = frames_[last].time - frames_[first].time;
    if (lasts < options_.shortest) return;
    WalkingPass pass;
    pass.frames = {first, last + 1};
    pass.growth = growth_of({trunks.begin() + static_cast<std::ptrdiff_t>(begin),
                             trunks.begin() + static_cast<std::ptrdiff_t>(end)});
    pass.direction = direction;
    pass.view = view_of(first, last, pass.growth, direction != 0);
    if (direction == 0) {
      const auto facing = facing_over(frames_.subspan(first, last + 1 - first));
      pass.direction = facing && facing->azimuth.value() < 0 ? -1 : 1;
      found_.passes.push_back(pass);
      return;
    }
    const double way = plane_mid_hips(*frames_[last].pose).x - plane_mid_hips(*frames_[first].pose).x;
    pass.speed = std::abs(way) / std::max(median(trunks), 1e-6) / lasts.value();
    found_.passes.push_back(pass);
  }

  std::span<const PoseFrame> frames_;
  const WalkingPassOptions& options_;
  WalkingPasses found_;
};

}  // namespace

WalkingPasses find_walking_passes(std::span<const PoseFrame> frames, const WalkingPassOptions& options) {
  return PassFinder(frames, options).find();
}

}  // namespace reprise::engine
