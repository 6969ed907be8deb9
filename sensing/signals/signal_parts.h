// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "base/result.h"
#include "sensing/signals/read_signals.h"

namespace reprise::sensing {

/// Reads a recording of signals a part at a time, so that one of weeks needs no more memory than one of an
/// hour. A long table of text comes in parts; any other file in one, as read_signals has it.
class SignalParts {
 public:
  /// Opens a file; whether it can be read, next() says. `part_bytes`: of a table's text, about.
  [[nodiscard]] static SignalParts open(const std::filesystem::path& path, const SignalReadOptions& options,
                                        std::size_t part_bytes = kPartBytes);

  /// The next part; empty: there is none. A table's later parts are read under its first lines; their times
  /// lie on the clock of their own first sample, as parse_signal_text says. Errors: those of read_signals; of
  /// later parts, too.
  [[nodiscard]] Result<std::optional<SignalRecording>> next();

  /// How much of the file was read, 0 to 1.
  [[nodiscard]] double read_share() const;

  static constexpr std::size_t kPartBytes = std::size_t{32} << 20;

 private:
  SignalParts() = default;
  [[nodiscard]] Result<void> fill();

  std::filesystem::path path_;
  SignalReadOptions options_;
  std::size_t part_bytes_ = kPartBytes;
  std::ifstream file_;
  std::uintmax_t file_bytes_ = 0;
  std::uintmax_t read_bytes_ = 0;
  bool whole_ = true;   ///< not in parts
  bool ended_ = false;  ///< nothing is left in the file
  std::string header_;  ///< before the first row of numbers
  std::string rows_;    ///< read and not yet given
};

}  // namespace reprise::sensing
