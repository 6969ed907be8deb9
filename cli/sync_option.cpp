// SPDX-License-Identifier: Apache-2.0
#include "cli/sync_option.h"

#include <string>

namespace reprise::cli {

void add_sync_option(CLI::App& command, pipeline::SyncBy& by) {
  command
      .add_option_function<std::string>(
          "--sync",
          [&by](const std::string& name) {
            by = name == "sound"    ? pipeline::SyncBy::sound
                 : name == "motion" ? pipeline::SyncBy::motion
                                    : pipeline::SyncBy::automatic;
          },
          "How lags are found: sound, by a clap that all cameras hear; motion, by what moves in the "
          "pictures; "
          "auto, by motion, with a warning where the sound says another lag")
      ->check(CLI::IsMember({"auto", "motion", "sound"}))
      ->default_str("auto");
}

}  // namespace reprise::cli
