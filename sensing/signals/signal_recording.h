// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "engine/signal/resample.h"

namespace reprise::sensing {

/// One signal at an even rate. Sample i of a group lies at `start + i / rate`.
struct SignalChannel {
  std::string name;  ///< as the file spells it
  /// UCUM, except that standard gravity is written "g" (UCUM: "[g]"); empty: the file does not say. One
  /// that is not known stays as the file spells it.
  std::string unit;
  std::string sensor;  ///< where the file names one, e.g. "left_sensor"; may be empty
  /// As channel_meaning.h spells it, e.g. "acceleration_x", where a description says it; empty: guessed.
  std::string meaning;
  std::vector<double> values;                     ///< finite everywhere
  std::vector<engine::SampleRange> missing = {};  ///< rising, apart; the values there mean nothing
};

/// Channels with a common clock. All have equally many values.
struct SignalGroup {
  std::string name;  ///< sensor, trial or signal set; may be empty
  Hertz rate{1};
  Seconds start;  ///< on the file's clock; a clock with a date begins at 0 with the first sample
  std::vector<SignalChannel> channels;

  [[nodiscard]] std::size_t size() const { return channels.empty() ? 0 : channels.front().values.size(); }
};

/// An event: a heartbeat by its WFDB symbol ("N", "V", ...), or a text.
struct SignalAnnotation {
  Seconds time;
  std::string label;
};

/// A statement about the recording that a reader of its results needs, e.g. a gap or a guessed unit.
struct SignalFinding {
  std::string code;  ///< stable, e.g. "gaps"
  std::string text;
  std::string remedy;  ///< may be empty
};

struct SignalRecording {
  std::string format;  ///< e.g. "WFDB"
  std::vector<SignalGroup> groups;
  std::vector<SignalAnnotation> annotations;  ///< in order of time
  std::string recorded_at;                    ///< ISO 8601 as far as the file says it; may be empty
  std::vector<SignalFinding> findings;
};

/// Samples times channels of one recording, 0.8 GB.
inline constexpr std::size_t kMaxSignalValues = 100'000'000;

}  // namespace reprise::sensing
