// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/zero_phase.h"

#include <algorithm>
#include <utility>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

// Smooths the picture positions, which some measures use, if every person seen has them.
void smooth_picture(std::span<const PoseFrame> frames, const std::vector<Seconds>& times, Hertz rate,
                    const ZeroPhaseOptions& options, std::vector<PoseFrame>& out) {
  const bool pictured =
      std::all_of(frames.begin(), frames.end(), [](const PoseFrame& f) { return !f.pose || f.pose->image; });
  if (!pictured) return;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    for (double ImagePoint::*const coordinate : {&ImagePoint::x_px, &ImagePoint::y_px, &ImagePoint::z_px}) {
      SignalWithGaps track(frames.size());
      for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].pose) track[i] = (*frames[i].pose->image)[l].*coordinate;
      }
      track = smooth_track(times, track, rate, options);
      for (std::size_t i = 0; i < out.size(); ++i) {
        if (!track[i] || !out[i].pose) continue;
        if (!out[i].pose->image) out[i].pose->image.emplace();
        (*out[i].pose->image)[l].*coordinate = *track[i];
      }
    }
  }
}

}  // namespace

std::optional<Hertz> median_rate(std::span<const PoseFrame> frames) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    steps.push_back((frames[i].time - frames[i - 1].time).value());
  }
  if (steps.empty()) return std::nullopt;
  const double middle = median(std::move(steps));
  if (!(middle > 0)) return std::nullopt;
  return Hertz{1 / middle};
}

std::vector<PoseFrame> smooth_zero_phase(std::span<const PoseFrame> frames, const ZeroPhaseOptions& options) {
  std::vector<PoseFrame> out(frames.begin(), frames.end());
  const auto rate = median_rate(frames);
  if (!rate) return out;
  std::vector<Seconds> times;
  for (const PoseFrame& frame : frames) times.push_back(frame.time);

  const auto smoothed = [&](const auto& get) {
    SignalWithGaps track(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
      if (frames[i].pose) track[i] = get(*frames[i].pose);
    }
    return smooth_track(times, track, *rate, options);
  };
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const SignalWithGaps seen = smoothed([&](const Pose& p) { return p.visibility[l]; });
    const SignalWithGaps x = smoothed([&](const Pose& p) { return p.world_m[l].v.x(); });
    const SignalWithGaps y = smoothed([&](const Pose& p) { return p.world_m[l].v.y(); });
    const SignalWithGaps z = smoothed([&](const Pose& p) { return p.world_m[l].v.z(); });
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!x[i] || !y[i] || !z[i] || !seen[i]) continue;
      if (!out[i].pose) out[i].pose.emplace();
      out[i].pose->world_m[l] = Vec3<Camera>{*x[i], *y[i], *z[i]};
      out[i].pose->visibility[l] = std::clamp(*seen[i], 0.0, 1.0);
    }
  }
  smooth_picture(frames, times, *rate, options, out);
  return out;
}

}  // namespace reprise::engine
