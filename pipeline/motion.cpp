// SPDX-License-Identifier: Apache-2.0
#include "pipeline/motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/cameras/synchronize.h"
#include "engine/pose/zero_phase.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kMeeting = "bringing the cameras together";
// Rays to one landmark of rendered walkers pass 2 to 4 cm apart (docs/accuracy.md). Unsourced default
constexpr double kMostGap = 0.12;
constexpr double kMirroredShare = 0.5;  // of the gap that a mirrored picture leaves. Unsourced default
constexpr double kMostLeftOut = 0.3;    // share of a camera's rays. Unsourced default
constexpr double kLeastAngleDeg = 20;   // between two cameras' directions. Unsourced default
constexpr Seconds kLagReach{0.12};      // around a lag, in which it is refined
constexpr double kContradicted = 1.5;   // gap over the least one. Unsourced default
constexpr double kAlikeGaps = 1.1;      // gaps that cannot be told apart. Unsourced default

std::string number_of(std::size_t camera) {
  return fmt::format("camera {}", camera + 1);
}

engine::CameraTrack track_of(const engine::CameraModel& camera, const Recording& recording,
                             Seconds lag = {}) {
  return {camera, recording.landmarks.frames, lag};
}

tl::unexpected<Error> rays_do_not_meet(std::size_t camera, double gap_m, bool several_people) {
  const std::string cause =
      fmt::format("the rays of cameras 1 and {} to the same joints pass {:.0f} cm apart; at most {:.0f} cm",
                  camera + 1, 100 * gap_m, 100 * kMostGap);
  if (several_people) {
    return fail(ErrorCode::nothing_measured, kMeeting,
                cause + ", and more than one person was in the pictures",
                "name the same person in each camera with --persons, or film one person alone");
  }
  return fail(
      ErrorCode::nothing_measured, kMeeting, cause,
      "check that the calibration is that of these cameras, in this order, and that none was moved since");
}

struct Synchronized {
  engine::Lag lag;
  double gap_m = 0;
  std::optional<Seconds> alike = {};  ///< another lag at which the rays meet nearly as well
};

Result<Synchronized> synchronize(const engine::CameraTrack& first, engine::CameraTrack other) {
  const auto lags = engine::matching_lags(first.frames, other.frames);
  if (!lags) return tl::unexpected(lags.error());
  const auto gap_at = [&](Seconds lag) {
    other.lag = lag;
    return engine::disagreement_m(first, other);
  };
  std::vector<Synchronized> found;
  for (const engine::Lag& lag : *lags) {
    const Seconds best = engine::least_disagreement(gap_at, lag.lag, kLagReach);
    found.push_back({{best, lag.correlation}, gap_at(best)});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.gap_m < b.gap_m; });
  Synchronized best = found.front();
  for (const Synchronized& one : found) {
    const bool apart = std::abs((one.lag.lag - best.lag.lag).value()) > 0.1;
    if (apart && !best.alike && one.gap_m < kAlikeGaps * best.gap_m) best.alike = one.lag.lag;
  }
  return best;
}

std::vector<Seconds> moments_of(const Recording& first, const std::optional<Hertz>& rate) {
  std::vector<Seconds> times;
  const auto& frames = first.landmarks.frames;
  if (!rate) {
    for (const engine::PoseFrame& frame : frames) times.push_back(frame.time);
    return times;
  }
  if (frames.empty()) return times;
  const double from = frames.front().time.value();
  for (std::size_t i = 0;; ++i) {
    const Seconds time{from + static_cast<double>(i) / rate->value()};
    if (time > frames.back().time) return times;
    times.push_back(time);
  }
}

/// Moments before the first and after the last that two cameras see are left out.
std::vector<Seconds> seen_by_several(std::span<const engine::CameraTrack> tracks,
                                     const std::vector<Seconds>& times) {
  const auto several = [&](Seconds time) {
    return std::count_if(tracks.begin(), tracks.end(), [&](const engine::CameraTrack& track) {
             return engine::frames_around(track.frames, time + track.lag).has_value();
           }) > 1;
  };
  const auto first = std::find_if(times.begin(), times.end(), several);
  const auto last = std::find_if(times.rbegin(), std::make_reverse_iterator(first), several);
  return {first, last.base()};
}

class Measuring {
 public:
  Measuring(std::vector<Recording> recordings, std::vector<engine::CameraModel> cameras,
            const MotionOptions& options)
      : recordings_(std::move(recordings)),
        models_(std::move(cameras)),
        options_(options),
        lags_(options.lags.empty() ? options.sound.lags() : options.lags) {
    motion_.sound = options.sound;
    motion_.lags_given = !options.lags.empty();
  }

  Result<Motion> run() {
    for (std::size_t i = 0; i < recordings_.size(); ++i) {
      const session::Source& source = recordings_[i].source;
      MotionCamera& camera = motion_.cameras.emplace_back();
      camera.model = models_[i];
      camera.file = source.name;
      camera.sha256 = source.sha256;
      camera.rate = recordings_[i].landmarks.source.rate;
      for (const session::Warning& warning : recordings_[i].warnings)
        motion_.warnings.push_back({warning.code, number_of(i) + ": " + warning.text, warning.remedy});
    }
    for (std::size_t i = 1; i < recordings_.size(); ++i)
      if (auto done = find_lag(i); !done) return tl::unexpected(done.error());
    if (auto done = bring_together(); !done) return tl::unexpected(done.error());
    warn();
    keep_recording();
    session::add_fit_warnings(motion_.recorded, motion_.warnings);
    return std::move(motion_);
  }

 private:
  Result<void> find_lag(std::size_t i) {
    const engine::CameraTrack first = track_of(models_[0], recordings_[0]);
    MotionCamera& camera = motion_.cameras[i];
    if (!lags_.empty()) {
      camera.lag = lags_[i];
      camera.ray_gap_m = engine::disagreement_m(first, track_of(models_[i], recordings_[i], camera.lag));
      if (motion_.sound.used && !motion_.lags_given)
        if (auto fits = check_sound_lag(i, camera); !fits) return fits;
    } else {
      auto found = synchronize(first, track_of(models_[i], recordings_[i]));
      if (!found) {
        Error error = found.error();
        error.cause = fmt::format("cameras 1 and {}: {}", i + 1, error.cause);
        return tl::unexpected(error);
      }
      camera.lag = found->lag.lag;
      camera.correlation = found->lag.correlation;
      camera.ray_gap_m = found->gap_m;
      if (found->alike) motion_.warnings.push_back(lag_ambiguous(i, found->lag.lag, *found->alike));
      compare_with_sound(i, camera.lag);
    }
    return check_gap(i, camera);
  }

  void compare_with_sound(std::size_t i, Seconds lag) {
    auto warning =
        sound_differs(i, "movement", lag, options_.sound, slower_rate(recordings_[0], recordings_[i]));
    if (warning) motion_.warnings.push_back(std::move(*warning));
  }

  /// One clap of unrelated recordings fits everywhere: then the rays meet more closely at another lag.
  /// Cameras at one height show a wrong lag only by what rises and falls, so the gap alone does not tell.
  Result<void> check_sound_lag(std::size_t i, const MotionCamera& camera) {
    const engine::CameraTrack first = track_of(models_[0], recordings_[0]);
    engine::CameraTrack other = track_of(models_[i], recordings_[i]);
    const auto gap_at = [&](Seconds lag) {
      other.lag = lag;
      return engine::disagreement_m(first, other);
    };
    Seconds best = engine::least_disagreement(gap_at, camera.lag, kLagReach);
    double gap_m = gap_at(best);
    if (const auto found = synchronize(first, other); found && found->gap_m < gap_m) {
      best = found->lag.lag;
      gap_m = found->gap_m;
    }
    if (!(kAlikeGaps * gap_m < camera.ray_gap_m)) return {};
    const bool apart = std::abs((best - camera.lag).value()) > kLagReach.value();
    if (apart && gap_m <= kMostGap && kContradicted * gap_m < camera.ray_gap_m)
      return tl::unexpected(sound_does_not_fit(kMeeting, i, camera.lag, best));
    compare_with_sound(i, best);
    return {};
  }

  Result<void> check_gap(std::size_t i, const MotionCamera& camera) {
    for (const std::size_t k : {std::size_t{0}, i}) {
      if (auto turned = check_mirrored(k, i, camera); !turned) return turned;
    }
    if (!(camera.ray_gap_m > kMostGap)) return {};
    const bool several = std::max(recordings_[0].frames.most_people, recordings_[i].frames.most_people) > 1;
    return rays_do_not_meet(i, camera.ray_gap_m, several);
  }

  /// A front camera's app may save what a mirror shows: then left is right, and rays do not meet.
  Result<void> check_mirrored(std::size_t mirrored, std::size_t i, const MotionCamera& camera) {
    if (camera.ray_gap_m < kMostGap / 2) return {};
    const auto frames =
        engine::mirror_image(recordings_[mirrored].landmarks.frames, models_[mirrored].width_px);
    engine::CameraTrack first = track_of(models_[0], recordings_[0]);
    engine::CameraTrack other = track_of(models_[i], recordings_[i]);
    (mirrored == 0 ? first : other).frames = frames;
    double gap_m = 0;
    if (!lags_.empty()) {
      other.lag = camera.lag;
      gap_m = engine::disagreement_m(first, other);
    } else {
      const auto found = synchronize(first, other);
      if (!found) return {};
      gap_m = found->gap_m;
    }
    if (gap_m > kMostGap || gap_m > kMirroredShare * camera.ray_gap_m) return {};
    return fail(
        ErrorCode::nothing_measured, kMeeting,
        fmt::format(
            "{} shows a mirror image: turned back, its rays pass {:.0f} cm from the other's, not {:.0f}",
            number_of(mirrored), 100 * gap_m, 100 * camera.ray_gap_m),
        "film with the back camera, or switch mirroring off in the camera's app");
  }

  Result<void> bring_together() {
    std::vector<engine::CameraTrack> tracks;
    for (std::size_t i = 0; i < recordings_.size(); ++i)
      tracks.push_back(track_of(models_[i], recordings_[i], motion_.cameras[i].lag));
    const auto& frames = recordings_[0].landmarks.frames;
    if (options_.rate && !frames.empty()) {
      const double moments = (frames.back().time - frames.front().time).value() * options_.rate->value();
      if (moments > static_cast<double>(sensing::kMaxLandmarkFrames)) {
        return fail(ErrorCode::unsupported, kMeeting,
                    fmt::format("{:.0f} moments; at most {}", moments, sensing::kMaxLandmarkFrames),
                    "give fewer results a second by --fps, or cut the videos to the movement");
      }
    }
    const std::vector<Seconds> times = seen_by_several(tracks, moments_of(recordings_[0], options_.rate));
    if (times.size() < 2) {
      return fail(ErrorCode::nothing_measured, kMeeting, "no moment is seen by two cameras",
                  "start all cameras before the movement, and place them so that each sees the whole person");
    }
    motion_.fused = engine::fuse(tracks, times);
    const auto& agreements = motion_.fused->cameras;
    if (std::all_of(agreements.begin(), agreements.end(),
                    [](const auto& a) { return a.rays == a.left_out; })) {
      return fail(ErrorCode::nothing_measured, kMeeting, "the cameras agree on no landmark",
                  "stand them 60 to 120 degrees apart around the person, and calibrate them there");
    }
    for (std::size_t i = 0; i < tracks.size(); ++i) motion_.cameras[i].agreement = motion_.fused->cameras[i];
    const bool networks = std::all_of(recordings_.begin(), recordings_.end(),
                                      [](const Recording& r) { return !r.models.empty(); });
    motion_.recorded = session::record(motion_.fused->frames, motion_measures(), {}, networks,
                                       networks ? &motion_.fused->rig : nullptr);
    return {};
  }

  /// The first camera's facts with the landmarks and the warnings of all; those of the fit belong to it.
  void keep_recording() {
    motion_.recording = recordings_[0];
    Recording& out = motion_.recording;
    out.warnings = motion_.warnings;
    out.landmarks.frames = motion_.fused->frames;
    out.landmarks.source.has_image = false;
    out.landmarks.source.picture.reset();
    out.source.width_px = out.source.height_px = 0;
    out.source.name = recordings_[0].source.name;
    for (std::size_t i = 1; i < recordings_.size(); ++i) {
      out.source.name += ", " + recordings_[i].source.name;
      if (recordings_[i].source.kind == session::SourceKind::simulated) {
        out.source.kind = session::SourceKind::simulated;
        out.landmarks.source.simulated = true;
      }
    }
  }

  void warn() {
    for (std::size_t i = 0; i < models_.size(); ++i) {
      if (recordings_[i].source.width_px <= 0) {
        motion_.warnings.push_back(
            {"picture_size_unknown",
             fmt::format(
                 "How large camera {}'s pictures were is not known; they are taken to be {} x {} pixels, "
                 "as calibrated.",
                 i + 1, models_[i].width_px, models_[i].height_px),
             "Give the video, or landmarks as reprise pose writes them."});
      }
      const engine::CameraAgreement& agreement = motion_.cameras[i].agreement;
      const double share = agreement.rays > 0
                               ? static_cast<double>(agreement.left_out) / static_cast<double>(agreement.rays)
                               : 0;
      if (share > kMostLeftOut) {
        motion_.warnings.push_back(
            {"camera_disagrees",
             fmt::format("{:.0f} % of what camera {} saw does not agree with the others and was left out.",
                         100 * share, i + 1),
             "Check that it was not moved after the calibration and follows the same person."});
      }
      if (const auto& moving = recordings_[i].scene.pictures.camera_moves; !moving.empty()) {
        motion_.warnings.push_back(
            {"camera_moved",
             fmt::format("Camera {} moved while it filmed; its calibration does not hold then.", i + 1),
             "Stand it on a tripod."});
      }
    }
    warn_of_narrow_angle();
  }

  void warn_of_narrow_angle() {
    double widest = 0;
    for (const engine::CameraModel& a : models_) {
      for (const engine::CameraModel& b : models_) {
        const double cosine = std::abs(a.rotation.row(2).dot(b.rotation.row(2)));
        widest = std::max(widest, to_degrees(Radians{std::acos(std::min(1.0, cosine))}).value());
      }
    }
    if (widest >= kLeastAngleDeg) return;
    motion_.warnings.push_back(
        {"narrow_angle",
         fmt::format(
             "The cameras look along nearly the same line ({:.0f} degrees apart), so depth is uncertain.",
             widest),
         "Stand them 60 to 120 degrees apart around the person."});
  }

  std::vector<Recording> recordings_;
  std::vector<engine::CameraModel> models_;
  const MotionOptions& options_;
  std::vector<Seconds> lags_;  // given or by sound; empty: by the movement
  Motion motion_;
};

Motion of_one(Recording recording) {
  Motion motion;
  MotionCamera& camera = motion.cameras.emplace_back();
  camera.file = recording.source.name;
  camera.sha256 = recording.source.sha256;
  camera.rate = recording.landmarks.source.rate;
  motion.warnings = recording.warnings;
  motion.recorded = session::record(recording.landmarks.frames, motion_measures(),
                                    session::usual_pinhole(recording.source), !recording.models.empty());
  session::add_fit_warnings(motion.recorded, motion.warnings);
  motion.recording = std::move(recording);
  return motion;
}

}  // namespace

std::optional<Hertz> slower_rate(const Recording& a, const Recording& b) {
  const auto& first = a.landmarks.source.rate;
  const auto& second = b.landmarks.source.rate;
  if (!first || !second) return first ? first : second;
  return std::min(*first, *second);
}

std::vector<engine::Measure> motion_measures() {
  std::vector<engine::Measure> out;
  for (std::size_t m = 0; m < engine::kMeasureCount; ++m) {
    const auto measure = static_cast<engine::Measure>(m);
    if (measure != engine::Measure::muscle_activity) out.push_back(measure);
  }
  return out;
}

session::Warning lag_ambiguous(std::size_t camera, Seconds lag, Seconds other) {
  return {
      "lag_ambiguous",
      fmt::format("Cameras 1 and {} agree nearly as well at another lag ({:.2f} s, not {:.2f} s): the "
                  "movement repeats itself.",
                  camera + 1, other.value(), lag.value()),
      "Raise both arms and lower them quickly at the beginning, in view of all cameras; or give the lag by "
      "--lags."};
}

Result<Motion> measure_motion(std::vector<Recording> recordings, std::vector<engine::CameraModel> cameras,
                              const MotionOptions& options) {
  if (recordings.size() == 1) return of_one(std::move(recordings.front()));
  return Measuring{std::move(recordings), std::move(cameras), options}.run();
}

}  // namespace reprise::pipeline
