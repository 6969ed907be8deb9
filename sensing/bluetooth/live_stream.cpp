// SPDX-License-Identifier: Apache-2.0
#include "sensing/bluetooth/live_stream.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "json/reader.h"
#include "sensing/bluetooth/gatt_values.h"

namespace reprise::sensing {
namespace {

constexpr const char* kDescriptionStage = "reading a sensor's description";
constexpr const char* kPacketStage = "reading a sensor's samples";
constexpr std::array<std::string_view, 4> kQuantityNames = {"acceleration", "angular_velocity", "emg",
                                                            "force"};
constexpr std::array<std::string_view, 3> kAxisNames = {"_x", "_y", "_z"};
// As sensing/signals/channel_meaning.cpp spells them.
constexpr std::array<std::string_view, 10> kStreamPlaces = {"foot", "ankle", "shank", "thigh",   "knee",
                                                            "hip",  "wrist", "hand",  "forearm", "upper_arm"};
constexpr std::size_t kHeaderBytes = 4;
constexpr int kMissingCount = std::numeric_limits<std::int16_t>::min();
/// A number that lies further back is that of a sensor that began anew. Unsourced default
constexpr Seconds kLongestLate{5};
/// More samples at once are no loss: the sensor began anew. Unsourced default
constexpr Seconds kLongestLoss{60};

struct UnitRow {
  StreamQuantity quantity;
  std::string_view unit;
  double si;
};
constexpr double kStandardGravity = 9.80665;
constexpr std::array kUnits = {
    UnitRow{StreamQuantity::acceleration, "m/s2", 1},
    UnitRow{StreamQuantity::acceleration, "g", kStandardGravity},
    UnitRow{StreamQuantity::acceleration, "mg", kStandardGravity / 1000},
    UnitRow{StreamQuantity::angular_velocity, "rad/s", 1},
    UnitRow{StreamQuantity::angular_velocity, "deg/s", kPi / 180},
    UnitRow{StreamQuantity::emg, "V", 1},
    UnitRow{StreamQuantity::emg, "mV", 1e-3},
    UnitRow{StreamQuantity::emg, "uV", 1e-6},
    UnitRow{StreamQuantity::force, "N", 1},
    UnitRow{StreamQuantity::force, "kN", 1000},
};

bool has_axes(StreamQuantity quantity) {
  return quantity == StreamQuantity::acceleration || quantity == StreamQuantity::angular_velocity;
}

bool is_place(std::string_view text) {
  for (const std::string_view side : {"left_", "right_"}) {
    if (text.starts_with(side))
      return std::find(kStreamPlaces.begin(), kStreamPlaces.end(), text.substr(side.size())) !=
             kStreamPlaces.end();
  }
  return text == "lower_back" || text == "chest";
}

/// "left_thigh.acceleration_x"; false: another text.
bool read_meaning(std::string_view text, std::string& place, StreamChannel& channel) {
  if (const auto dot = text.find('.'); dot != std::string_view::npos) {
    place = text.substr(0, dot);
    if (!is_place(place)) return false;
    text.remove_prefix(dot + 1);
  }
  for (std::size_t q = 0; q < kQuantityNames.size(); ++q) {
    channel.quantity = static_cast<StreamQuantity>(q);
    if (!has_axes(channel.quantity)) {
      if (text == kQuantityNames[q]) return true;
      continue;
    }
    for (channel.axis = 0; channel.axis < kAxisNames.size(); ++channel.axis) {
      if (text == std::string{kQuantityNames[q]} + std::string{kAxisNames[channel.axis]}) return true;
    }
    channel.axis = 0;
  }
  return false;
}

void read_channel(json::Reader& item, StreamDescription& description) {
  StreamChannel channel;
  std::string place;
  if (!read_meaning(item.text("as", 64), place, channel))
    item.refuse("as", "a place and a quantity, such as left_thigh.acceleration_x or emg");
  const std::string unit = item.text("unit", 16);
  const auto row = std::find_if(kUnits.begin(), kUnits.end(), [&](const UnitRow& one) {
    return one.quantity == channel.quantity && one.unit == unit;
  });
  if (row == kUnits.end()) item.refuse("unit", "a unit of what it measures, such as m/s2, g, deg/s, mV or N");
  const double scale = item.number("scale");
  if (!(std::isfinite(scale) && scale > 0 && scale <= 1e6)) item.refuse("scale", "a number above 0");
  if (!item.right()) return;
  channel.scale = scale * row->si;
  auto& all = description.channels;
  if (!all.empty() && place != description.place) item.refuse("as", "the place of the other channels");
  const bool twice = std::any_of(all.begin(), all.end(), [&](const StreamChannel& one) {
    return one.quantity == channel.quantity && one.axis == channel.axis;
  });
  if (twice) item.refuse("as", "what no other channel measures");
  description.place = place;
  all.push_back(channel);
}

}  // namespace

std::string_view to_string(StreamQuantity quantity) {
  return kQuantityNames[static_cast<std::size_t>(quantity)];
}

std::vector<std::size_t> StreamDescription::channels_of(StreamQuantity quantity) const {
  std::vector<std::size_t> found;
  const std::size_t wanted = has_axes(quantity) ? kAxisNames.size() : 1;
  for (std::size_t axis = 0; axis < wanted; ++axis) {
    const auto at = std::find_if(channels.begin(), channels.end(), [&](const StreamChannel& one) {
      return one.quantity == quantity && one.axis == axis;
    });
    if (at == channels.end()) return {};
    found.push_back(static_cast<std::size_t>(at - channels.begin()));
  }
  return found;
}

Result<StreamDescription> parse_stream_description(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > kMostAttributeBytes) {
    return fail(ErrorCode::corrupt, kDescriptionStage, "it is longer than a Bluetooth attribute may be",
                "ask the sensor's maker for a version that follows docs/reference/live-sensors.md");
  }
  // Some send the terminating zero of their text along.
  const auto end = std::find(bytes.begin(), bytes.end(), std::uint8_t{0});
  json::Document page{std::string{bytes.begin(), end}, kDescriptionStage};
  json::Reader input = page.root();
  StreamDescription description;
  const double rate = input.number("rate_hz");
  if (!(rate >= kLeastStreamRateHz && rate <= kMostStreamRateHz))
    input.refuse("rate_hz", "samples a second, from 10 to 4000");
  description.rate = Hertz{rate};
  for (json::Reader& item : input.items("channels", kMostStreamChannels)) {
    if (input.right()) read_channel(item, description);
  }
  if (input.right() && description.channels.empty()) input.refuse("channels", "a list of channels");
  if (const auto problem = page.problem()) {
    return fail(ErrorCode::invalid_argument, kDescriptionStage, problem->cause,
                "ask the sensor's maker for a version that follows docs/reference/live-sensors.md");
  }
  return description;
}

Result<StreamPacket> LiveStream::take(std::span<const std::uint8_t> bytes) {
  const std::size_t channels = description_.channels.size();
  const std::size_t sample_bytes = 2 * channels;
  const bool whole = bytes.size() > kHeaderBytes && bytes.size() <= kMostAttributeBytes &&
                     (bytes.size() - kHeaderBytes) % sample_bytes == 0;
  if (!whole) {
    return fail(ErrorCode::corrupt, kPacketStage,
                "a packet of " + std::to_string(bytes.size()) + " bytes holds no whole number of samples",
                "connect the sensor again");
  }
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < kHeaderBytes; ++i) number |= static_cast<std::uint32_t>(bytes[i]) << (8 * i);
  const std::size_t count = (bytes.size() - kHeaderBytes) / sample_bytes;
  const double rate = description_.rate.value();
  StreamPacket packet;
  std::size_t skipped = 0;
  // Of numbers that turn at 2^32 the difference tells before and after.
  const auto ahead = static_cast<std::int32_t>(number - expected_);
  if (!started_) {
    next_ = number;
  } else if (ahead < 0 && -static_cast<double>(ahead) <= kLongestLate.value() * rate) {
    skipped = std::min(count, static_cast<std::size_t>(-static_cast<std::int64_t>(ahead)));
  } else if (ahead < 0 || ahead > kLongestLoss.value() * rate) {
    packet.restarted = true;
    next_ += static_cast<std::uint64_t>(std::ceil(rate));  // a second: no step bridges it
  } else {
    packet.lost = static_cast<std::size_t>(ahead);
    next_ += packet.lost;
  }
  packet.doubled = skipped;
  packet.first = next_;
  for (std::size_t i = skipped * channels; i < count * channels; ++i) {
    const std::size_t at = kHeaderBytes + 2 * i;
    const auto value = static_cast<std::int16_t>(bytes[at] | bytes[at + 1] << 8U);
    const int end = value == kStreamEndCounts ? 1 : value == -kStreamEndCounts ? -1 : 0;
    packet.ends.push_back(static_cast<std::int8_t>(end));
    packet.values.push_back(value == kMissingCount || end != 0
                                ? std::nullopt
                                : std::optional{value * description_.channels[i % channels].scale});
  }
  if (skipped == count) return packet;
  next_ += count - skipped;
  expected_ = number + static_cast<std::uint32_t>(count);
  started_ = true;
  return packet;
}

}  // namespace reprise::sensing
