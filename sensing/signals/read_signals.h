// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

struct SignalReadOptions {
  std::optional<Hertz> rate = std::nullopt;  ///< where the file has none, or instead of the file's
  std::string part;                          ///< of a MATLAB file: only groups whose name begins so
  std::string annotator;                     ///< of a WFDB record, e.g. "atr"
  Seconds max_gap{0.1};                      ///< longer gaps stay missing (even_grid.h)
  std::size_t max_bytes = std::size_t{1} << 30;
};

/// Reads a recording of signals, by content first and extension second: tables of text, OpenSim's MOT and STO
/// among them, with the description NAME.columns.json beside them (signal_csv.h), lists of RR intervals and
/// Polar .hrm (rr_intervals_text.h), WFDB (wfdb.h), MATLAB 5 to 7 (matlab_signals.h), EDF, EDF+ and BDF
/// (edf.h), C3D's analog channels (c3d_signals.h), any of the single files in gzip. Errors: those of the
/// readers and of `read_file`, unsupported (another content; the remedy lists the formats).
[[nodiscard]] Result<SignalRecording> read_signals(const std::filesystem::path& path,
                                                   const SignalReadOptions& options = {});

/// Reads a table of text that lies in memory, as read_signals. `path`: of its file, whose description is
/// looked for beside it. Errors: those of parse_signal_text and parse_column_description.
[[nodiscard]] Result<SignalRecording> read_signal_text(std::string_view text,
                                                       const std::filesystem::path& path,
                                                       const SignalReadOptions& options);

/// Whether bytes from a file's beginning are those of a table of text, as read_signals tells it.
[[nodiscard]] bool looks_like_signal_text(std::string_view bytes);

}  // namespace reprise::sensing
