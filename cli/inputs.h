// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"

namespace reprise::cli {

/// Files and folders as typed, as files: a folder stands for the videos directly inside it, where it has none
/// for the landmark files (.trc, .npy), sorted by name. Errors: not_found (no such file; a folder with
/// neither).
[[nodiscard]] Result<std::vector<std::filesystem::path>> expand_inputs(
    const std::vector<std::filesystem::path>& typed);

}  // namespace reprise::cli
