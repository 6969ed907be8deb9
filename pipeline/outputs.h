// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sensing/landmarks/landmark_recording.h"
#include "session/document.h"

namespace reprise::pipeline {

/// One file to be written: its name inside the output folder, and all of its bytes.
struct OutputFile {
  std::string name;
  std::string contents;
};

/// Everything that `reprise analyze` writes for one recording: session.json, report.html, angles.csv,
/// angles.mot, landmarks.trc and, where asked for, landmarks.json. Errors: those of the writers in
/// sensing/files.
[[nodiscard]] Result<std::vector<OutputFile>> make_outputs(const session::SessionDocument& document,
                                                           const sensing::LandmarkRecording& landmarks,
                                                           bool with_landmarks);

/// Writes all files or none: everything is first written beside, and moved in place only when the last byte
/// of the last file is on disk; the first of `files` last. The folder is made where it is missing. Errors:
/// unwritable, invalid_argument (the folder is a file).
[[nodiscard]] Result<void> write_outputs(const std::filesystem::path& folder,
                                         const std::vector<OutputFile>& files);

}  // namespace reprise::pipeline
