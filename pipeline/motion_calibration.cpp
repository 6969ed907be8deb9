// SPDX-License-Identifier: Apache-2.0
#include "pipeline/motion_calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/cameras/synchronize.h"
#include "pipeline/motion.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kPlacing = "calibrating from the movement";
constexpr double kAsGood = 1.5;       // costs that cannot be told apart. Unsourced default
constexpr Seconds kAnotherLag{0.15};  // lags that differ by more are not refinements of each other

Result<engine::CameraModel> lens_of(const Recording& recording, Radians field_of_view) {
  const session::Source& source = recording.source;
  if (source.width_px <= 0 || source.height_px <= 0) {
    return fail(ErrorCode::invalid_argument, kPlacing,
                source.name + " does not say how large its pictures are",
                "give the video, or landmarks as reprise pose writes them");
  }
  engine::CameraModel camera;
  camera.name = camera_name(recording);
  camera.width_px = source.width_px;
  camera.height_px = source.height_px;
  camera.center_x_px = 0.5 * source.width_px;
  camera.center_y_px = 0.5 * source.height_px;
  const double longer = std::max(source.width_px, source.height_px);
  camera.focal_x_px = camera.focal_y_px = 0.5 * longer / std::tan(0.5 * field_of_view.value());
  return camera;
}

/// Costs rise steeply beside a lag: only the least around each can be compared.
double least_cost_near(const engine::CameraTrack& first, engine::CameraTrack other, Seconds around) {
  constexpr int kSteps = 8;  // on either side
  double least = 1;
  for (int step = -kSteps; step <= kSteps; ++step) {
    other.lag = around + Seconds{0.006 * step};
    least = std::min(least, engine::epipolar_cost(first, other));
  }
  return least;
}

struct BestLag {
  Seconds lag{0};
  std::optional<Seconds> alike = {};  ///< another lag at which the movement fits nearly as well
};

/// Of the lags that the movement allows the one at which the cameras' rays fit one placement best.
Result<BestLag> best_lag(const engine::CameraTrack& first, engine::CameraTrack other) {
  constexpr std::size_t kTried = 5;
  constexpr double kAlike = 0.9;  // of the highest correlation. Unsourced default
  const auto lags = engine::matching_lags(first.frames, other.frames);
  if (!lags) return tl::unexpected(lags.error());
  std::vector<std::pair<double, Seconds>> tried;
  for (std::size_t i = 0; i < std::min(kTried, lags->size()); ++i) {
    // An even walk looks alike a stride later, as if the camera stood elsewhere: only the movement can tell.
    if ((*lags)[i].correlation < kAlike * lags->front().correlation) break;
    for (const double aside_s : {0.0, -0.05, 0.05}) {
      other.lag = (*lags)[i].lag + Seconds{aside_s};
      tried.emplace_back(engine::epipolar_cost(first, other), other.lag);
    }
  }
  const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
  const Seconds lag = std::min_element(tried.begin(), tried.end(), less)->second;
  BestLag best{lag};
  if (tried.size() <= 3) return best;
  const double finest = least_cost_near(first, other, lag);
  for (std::size_t i = 0; i < tried.size() && !best.alike; i += 3) {
    const Seconds at = (*lags)[i / 3].lag;
    const bool apart = std::abs((at - lag).value()) > kAnotherLag.value();
    if (apart && least_cost_near(first, other, at) < kAsGood * finest) best.alike = at;
  }
  return best;
}

/// One clap of unrelated recordings fits everywhere: then the movement fits better at another lag.
Result<BestLag> checked_sound_lag(const engine::CameraTrack& first, const engine::CameraTrack& other,
                                  std::size_t camera, Seconds by_sound) {
  const auto by_motion = best_lag(first, other);
  if (!by_motion) return BestLag{by_sound};  // nothing to compare with: the fit alone must tell
  const bool apart = std::abs((by_motion->lag - by_sound).value()) > kAnotherLag.value();
  if (apart &&
      kAsGood * least_cost_near(first, other, by_motion->lag) < least_cost_near(first, other, by_sound))
    return tl::unexpected(sound_does_not_fit(kPlacing, camera, by_sound, by_motion->lag));
  return BestLag{by_sound};
}

Result<BestLag> lag_of(std::span<const engine::CameraTrack> tracks, std::size_t i,
                       const CalibrationOptions& options) {
  if (!options.lags.empty()) return BestLag{options.lags[i]};
  if (options.sound.used) return checked_sound_lag(tracks[0], tracks[i], i, options.sound.lags()[i]);
  auto lag = best_lag(tracks[0], tracks[i]);
  if (lag) return lag;
  Error error = lag.error();
  error.cause = fmt::format("cameras 1 and {}: {}", i + 1, error.cause);
  return tl::unexpected(error);
}

/// Near a lag the one at which the rays of two placed cameras meet best.
Seconds refined_lag(const engine::CameraTrack& first, engine::CameraTrack other, Seconds around) {
  return engine::least_disagreement(
      [&](Seconds lag) {
        other.lag = lag;
        return engine::disagreement_m(first, other);
      },
      around, Seconds{0.08});
}

}  // namespace

Result<CalibratedCameras> calibrate_cameras(std::span<const Recording> recordings,
                                            const CalibrationOptions& options) {
  if (auto ok = check_recordings(recordings); !ok) return tl::unexpected(ok.error());
  std::vector<engine::CameraTrack> tracks;
  for (const Recording& recording : recordings) {
    auto lens = lens_of(recording, options.field_of_view);
    if (!lens) return tl::unexpected(lens.error());
    for (const engine::CameraTrack& other : tracks) {
      if (other.camera.name != lens->name) continue;
      return fail(ErrorCode::invalid_argument, kPlacing, "two videos are named " + lens->name,
                  "give each camera's video a name of its own");
    }
    tracks.push_back({std::move(*lens), recording.landmarks.frames});
  }
  CalibratedCameras out;
  out.lags = {Seconds{0}};
  for (std::size_t i = 1; i < tracks.size(); ++i) {
    const auto lag = lag_of(tracks, i, options);
    if (!lag) return tl::unexpected(lag.error());
    if (lag->alike) out.warnings.push_back(lag_ambiguous(i, lag->lag, *lag->alike));
    tracks[i].lag = lag->lag;
    out.lags.push_back(lag->lag);
  }
  const auto refined = [&](std::size_t i) {
    const engine::CameraTrack first{out.calibration.cameras[0], tracks[0].frames};
    return refined_lag(first, {out.calibration.cameras[i], tracks[i].frames}, out.lags[i]);
  };
  // Twice: where the cameras stand tells their lags more finely, and the finer lags where they stand.
  const bool by_motion = options.lags.empty() && !options.sound.used;
  const int rounds = by_motion ? 2 : 1;
  for (int round = 0; round < rounds; ++round) {
    auto found = engine::calibrate_from_motion(tracks, options.stature);
    if (!found) return tl::unexpected(found.error());
    out.calibration = std::move(*found);
    if (round + 1 == rounds) break;
    for (std::size_t i = 1; i < tracks.size(); ++i) tracks[i].lag = out.lags[i] = refined(i);
  }
  for (std::size_t i = 1; i < tracks.size() && !options.sound.of_cameras.empty(); ++i) {
    auto warning = sound_differs(i, "movement", by_motion ? out.lags[i] : refined(i), options.sound,
                                 slower_rate(recordings[0], recordings[i]));
    if (warning) out.warnings.push_back(std::move(*warning));
  }
  return out;
}

}  // namespace reprise::pipeline
