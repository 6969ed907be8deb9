// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/pose/ensemble.h"
#include "engine/pose/networks.h"
#include "sensing/landmarks/landmark_recording.h"
#include "sensing/networks/models.h"
#include "session/document.h"
#include "session/scene_warnings.h"

namespace reprise::pipeline {

/// A person's movement as landmarks over time, from a video or a file.
struct Recording {
  sensing::LandmarkRecording landmarks;
  session::Source source;
  std::vector<session::ModelUsed> models;
  session::FrameCounts frames;
  session::SceneFacts scene;  ///< what the pictures showed; empty for landmark files
  std::vector<session::Warning> warnings;
  std::vector<Seconds> reacquired;        ///< when another person may have been taken for the followed one
  std::vector<engine::PoseFrame> helper;  ///< of `with_helper`: the other person, at the times of `landmarks`
};

struct RecordingOptions {
  std::optional<std::filesystem::path> models_folder;
  /// Looks at each picture. Empty: lite does, corrected by heavy (engine/pose/pose_correction.h).
  std::optional<sensing::ModelVariant> model;
  bool ensemble = false;              ///< all networks together instead
  int person = 1;                     ///< which of several people, the largest first
  int threads = 1;                    ///< from 2 on, decoding runs beside the networks
  std::optional<Seconds> from = {};   ///< what lies before is left out
  std::optional<Seconds> until = {};  ///< the same of what lies after
  std::optional<Hertz> frame_rate;    ///< of landmark files that have no times
  /// The person stays about where they stand or sit, beside a helper who is followed, too.
  bool with_helper = false;
};

/// Returns the options that change a recording, as typed in the command: "--person 2". Empty: none does. A
/// new one must be added here, or an outdated result would be reused.
[[nodiscard]] std::string options_text(const RecordingOptions& options);

/// The landmark networks that look at pictures.
[[nodiscard]] std::vector<sensing::ModelVariant> variants_of(const RecordingOptions& options);

/// The networks, loaded when the first video needs them and shared by all.
class LazyNetworks {
 public:
  explicit LazyNetworks(RecordingOptions options) : options_(std::move(options)) {}

  struct Looking {
    engine::PoseNetworks* at_each;  ///< picture
    engine::PoseNetworks* at_some;  ///< to correct the other; null: only one looks
  };
  [[nodiscard]] Result<Looking> get();
  [[nodiscard]] const std::vector<session::ModelUsed>& models() const { return models_; }

 private:
  [[nodiscard]] Result<void> add(sensing::ModelVariant variant, const std::filesystem::path& folder);

  RecordingOptions options_;
  std::vector<std::unique_ptr<engine::PoseNetworks>> loaded_;
  std::unique_ptr<engine::EnsembleNetworks> ensemble_;
  std::vector<session::ModelUsed> models_;
};

/// Whether a file is read as landmarks (.json, .csv, .trc, .npy) rather than as a video.
[[nodiscard]] bool is_landmark_file(const std::filesystem::path& path);

/// Describes landmarks of an array or a simulation as a recording; those of a file by `read_recording`.
/// Error: nothing_measured if no frame shows a person.
[[nodiscard]] Result<Recording> recording_from(sensing::LandmarkRecording landmarks, std::string name);

/// Called before each picture of a video with the number of pictures done and of all, if known. Returns false
/// to cancel.
using OnPicture = std::function<bool(int done, std::optional<int> total)>;

/// Reads a video through the pose tracker, or a landmark file. Keeps the SHA-256 of the file and the options
/// in the recording's source. Errors: those of the readers, networks and tracker; nothing_measured if no
/// picture shows a person; cancelled.
[[nodiscard]] Result<Recording> read_recording(const std::filesystem::path& path, LazyNetworks& networks,
                                               const RecordingOptions& options,
                                               const OnPicture& on_picture = {});

}  // namespace reprise::pipeline
