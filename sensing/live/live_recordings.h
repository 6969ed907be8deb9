// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "sensing/live/sample_sequence.h"
#include "sensing/live/sensor_message.h"

namespace reprise::sensing {

/// The recordings of live sensors: FOLDER/SENSOR/STREAM.csv, whose column "sample" has the sequence numbers,
/// with its description STREAM.columns.json, as read_signals reads them. Of a stream without a rate the
/// description says 1 Hz, which no measure of heartbeats uses.
class LiveRecordings {
 public:
  /// Creates the folder if it is missing, for its owner alone, and locks it for this process.
  /// Errors: unwritable, conflict (another process records into it).
  [[nodiscard]] static Result<std::unique_ptr<LiveRecordings>> open(const std::filesystem::path& folder);
  LiveRecordings(const LiveRecordings&) = delete;
  LiveRecordings& operator=(const LiveRecordings&) = delete;
  ~LiveRecordings();

  /// Opens the recording of a message's stream, and returns the number of its next sample; empty if it has
  /// none yet. A last line that a crash left incomplete is cut off. Precondition: nothing of this stream was
  /// appended since the last flush. Errors: invalid_argument (the recording has other channels or another
  /// rate), corrupt (its last line has no sequence number), unreadable, unwritable.
  [[nodiscard]] Result<std::optional<std::uint64_t>> open_stream(const SensorMessage& message);

  /// Keeps the samples that `step` takes of a message, until the next flush. Precondition: the stream was
  /// opened.
  void append(const SensorMessage& message, const SequenceStep& step);

  /// Writes everything that was appended, and returns when it is on the disk: one flush of the file system
  /// for all sensors. Errors: unwritable; the state of the files is then unknown, and this object must not be
  /// used any more.
  [[nodiscard]] Result<void> flush();

  /// Appended since the last flush.
  [[nodiscard]] std::size_t unwritten_bytes() const { return unwritten_bytes_; }

 private:
  LiveRecordings(std::filesystem::path folder, int descriptor)
      : folder_(std::move(folder)), descriptor_(descriptor) {}

  std::filesystem::path folder_;
  int descriptor_;                                            ///< of the folder; holds the lock
  std::unordered_map<std::string, std::string> undescribed_;  ///< "SENSOR/STREAM.columns.json" to its text
  std::unordered_map<std::string, std::string> unwritten_;    ///< "SENSOR/STREAM.csv" to lines
  std::size_t unwritten_bytes_ = 0;
};

}  // namespace reprise::sensing
