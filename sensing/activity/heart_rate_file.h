// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/activity/activity_points.h"

namespace reprise::sensing {

struct FileHeartRate {
  double time_s = 0;  ///< since 1970
  double rate_bpm = 0;
};

struct HeartRatesOfFile {
  std::string_view format;           ///< "TCX", "FIT" or "Apple Health"
  std::vector<FileHeartRate> rates;  ///< in order of time, one a second at most, within the range asked for
  std::size_t count = 0;             ///< of the whole file
  double first_s = 0, last_s = 0;    ///< of the whole file
};

/// Reads the heart rates of a file that is given piece by piece: an export of Apple Health may have hundreds
/// of megabytes. Memory grows with the heart rates in the range alone, and with a whole FIT file. Of several
/// sources in the range, as a watch and a strap, the one with the most heart rates is taken.
class HeartRateFile {
 public:
  /// Keeps heart rates from `from_s` to `to_s`, seconds since 1970.
  HeartRateFile(double from_s, double to_s) : from_s_(from_s), to_s_(to_s) {}

  /// The next piece. After an error, no further one. Errors: unsupported (no TCX, FIT or Apple Health file; a
  /// FIT file above 64 MiB; more than a million heart rates in the range; times without a zone), corrupt.
  [[nodiscard]] Result<void> take(std::string_view piece);

  /// After the last piece. Errors: as `take`; nothing_measured (no heart rate in the whole file).
  [[nodiscard]] Result<HeartRatesOfFile> finish();

 private:
  enum class Format : std::uint8_t { unknown, tcx, fit, apple_health };

  [[nodiscard]] Result<void> recognize(bool whole);
  [[nodiscard]] Result<void> read_tags(bool whole);
  /// `source`: of Apple Health, as the file names it.
  [[nodiscard]] Result<void> add(const ActivityPoint& point, std::string_view source = {});

  struct OfSource {
    FileHeartRate rate;
    std::size_t source;
  };

  double from_s_, to_s_;
  Format format_ = Format::unknown;
  std::string pending_;  // bytes that are not read yet
  TcxTags tcx_;
  std::vector<OfSource> rates_;  // in the range
  std::map<std::string, std::size_t, std::less<>> sources_;
  HeartRatesOfFile out_;
};

}  // namespace reprise::sensing
