// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/recording.h"
#include "session/document.h"

namespace reprise::pipeline {

/// What a result was made from and how: the same stamp and the same version of the engine give the same
/// result.
struct Stamp {
  std::string sha256;                                     ///< of the input's bytes
  std::string options;                                    ///< as in Source::options
  std::optional<std::vector<session::ModelUsed>> models;  ///< empty: the input's bytes name them
  session::ExerciseFacts exercise;
  engine::ExerciseDefinition definition;
};

/// The networks that an analysis of this video will use, as they stand in its result; empty for landmarks,
/// which name those that measured them.
[[nodiscard]] std::optional<std::vector<session::ModelUsed>> models_for(const std::filesystem::path& input,
                                                                        const RecordingOptions& options);

/// The result of an earlier run that lies in `folder`, where it carries this stamp, comes from this version
/// of the engine, and all of `files` lie beside it. Empty where anything differs, is missing or cannot be
/// read.
[[nodiscard]] std::optional<session::SessionDocument> cached_result(const std::filesystem::path& folder,
                                                                    const Stamp& stamp,
                                                                    const std::vector<std::string>& files);

}  // namespace reprise::pipeline
