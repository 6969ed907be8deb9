// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {

enum class SignalQuantity : std::uint8_t {
  unknown,
  acceleration,         ///< specific force: shows gravity at rest
  linear_acceleration,  ///< gravity was taken out by the device
  angular_velocity,
  magnetic_field,
  force,
  moment,
  center_of_pressure,
  pressure,
  ecg,
  emg,
  ppg,
  electrodermal,
  respiration,
  heart_rate,
  rr_interval,
  position,
  angle,
  speed,
  cadence,
  temperature,
};

/// The identifier, e.g. "angular_velocity".
[[nodiscard]] std::string_view to_string(SignalQuantity quantity);

enum class SignalAxis : std::uint8_t { none, x, y, z, anteroposterior, mediolateral, vertical };

/// Returns 0 to 2 for x, y, z, and for the body's axes as a sensor's: vertical, mediolateral,
/// anteroposterior. Empty for none.
[[nodiscard]] std::optional<std::size_t> axis_index(SignalAxis axis);

/// What a channel measures.
struct ChannelMeaning {
  SignalQuantity quantity = SignalQuantity::unknown;
  SignalAxis axis = SignalAxis::none;
  /// Where on the body: "left_foot", "lower_back", ...; "left" or "right" alone where only the side is known;
  /// empty: not known.
  std::string place;
  bool guessed = true;  ///< from the name and unit; false: said by the caller or a description
};

/// "left_foot.acceleration_x", "center_of_pressure_ap", "ecg"; "unknown".
[[nodiscard]] std::string to_text(const ChannelMeaning& meaning);

/// The meaning that such a text spells; the place may stand alone ("left_foot"). Empty: another text.
[[nodiscard]] std::optional<ChannelMeaning> parse_meaning(std::string_view text);

/// The place on the body that a name tells: "LowerBack", "l_ankle", "IMU left shank". Empty: none.
[[nodiscard]] std::string guess_place(std::string_view name);

struct MeaningOptions {
  /// Name of a channel, a sensor or a group to its meaning, e.g. {"column_2", "emg"}, {"left_sensor",
  /// "left_foot"}.
  std::map<std::string, std::string> said = {};
};

/// The meanings of all channels, [group][channel]: what `options` or a description says, else guessed from
/// names and units. Errors: invalid_argument (a name that the recording does not have, or a meaning that is
/// none; the cause names it).
[[nodiscard]] Result<std::vector<std::vector<ChannelMeaning>>> channel_meanings(
    const SignalRecording& recording, const MeaningOptions& options = {});

}  // namespace reprise::sensing
