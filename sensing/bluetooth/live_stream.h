// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

// Samples of one worn sensor over Bluetooth Low Energy, by our own GATT service
// (docs/reference/live-sensors.md): a description that is read once, and packets that are notified.
namespace reprise::sensing {

enum class StreamQuantity : std::uint8_t { acceleration, angular_velocity, emg, force };
[[nodiscard]] std::string_view to_string(StreamQuantity quantity);

/// One number of each sample.
struct StreamChannel {
  StreamQuantity quantity = StreamQuantity::acceleration;
  std::size_t axis = 0;  ///< 0 to 2 for x, y, z; 0 where the quantity has none
  double scale = 1;      ///< of a count, in m/s2, rad/s, V or N
};

struct StreamDescription {
  Hertz rate{0};
  std::string place;  ///< where it is worn: "left_thigh"; empty: not said
  std::vector<StreamChannel> channels;

  /// The channels of a quantity by axis; empty: it is not there as a whole.
  [[nodiscard]] std::vector<std::size_t> channels_of(StreamQuantity quantity) const;
};

/// The end of a channel's range, in counts, above and below.
inline constexpr int kStreamEndCounts = 32767;
inline constexpr std::size_t kMostStreamChannels = 16;
inline constexpr double kLeastStreamRateHz = 10;
inline constexpr double kMostStreamRateHz = 4000;

/// Parses a description. Errors: corrupt (no JSON, or longer than an attribute may be), invalid_argument (a
/// field that is missing, unknown or out of range; channels of several places, or one twice; the cause names
/// it).
[[nodiscard]] Result<StreamDescription> parse_stream_description(std::span<const std::uint8_t> bytes);

/// What a packet adds.
struct StreamPacket {
  std::uint64_t first = 0;  ///< number of the first of `samples`, counted without a turn at 2^32
  std::size_t lost = 0;     ///< samples between the packet before and `first`
  std::size_t doubled = 0;  ///< samples that had come before, and are left out
  bool restarted = false;   ///< the sensor counts anew: `first` follows on the last number, with a gap
  /// One after the other, each with a value for every channel; empty: missing or saturated.
  std::vector<std::optional<double>> values;
  /// As many: 1 at the upper end of the range, -1 at the lower one, else 0.
  std::vector<std::int8_t> ends;
};

/// Takes the packets of one sensor in the order in which they come.
class LiveStream {
 public:
  explicit LiveStream(StreamDescription description) : description_(std::move(description)) {}

  /// Errors: corrupt (no whole number of samples, none, or longer than an attribute may be).
  [[nodiscard]] Result<StreamPacket> take(std::span<const std::uint8_t> bytes);

  [[nodiscard]] const StreamDescription& description() const { return description_; }

 private:
  StreamDescription description_;
  bool started_ = false;
  std::uint64_t next_ = 0;      ///< number of the next sample, as we count
  std::uint32_t expected_ = 0;  ///< the same, as the sensor counts
};

}  // namespace reprise::sensing
