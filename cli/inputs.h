// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "base/result.h"
#include "cli/exit_code.h"

namespace reprise::cli {

/// Files and folders as typed, as files: a folder stands for the videos directly inside it, where it has none
/// for the landmark files (.trc, .npy), sorted by name. Errors: not_found (no such file; a folder with
/// neither).
[[nodiscard]] Result<std::vector<std::filesystem::path>> expand_inputs(
    const std::vector<std::filesystem::path>& typed);

/// Does the same to each of the inputs, as typed. What fails is reported and does not keep the next from
/// being tried; Ctrl-C does. Returns the code of the first failure.
[[nodiscard]] ExitCode for_each_input(const std::vector<std::filesystem::path>& typed,
                                      const std::function<Result<void>(const std::filesystem::path&)>& act);

}  // namespace reprise::cli
