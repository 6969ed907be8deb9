#pragma once

#include "pipeline/recording.h"

namespace reprise {

/// As read_recording, with a progress bar; Ctrl-C cancels.
[[nodiscard]] Result<Recording> read_with_progress(const std::filesystem::path& path, LazyNetworks& networks,
                                                   const RecordingOptions& options);

}  // namespace reprise
