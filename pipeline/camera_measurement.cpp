// SPDX-License-Identifier: Apache-2.0
#include "pipeline/camera_measurement.h"

namespace reprise::pipeline {

session::FilmedClip filmed_clip(const Recording& recording, const std::string& options) {
  session::FilmedClip clip{recording.source, recording.models,   recording.frames,
                           recording.scene,  recording.warnings, recording.landmarks.frames};
  if (!options.empty()) clip.source.options.insert(0, options + (clip.source.options.empty() ? "" : " "));
  return clip;
}

}  // namespace reprise::pipeline
