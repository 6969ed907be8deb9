// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

#include "pipeline/sound_lags.h"

namespace reprise::cli {

/// Adds --sync; `by` must live as long as the command.
void add_sync_option(CLI::App& command, pipeline::SyncBy& by);

}  // namespace reprise::cli
