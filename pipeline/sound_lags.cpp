// SPDX-License-Identifier: Apache-2.0
#include "pipeline/sound_lags.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "pipeline/recording.h"
#include "sensing/video/sound_reader.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kCheckingSync = "checking the cameras";

Error sound_of_camera(Error error, std::size_t camera, const std::filesystem::path& file) {
  error.cause = fmt::format("camera {} ({}): {}", camera + 1, file.filename().string(), error.cause);
  return error;
}

Result<std::vector<engine::SoundLevels>> read_levels(std::span<const std::filesystem::path> files) {
  std::vector<engine::SoundLevels> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto levels = sensing::read_sound_levels(files[i]);
    if (!levels) return tl::unexpected(sound_of_camera(levels.error(), i, files[i]));
    out.push_back(std::move(*levels));
  }
  return out;
}

/// Which camera hears nothing is said before any two are compared.
Result<void> check_levels(std::span<const engine::SoundLevels> levels,
                          std::span<const std::filesystem::path> files) {
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (auto ok = engine::check_sound(levels[i]); !ok)
      return tl::unexpected(sound_of_camera(ok.error(), i, files[i]));
  return {};
}

Result<SoundLags> lags_by_sound(std::span<const std::filesystem::path> files) {
  const auto levels = read_levels(files);
  if (!levels) return tl::unexpected(levels.error());
  if (auto ok = check_levels(*levels, files); !ok) return tl::unexpected(ok.error());
  SoundLags out{{std::nullopt}, true};
  for (std::size_t i = 1; i < levels->size(); ++i) {
    auto lag = engine::lag_by_sound(levels->front(), (*levels)[i]);
    if (!lag) {
      Error error = lag.error();
      error.cause = fmt::format("cameras 1 and {}: {}", i + 1, error.cause);
      return tl::unexpected(error);
    }
    out.of_cameras.emplace_back(*lag);
  }
  return out;
}

SoundLags lags_to_compare(std::span<const std::filesystem::path> files) {
  const auto levels = read_levels(files);
  if (!levels) return {};
  SoundLags out{{std::nullopt}};
  for (std::size_t i = 1; i < levels->size(); ++i) {
    const auto lag = engine::lag_by_sound(levels->front(), (*levels)[i]);
    out.of_cameras.push_back(lag ? std::optional{*lag} : std::nullopt);
  }
  return out;
}

double to_tenths_of_ms(Seconds time) {
  const double whole = std::round(time.value() * 1e4);
  return whole == 0 ? 0.0 : whole / 1e4;  // no -0
}

}  // namespace

std::vector<Seconds> SoundLags::lags() const {
  std::vector<Seconds> out;
  if (!used) return out;
  for (const auto& lag : of_cameras) out.push_back(lag ? lag->lag : Seconds{0});
  return out;
}

Result<void> check_sync(std::span<const std::filesystem::path> files, SyncBy by, bool lags_given) {
  if (by != SyncBy::sound) return {};
  if (lags_given) {
    return fail(ErrorCode::invalid_argument, kCheckingSync, "both --lags and --sync sound are given",
                "leave one of them out: lags that are given need no synchronization");
  }
  if (files.size() < 2) {
    return fail(ErrorCode::invalid_argument, kCheckingSync, "--sync sound is given for one camera",
                "leave it out: one camera needs no synchronization");
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!is_landmark_file(files[i])) continue;
    return fail(ErrorCode::invalid_argument, kCheckingSync,
                fmt::format("camera {} ({}): landmarks have no sound", i + 1, files[i].filename().string()),
                "give its video, or synchronize by --sync motion");
  }
  return {};
}

Result<SoundLags> find_sound_lags(std::span<const std::filesystem::path> files, SyncBy by, bool lags_given) {
  if (auto ok = check_sync(files, by, lags_given); !ok) return tl::unexpected(ok.error());
  if (by == SyncBy::sound) return lags_by_sound(files);
  if (by == SyncBy::motion || lags_given || files.size() < 2) return SoundLags{};
  for (const std::filesystem::path& file : files)
    if (is_landmark_file(file)) return SoundLags{};
  return lags_to_compare(files);
}

std::optional<session::Warning> sound_differs(std::size_t camera, std::string_view by, Seconds lag,
                                              const SoundLags& sound, std::optional<Hertz> rate) {
  const auto heard = sound.at(camera);
  if (!heard) return std::nullopt;
  const double period_s = 1 / (rate && rate->value() > 0 ? rate->value() : 30);
  if (std::abs((lag - heard->lag).value()) <= period_s + heard->uncertainty.value()) return std::nullopt;
  return session::Warning{
      "sound_differs",
      fmt::format(
          "Camera {}'s clock is {:+.3f} s from camera 1's by the {} and {:+.3f} ± {:.3f} s by sound. The "
          "lag by {} was used.",
          camera + 1, lag.value(), by, heard->lag.value(), heard->uncertainty.value(),
          sound.used ? "sound" : fmt::format("the {}", by)),
      "Look in both videos for the picture in which hands meet at a clap, and give the lag by --lags."};
}

Error sound_does_not_fit(const char* stage, std::size_t camera, Seconds by_sound, Seconds by_motion) {
  return {
      ErrorCode::nothing_measured, stage,
      fmt::format("cameras 1 and {}: the lag by sound ({:+.3f} s) does not fit the movement, which fits at "
                  "{:+.3f} s",
                  camera + 1, by_sound.value(), by_motion.value()),
      "clap once or twice, loudly, where all cameras hear it; or synchronize by --sync motion"};
}

std::string_view synchronized_by(const SoundLags& sound, bool lags_given, std::string_view otherwise) {
  if (sound.used) return "sound";
  return lags_given ? "given" : otherwise;
}

void add_sound(nlohmann::ordered_json& entry, std::size_t camera, const SoundLags& sound) {
  const auto heard = sound.at(camera);
  entry["lag_uncertainty_s"] = nullptr;
  entry["sound"] = nullptr;
  if (!heard) return;
  if (sound.used) entry["lag_uncertainty_s"] = to_tenths_of_ms(heard->uncertainty);
  entry["sound"] = {{"lag_s", to_tenths_of_ms(heard->lag)},
                    {"uncertainty_s", to_tenths_of_ms(heard->uncertainty)},
                    {"confidence", std::round(100 * heard->confidence) / 100},
                    {"sounds", heard->sounds}};
}

std::string sound_words(std::size_t camera, const SoundLags& sound) {
  const auto heard = sound.at(camera);
  if (!heard || !sound.used) return "";
  return fmt::format("by sound ± {:.3f} s ({} {})", heard->uncertainty.value(), heard->sounds,
                     heard->sounds == 1 ? "sound" : "sounds");
}

}  // namespace reprise::pipeline
