// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"
#include "sensing/signals/wfdb_header.h"

namespace reprise::sensing {

/// Decodes one signal file of a record into its signals (Moody, WFDB Applications Guide, signal(5), formats
/// 16 and 212). `signals`: all that the header puts into this file, in its order. `samples`: per signal;
/// empty: as many as there are. The smallest number of the format marks a missing sample. A shorter file
/// gives what it has, with a finding. Errors: corrupt (a checksum differs, or there is no sample),
/// unsupported (above `kMaxSignalValues`).
[[nodiscard]] Result<std::vector<SignalChannel>> decode_wfdb_signals(std::string_view bytes,
                                                                     const std::vector<WfdbSignal>& signals,
                                                                     std::optional<std::size_t> samples,
                                                                     std::vector<SignalFinding>& findings);

/// Parses annotations in the MIT format (annot(5)); labels are the symbols of WFDB's ECG codes ("N", "V",
/// "+",
/// ...), or "code_42" for another; an auxiliary text follows after a blank, e.g. "+ (AFIB".
/// Errors: corrupt (an odd number of bytes, or the file ends inside an annotation), unsupported (more than 10
/// million annotations).
[[nodiscard]] Result<std::vector<SignalAnnotation>> parse_wfdb_annotations(std::string_view bytes,
                                                                           Hertz rate);

/// Whether a label is that of a heartbeat, in WFDB's ECG codes.
[[nodiscard]] bool is_beat(std::string_view label);

struct WfdbOptions {
  std::optional<Hertz> rate = std::nullopt;  ///< instead of the header's
  /// Annotator, e.g. "atr"; empty: the first that is there of atr, ecg, qrs, ari, ann.
  std::string annotator;
};

/// Reads a WFDB record, given any of its files: the header NAME.hea, the signal files in its folder, and one
/// annotation file. Errors: those above and of `read_file`, nothing_measured (neither signals nor
/// annotations).
[[nodiscard]] Result<SignalRecording> read_wfdb(const std::filesystem::path& path,
                                                const WfdbOptions& options = {});

}  // namespace reprise::sensing
