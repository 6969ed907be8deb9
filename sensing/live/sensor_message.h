// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

// Messages between a live sensor and us (docs/reference/live-sensors.md).
namespace reprise::sensing {

/// Matches the topics on which sensors send their samples, in MQTT's notation.
inline constexpr const char* kSamplesTopics = "reprise/v1/+/samples";

/// The column of a recording that holds the sequence numbers; no channel has this name.
inline constexpr const char* kCounterColumn = "sample";

inline constexpr std::size_t kMaxMessageBytes = 256 * 1024;
inline constexpr std::size_t kMaxLiveChannels = 32;
inline constexpr std::size_t kMaxMessageSamples = 10'000;  ///< of one channel
inline constexpr std::size_t kMaxIdentifierBytes = 64;
inline constexpr double kMaxLiveRateHz = 10'000;
/// The largest magnitude of a sample, whatever its unit, so that its square is still a number. Unsourced.
inline constexpr double kMaxSampleMagnitude = 1e12;
/// 2^53: the first sequence number that a double does not tell from the next one.
inline constexpr std::uint64_t kSequenceEnd = std::uint64_t{1} << 53U;

/// What a channel measures, as the sensor says it.
struct LiveChannel {
  std::string name;  ///< letters, digits, '_', '-' and '.'
  /// As channel_meaning.h spells it, e.g. "lower_back.acceleration_x"; empty: guessed from name and unit.
  std::string meaning;
  std::string unit;  ///< UCUM, as `ucum_unit` gives it; empty: not said
  bool operator==(const LiveChannel&) const = default;
};

/// Consecutive samples of one sensor. A stream is one unbroken numbering of samples.
struct SensorMessage {
  std::string sensor;
  std::string stream;
  std::uint64_t first = 0;   ///< sequence number of the first sample
  std::uint64_t oldest = 0;  ///< of the oldest sample that the sensor still keeps; at most `first`
  /// Samples a second; empty: all channels are intervals between heartbeats, one for each beat.
  std::optional<Hertz> rate;
  std::optional<double> battery_percent;
  std::vector<LiveChannel> channels;                        ///< at least one
  std::vector<std::vector<std::optional<double>>> samples;  ///< [channel][sample]; empty: missing
  /// At least one.
  [[nodiscard]] std::size_t size() const { return samples.front().size(); }
};

/// Returns the sensor that a topic "reprise/v1/SENSOR/samples" names; empty for another topic. A name has
/// letters, digits, '_' and '-', at most 64, and begins with a letter or digit.
[[nodiscard]] std::optional<std::string> sensor_of_topic(std::string_view topic);

/// Parses one message. Errors: unsupported (larger than a limit above), corrupt (no JSON),
/// invalid_argument (topic, a field that is missing, unknown or out of range, counts that differ; the cause
/// names it).
[[nodiscard]] Result<SensorMessage> parse_sensor_message(std::string_view topic, std::string_view payload);

/// Says that every sample of `stream` below `next` is safe with us.
struct Acknowledgement {
  std::string sensor;
  std::string stream;
  std::uint64_t next = 0;  ///< sequence number of the next sample that we expect
};

/// "reprise/v1/SENSOR/ack".
[[nodiscard]] std::string acknowledgement_topic(const Acknowledgement& acknowledgement);
/// {"stream":"b3f2","next":1210}.
[[nodiscard]] std::string acknowledgement_text(const Acknowledgement& acknowledgement);
/// Reads such a text, as a sensor does. Errors: corrupt, invalid_argument.
[[nodiscard]] Result<Acknowledgement> parse_acknowledgement(std::string_view sensor,
                                                            std::string_view payload);

}  // namespace reprise::sensing
