// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pipeline/monitor/live_measures.h"
#include "sensing/live/live_recordings.h"
#include "sensing/live/sample_sequence.h"
#include "sensing/live/sensor_message.h"

namespace reprise::pipeline {

/// A point on a clock that only goes on.
using MonitorTime = std::chrono::steady_clock::time_point;

struct MonitorOptions {
  std::filesystem::path record = {};  ///< folder of the recordings; empty: none are kept
  bool acknowledge = true;            ///< false: sensors keep their samples for another receiver
  std::size_t max_sensors = 10'000;   ///< messages of further ones are refused. Unsourced default
};

/// One sensor: the state of the stream that it sent last.
struct SensorStatus {
  std::string sensor;
  std::string stream;
  std::optional<Hertz> rate;  ///< empty: a value for each heartbeat
  MonitorTime last_seen;
  std::uint64_t samples = 0;   ///< taken since the monitor began
  std::uint64_t repeated = 0;  ///< samples that came before, left out
  std::uint64_t ahead = 0;     ///< samples after a gap, left to be sent again
  std::uint64_t lost = 0;      ///< samples that the sensor no longer kept
  std::optional<double> battery_percent;
  LiveValues values;
};

/// Takes the messages of live sensors: puts each stream's samples in order, measures them, records them, and
/// returns the acknowledgements. Neither sends nor receives by itself.
class Monitor {
 public:
  /// Errors: those of `LiveRecordings::open`.
  [[nodiscard]] static Result<Monitor> create(const MonitorOptions& options = {});

  /// Takes one message. A message that cannot be used is refused: counted, and not acknowledged. Errors:
  /// unwritable (the recording; the monitor must end then, and sensors keep all samples without an
  /// acknowledgement).
  [[nodiscard]] Result<void> receive(std::string_view topic, std::string_view payload, MonitorTime now);

  /// Brings the recordings to the disk, and returns the acknowledgements that are due since the last flush:
  /// one for each stream that sent something. Errors: unwritable, as above.
  [[nodiscard]] Result<std::vector<sensing::Acknowledgement>> flush(MonitorTime now);

  /// Whether so much is not yet written that `flush` should not wait.
  [[nodiscard]] bool wants_flush() const;

  /// In order of their names. A sensor that has been silent for 10 s shows no values (unsourced default).
  [[nodiscard]] std::vector<SensorStatus> sensors(MonitorTime now) const;
  /// Since the monitor began.
  [[nodiscard]] std::uint64_t refused_messages() const { return refused_; }
  /// Its cause begins with the topic; empty: none was refused.
  [[nodiscard]] const std::optional<Error>& last_refusal() const { return last_refusal_; }

 private:
  struct Stream {
    std::vector<sensing::LiveChannel> channels;
    std::optional<Hertz> rate;
    sensing::SampleSequence sequence;
    LiveMeasures measures;
    std::optional<double> battery_percent = std::nullopt;
    MonitorTime last_seen = {};
    bool acknowledgement_due = false;
  };
  using Streams = std::map<std::string, Stream, std::less<>>;

  explicit Monitor(const MonitorOptions& options) : options_(options) {}
  [[nodiscard]] Result<Stream*> stream_of(const sensing::SensorMessage& message);
  [[nodiscard]] Result<void> take(const sensing::SensorMessage& message, MonitorTime now);
  static void drop_silent(Streams& streams, MonitorTime now);

  MonitorOptions options_;
  std::unique_ptr<sensing::LiveRecordings> recordings_;  ///< null: nothing is recorded
  std::map<std::string, Streams, std::less<>> sensors_;
  std::uint64_t refused_ = 0;
  std::optional<Error> last_refusal_;
};

}  // namespace reprise::pipeline
