// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "engine/repetitions/count_repetitions.h"
#include "pipeline/recording.h"

namespace reprise::pipeline {

struct CountedRecording {
  std::size_t frames = 0;
  std::size_t seen = 0;  ///< frames that show a person
  Hertz rate{30};        ///< 30 where the file does not say it
  std::vector<engine::CountedRepetition> repetitions;
};

/// Reads any recording but an array of points.
using ReadRecording = std::function<Result<Recording>(const std::filesystem::path&)>;

/// Counts the repetitions in a file of any kind. An .npy file is taken as points in any unit, also where it
/// holds no angles (sensing/landmarks/npy.h). Errors: those of the readers; nothing_measured if no frame
/// shows a person.
[[nodiscard]] Result<CountedRecording> count_in(const std::filesystem::path& path,
                                                const RecordingOptions& options, const ReadRecording& read);

}  // namespace reprise::pipeline
