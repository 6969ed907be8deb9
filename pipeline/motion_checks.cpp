// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "pipeline/motion.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kAssigning = "assigning the calibration";
constexpr const char* kSynchronizing = "synchronizing the cameras";

std::optional<std::size_t> named(std::span<const engine::CameraModel> cameras, const std::string& name) {
  for (std::size_t i = 0; i < cameras.size(); ++i)
    if (cameras[i].name == name) return i;
  return std::nullopt;
}

/// Each name must mean one video and one camera.
Result<void> check_names(std::span<const engine::CameraModel> calibrated,
                         std::span<const Recording> recordings) {
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const std::string name = camera_name(recordings[i]);
    const auto same = [&](const Recording& other) { return camera_name(other) == name; };
    if (std::count_if(recordings.begin(), recordings.end(), same) > 1) {
      return fail(ErrorCode::invalid_argument, kAssigning,
                  fmt::format("camera {}'s video has the same name as another", i + 1),
                  "name each video as its camera in the calibration");
    }
    if (std::count_if(calibrated.begin(), calibrated.end(),
                      [&](const engine::CameraModel& camera) { return camera.name == name; }) > 1) {
      return fail(ErrorCode::invalid_argument, kAssigning,
                  fmt::format("camera {}'s video has the name of two cameras in the calibration", i + 1),
                  "give each section a name of its own");
    }
  }
  return {};
}

/// Where only some videos have a camera's name, their order must agree with it.
Result<void> check_order(std::span<const engine::CameraModel> calibrated,
                         std::span<const Recording> recordings) {
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const auto at = named(calibrated, camera_name(recordings[i]));
    if (!at || calibrated[i].name == camera_name(recordings[i])) continue;
    return fail(ErrorCode::invalid_argument, kAssigning,
                fmt::format("camera {}'s video has the name of section {} of the calibration, but not every "
                            "video has a section's name",
                            i + 1, *at + 1),
                "name each video as its section, or give the videos in the order of the sections");
  }
  return {};
}

/// From one place all rays meet in the lens, at any lag.
Result<void> check_places(std::span<const engine::CameraModel> cameras) {
  constexpr double kNearestM = 0.05;  // between two lenses. Unsourced default
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if ((cameras[i].lens_m() - cameras[k].lens_m()).norm() > kNearestM) continue;
      return fail(ErrorCode::invalid_argument, kAssigning,
                  fmt::format("the calibration puts cameras {} and {} at the same place", k + 1, i + 1),
                  "calibrate both cameras where they stand");
    }
  }
  return {};
}

}  // namespace

Result<std::vector<engine::CameraModel>> assign_cameras(std::span<const engine::CameraModel> calibrated,
                                                        std::span<const Recording> recordings) {
  if (calibrated.size() < recordings.size()) {
    return fail(
        ErrorCode::invalid_argument, kAssigning,
        fmt::format("the calibration holds {} cameras for {} videos", calibrated.size(), recordings.size()),
        "add a section for each camera, or calibrate again with all of them");
  }
  const bool by_name = std::all_of(recordings.begin(), recordings.end(), [&](const Recording& r) {
    return named(calibrated, camera_name(r)).has_value();
  });
  if (auto ok = by_name ? check_names(calibrated, recordings) : check_order(calibrated, recordings); !ok)
    return tl::unexpected(ok.error());
  std::vector<engine::CameraModel> out;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const Recording& recording = recordings[i];
    const engine::CameraModel& camera = calibrated[by_name ? *named(calibrated, camera_name(recording)) : i];
    const session::Source& source = recording.source;
    if (source.width_px > 0 && (source.width_px != camera.width_px || source.height_px != camera.height_px)) {
      return fail(
          ErrorCode::invalid_argument, kAssigning,
          fmt::format("camera {}'s pictures are {} x {} pixels; its calibration is for {} x {}", i + 1,
                      source.width_px, source.height_px, camera.width_px, camera.height_px),
          "film as you calibrated, or calibrate again: another resolution shows another part of the scene");
    }
    out.push_back(camera);
  }
  if (auto ok = check_places(out); !ok) return tl::unexpected(ok.error());
  return out;
}

std::string camera_name(const Recording& recording) {
  return std::filesystem::path(recording.source.name).stem().stem().string();
}

Result<void> check_recordings(std::span<const Recording> recordings) {
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (recordings[i].source.sha256.empty() || recordings[i].source.sha256 != recordings[k].source.sha256)
        continue;
      return fail(ErrorCode::invalid_argument, kSynchronizing,
                  fmt::format("cameras {} and {} are the same file", k + 1, i + 1),
                  "give each camera's own video once");
    }
    if (recordings.size() > 1 && !recordings[i].landmarks.source.has_image) {
      return fail(ErrorCode::unsupported, kSynchronizing,
                  fmt::format("camera {}'s landmarks have no positions in the picture", i + 1),
                  "give its video, or landmarks in pixels as reprise pose writes them");
    }
  }
  return {};
}

Result<std::vector<Seconds>> known_lags(std::span<const double> typed_s, std::size_t cameras) {
  constexpr double kMostS = 86'400;
  if (typed_s.empty()) return std::vector<Seconds>{};
  if (typed_s.size() + 1 != cameras) {
    return fail(ErrorCode::invalid_argument, kSynchronizing,
                fmt::format("--lags has {} numbers for {} cameras", typed_s.size(), cameras),
                "give one for each camera but the first");
  }
  std::vector<Seconds> out = {Seconds{0}};
  for (const double lag : typed_s) {
    if (!(std::abs(lag) <= kMostS)) {
      return fail(ErrorCode::invalid_argument, kSynchronizing, "--lags has a number that is no lag",
                  "give seconds, at most a day");
    }
    out.emplace_back(lag);
  }
  return out;
}

}  // namespace reprise::pipeline
