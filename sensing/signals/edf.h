// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

/// Whether the bytes begin like a file of EDF, EDF+ or BDF.
[[nodiscard]] bool looks_like_edf(std::string_view bytes);

/// Parses EDF, EDF+ (a copy of its specification) and BDF, its form with 24 bits (from memory): one group per
/// sampling rate, physical units by the header's minima and maxima, annotations of EDF+ (and BDF+) in seconds
/// after the start. Gaps of a discontinuous file (EDF+D) are missing samples. A file that ends early gives
/// its whole records, with a finding. The patient's field is not read. Errors: corrupt (a header field; the
/// cause names it), unsupported (more than 512 signals, above `kMaxSignalValues`, records that overlap or lie
/// more than a day apart), nothing_measured.
[[nodiscard]] Result<SignalRecording> parse_edf(std::string_view bytes);

}  // namespace reprise::sensing
