// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "cli/exit_code.h"
#include "session/measurements/measurement_document.h"

namespace reprise::cli {

/// Where a measurement goes, of every command that makes one.
struct MeasurementOutputOptions {
  std::filesystem::path out;
  std::string patient;
  std::string request;
  std::string start;
  bool with_signals = false;
  bool json = false;
};

void add_output_options(CLI::App& command, MeasurementOutputOptions& options);

/// Prints the measurement, writes the files and the bundle that the options ask for, or reports the error.
/// `input`: the file that an error is about; may be empty.
[[nodiscard]] ExitCode put_out(const Result<session::MeasurementDocument>& document,
                               const std::filesystem::path& input, const MeasurementOutputOptions& options);

}  // namespace reprise::cli
