// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/cameras/sound_lag.h"
#include "session/document.h"

namespace reprise::pipeline {

/// How recordings are synchronized. `automatic`: by the movement (or the board), compared with the sound.
enum class SyncBy { automatic, motion, sound };

/// Lags by the sound of videos.
struct SoundLags {
  /// Of each camera beyond the first's clock; the first's is empty. No entries: the sound was not compared.
  std::vector<std::optional<engine::SoundLag>> of_cameras = {};
  bool used = false;  ///< the recordings are synchronized by them; each further camera then has one

  [[nodiscard]] std::optional<engine::SoundLag> at(std::size_t camera) const {
    return camera < of_cameras.size() ? of_cameras[camera] : std::nullopt;
  }
  /// One for each camera, the first's 0; empty where they are not used.
  [[nodiscard]] std::vector<Seconds> lags() const;
};

/// Checks that files can be synchronized as the user says. Errors: invalid_argument (by sound: one camera,
/// lags that are given, too, or a landmark file; the cause names the camera).
[[nodiscard]] Result<void> check_sync(std::span<const std::filesystem::path> files, SyncBy by,
                                      bool lags_given);

/// Reads the levels of the sound of all videos and finds their lags; the sound is not kept. By motion, of one
/// camera and where lags are given nothing is read. `automatic`: what cannot be compared is left out, without
/// an error. Errors by sound: those of `check_sync`, `sensing::read_sound_levels` and `engine::lag_by_sound`;
/// the cause names the camera and its file.
[[nodiscard]] Result<SoundLags> find_sound_lags(std::span<const std::filesystem::path> files, SyncBy by,
                                                bool lags_given);

/// The warning that a camera's lag by the movement or the board differs from that by sound by more than a
/// picture lasts (`rate`; nullopt: 30 a second) and the sound's uncertainty. nullopt: no sound, or alike.
/// `camera`: its index. `by`: "movement" or "board".
[[nodiscard]] std::optional<session::Warning> sound_differs(std::size_t camera, std::string_view by,
                                                            Seconds lag, const SoundLags& sound,
                                                            std::optional<Hertz> rate);

/// The error of a lag by sound that the movement contradicts. `stage`: where it was noticed.
[[nodiscard]] Error sound_does_not_fit(const char* stage, std::size_t camera, Seconds by_sound,
                                       Seconds by_motion);

/// "movement" (or another `otherwise`), "sound", "given".
[[nodiscard]] std::string_view synchronized_by(const SoundLags& sound, bool lags_given,
                                               std::string_view otherwise);

/// Adds to a camera's entry `lag_uncertainty_s`, null unless the lag is that by sound, and `sound`: lag,
/// uncertainty, confidence and number of sounds, null where it was not compared.
void add_sound(nlohmann::ordered_json& entry, std::size_t camera, const SoundLags& sound);

/// "by sound ± 0.001 s (2 sounds)"; empty: not synchronized by sound.
[[nodiscard]] std::string sound_words(std::size_t camera, const SoundLags& sound);

}  // namespace reprise::pipeline
