// SPDX-License-Identifier: Apache-2.0
#include "cli/read_with_progress.h"

#include "cli/interrupt.h"
#include "cli/progress_bar.h"

namespace reprise::cli {

Result<pipeline::Recording> read_with_progress(const std::filesystem::path& path,
                                               pipeline::LazyNetworks& networks,
                                               const pipeline::RecordingOptions& options) {
  std::optional<ProgressBar> bar;
  return pipeline::read_recording(path, networks, options, [&](int done, std::optional<int> total) {
    if (!bar) bar.emplace(path.filename().string(), total);
    if (done > 0) bar->update(done);
    return !interrupted();
  });
}

}  // namespace reprise::cli
