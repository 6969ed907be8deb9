// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/repetitions/count_repetitions.h"
#include "pipeline/recording.h"

namespace reprise::pipeline {

/// Points without a unit, as an .npy file holds them.
struct PointArray {
  std::vector<engine::PointFrame> frames;
  std::optional<Hertz> rate;
};

/// Reads an .npy file, also one that lost its angles (sensing/landmarks/npy.h). Errors: those of the readers.
[[nodiscard]] Result<PointArray> read_point_array(const std::filesystem::path& path,
                                                  const RecordingOptions& options);

}  // namespace reprise::pipeline
