// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace reprise::sensing {

/// One signal of a WFDB record, as its header describes it.
struct WfdbSignal {
  std::string file_name;  ///< a plain name, in the header's folder
  int format = 212;       ///< 16 or 212
  std::size_t byte_offset = 0;
  double gain = 200;  ///< ADC units per physical unit
  double baseline = 0;
  std::string unit = "mV";
  std::optional<int> checksum;
  std::string description;
};

struct WfdbHeader {
  std::string record;
  Hertz rate{250};
  std::optional<std::size_t> samples;  ///< per signal
  std::string recorded_at;
  std::vector<WfdbSignal> signals;  ///< may be empty: annotations alone
};

/// Parses a WFDB header, NAME.hea (Moody, WFDB Applications Guide, header(5)). Missing fields get the guide's
/// defaults: 250 Hz, gain 200, baseline = ADC zero, mV. Errors: corrupt (a line that does not fit; the cause
/// names it), unsupported (several segments, a format besides 16 and 212, several samples a frame, skew, a
/// file in another folder, more than 256 signals).
[[nodiscard]] Result<WfdbHeader> parse_wfdb_header(std::string_view text);

}  // namespace reprise::sensing
