// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/scene/scene_monitor.h"
#include "session/document.h"

namespace reprise::session {

/// How a recording was filmed, as far as its landmarks do not say it.
struct SceneFacts {
  engine::SceneFindings pictures;         ///< nothing found where there were no pictures to look at
  std::vector<engine::TimeRange> others;  ///< further people in the picture; only where a detector looked
  bool upright_exercise = false;          ///< it begins with an upright trunk
};

/// Adds what a reader should know of how the recording was filmed: cuts, a moving camera, frozen, dark or
/// blurred pictures, other people, parts out of the picture, a turned or tilted picture, a person who left.
/// `frames`: the landmarks as they were seen.
void add_scene_warnings(SessionDocument& document, const SceneFacts& scene,
                        std::span<const engine::PoseFrame> frames);

}  // namespace reprise::session
