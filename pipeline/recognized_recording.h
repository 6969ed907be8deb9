// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/recognition/recognizer.h"
#include "pipeline/counted_recording.h"

namespace reprise::pipeline {

/// Recognizes the exercise in a file of any kind; of .npy as `count_in`. Errors: those of the readers;
/// nothing_measured if no frame shows a person.
[[nodiscard]] Result<engine::Recognition> recognize_in(const std::filesystem::path& path,
                                                       const RecordingOptions& options,
                                                       const ReadRecording& read,
                                                       const engine::Recognizer& recognizer);

}  // namespace reprise::pipeline
