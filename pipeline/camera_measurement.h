// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "pipeline/recording.h"
#include "session/measurements/filmed_test.h"

namespace reprise::pipeline {

/// A recording as what a test is measured in; its landmarks are those of `recording`. `options`: those of the
/// measurement that change the result, as typed; the recording's own are added.
[[nodiscard]] session::FilmedClip filmed_clip(const Recording& recording, const std::string& options);

}  // namespace reprise::pipeline
