// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/repetitions/count_repetitions.h"

namespace reprise::engine {

/// The points of each frame: pixels where there are any, because meters follow from them.
[[nodiscard]] std::vector<PointFrame> point_frames(std::span<const PoseFrame> frames);

}  // namespace reprise::engine
