// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "server/settings/settings.h"

namespace reprise::cli {

/// The settings of the record, as flags of a command.
struct RecordSettings {
  std::filesystem::path config;
  std::map<std::string, std::string> flags;  ///< those that were given

  /// From the file, the environment and the flags.
  [[nodiscard]] Result<server::Settings> read() const;
};

/// Adds --config and a flag for each setting; `few`: only those that say where the record is.
void add_record_settings(CLI::App& command, const std::shared_ptr<RecordSettings>& settings, bool few);

}  // namespace reprise::cli
