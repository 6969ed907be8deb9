// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "session/document.h"

namespace reprise::cli {

/// What became of one of several inputs: a document or an error.
struct BatchEntry {
  std::filesystem::path input;
  std::filesystem::path folder;
  std::optional<session::SessionDocument> document = {};
  std::optional<Error> error = {};
  bool kept = false;  ///< from an earlier run
};

/// Names that the results of several inputs together take in the output folder.
inline constexpr const char* kBatchTable = "summary.csv";
inline constexpr const char* kBatchReport = "report.html";

/// All inputs in one table on the terminal.
void print_batch(std::span<const BatchEntry> entries);

/// The same as CSV, one row an input. Text that a spreadsheet would run as a formula gets an apostrophe.
[[nodiscard]] std::string batch_csv(std::span<const BatchEntry> entries);

/// Writes summary.csv and the combined report.html into `out`, both or none; nothing where no input gave a
/// result. Errors: as `write_outputs`.
[[nodiscard]] Result<void> write_batch(const std::filesystem::path& out, std::span<const BatchEntry> entries);

/// The day of "2024-05-03T10:12:30Z" on this machine's clock, "3 May 2024"; empty where it is no such text.
[[nodiscard]] std::string local_day(const std::string& recorded_at);

}  // namespace reprise::cli
