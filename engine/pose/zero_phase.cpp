#include "engine/pose/zero_phase.h"

#include <algorithm>

#include "base/time_series.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/resample.h"

namespace reprise {
namespace {

// One coordinate over the whole recording; `get` is null where the person was not seen.
using Track = std::vector<std::optional<double>>;

void replace_run(const UniformSeries& even, SampleRange run, std::span<const double> filtered,
                 const std::vector<Seconds>& times, Track& out) {
  std::vector<double> grid(filtered.size());
  for (std::size_t k = 0; k < grid.size(); ++k) grid[k] = even.time(run.begin + k).value();
  std::vector<double> wanted;
  std::vector<std::size_t> where;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i].value() < grid.front() || times[i].value() > grid.back()) continue;
    wanted.push_back(times[i].value());
    where.push_back(i);
  }
  const auto values = interpolate(grid, filtered, wanted, Interpolation::pchip);
  if (!values) return;  // a run of one sample: it stays as it was
  for (std::size_t k = 0; k < where.size(); ++k) out[where[k]] = (*values)[k];
}

Track smooth(const std::vector<Seconds>& times, const Track& track, Hertz rate,
             const ZeroPhaseOptions& options) {
  TimeSeries<double> series;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!series.push(times[i], track[i])) return track;  // times that do not rise: nothing to filter by
  }
  const auto even = resample(series, rate, {.method = Interpolation::pchip, .max_gap = options.max_gap});
  if (!even) return track;
  Track out = track;
  for (const SampleRange run : valid_runs(even->values)) {
    const std::vector<double> raw = run_values(even->values, run);
    const Hertz cutoff = std::min(options.cutoff, 0.4 * rate);
    const auto filtered = butterworth_zero_phase(raw, rate, {.order = 2, .cutoff = cutoff});
    replace_run(*even, run, filtered ? *filtered : raw, times, out);
  }
  return out;
}

// Positions in the picture, of which some measures are taken: only where every person seen has them.
void smooth_picture(std::span<const PoseFrame> frames, const std::vector<Seconds>& times, Hertz rate,
                    const ZeroPhaseOptions& options, std::vector<PoseFrame>& out) {
  const bool pictured =
      std::all_of(frames.begin(), frames.end(), [](const PoseFrame& f) { return !f.pose || f.pose->image; });
  if (!pictured) return;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    for (double ImagePoint::*const coordinate : {&ImagePoint::x_px, &ImagePoint::y_px, &ImagePoint::z_px}) {
      Track track(frames.size());
      for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].pose) track[i] = (*frames[i].pose->image)[l].*coordinate;
      }
      track = smooth(times, track, rate, options);
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
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  if (!(*middle > 0)) return std::nullopt;
  return Hertz{1 / *middle};
}

std::vector<PoseFrame> smooth_zero_phase(std::span<const PoseFrame> frames, const ZeroPhaseOptions& options) {
  std::vector<PoseFrame> out(frames.begin(), frames.end());
  const auto rate = median_rate(frames);
  if (!rate) return out;
  std::vector<Seconds> times;
  for (const PoseFrame& frame : frames) times.push_back(frame.time);

  const auto smoothed = [&](const auto& get) {
    Track track(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
      if (frames[i].pose) track[i] = get(*frames[i].pose);
    }
    return smooth(times, track, *rate, options);
  };
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const Track seen = smoothed([&](const Pose& p) { return p.visibility[l]; });
    const Track x = smoothed([&](const Pose& p) { return p.world_m[l].v.x(); });
    const Track y = smoothed([&](const Pose& p) { return p.world_m[l].v.y(); });
    const Track z = smoothed([&](const Pose& p) { return p.world_m[l].v.z(); });
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

}  // namespace reprise
