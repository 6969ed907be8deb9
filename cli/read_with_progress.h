// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/recording.h"

namespace reprise::cli {

/// As read_recording, with a progress bar; Ctrl-C cancels.
[[nodiscard]] Result<pipeline::Recording> read_with_progress(const std::filesystem::path& path,
                                                             pipeline::LazyNetworks& networks,
                                                             const pipeline::RecordingOptions& options);

}  // namespace reprise::cli
