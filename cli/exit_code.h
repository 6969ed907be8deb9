// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

namespace reprise::cli {

/// What the command tells the shell. Documented in docs/guide/command.md.
enum class ExitCode : int {
  success = 0,
  usage = 2,             ///< options or identifiers that cannot be
  not_found = 3,         ///< a file, folder, exercise or model does not exist
  bad_input = 4,         ///< unreadable, damaged or unsupported input
  nothing_measured = 5,  ///< no person, no pictures
  cannot_write = 6,
  unavailable = 7,    ///< a database, a network address or another service that it needs
  interrupted = 130,  ///< Ctrl-C, as shells expect
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument: return ExitCode::usage;
    case ErrorCode::not_found: return ExitCode::not_found;
    case ErrorCode::unreadable:
    case ErrorCode::unsupported:
    case ErrorCode::corrupt: return ExitCode::bad_input;
    case ErrorCode::nothing_measured: return ExitCode::nothing_measured;
    case ErrorCode::unwritable: return ExitCode::cannot_write;
    case ErrorCode::cancelled: return ExitCode::interrupted;
    case ErrorCode::unavailable:
    case ErrorCode::conflict: return ExitCode::unavailable;
  }
  return ExitCode::bad_input;
}

}  // namespace reprise::cli
