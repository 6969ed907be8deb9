// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reprise::session {

enum class DeviceKind : std::uint8_t {
  heart_rate_strap,
  pulse_oximeter,
  blood_pressure_monitor,
  phone,
  sensor,         ///< any other, of a file or live
  imported_file,  ///< of a watch or another app: the device behind it is not known
};

/// In the order of the enumeration.
inline constexpr std::array<std::string_view, 6> kDeviceKindNames = {
    "heart_rate_strap", "pulse_oximeter", "blood_pressure_monitor", "phone", "sensor", "imported_file"};

/// A device that sent values of a measurement, and how well, for who relies on it.
struct DeviceUsed {
  DeviceKind kind = DeviceKind::sensor;
  std::string name = {};                         ///< as `device_name` leaves it; empty: the device tells none
  std::optional<double> battery = std::nullopt;  ///< share of 1
  /// Share of what it should have sent that could be used: of the time exercised for a heart rate, of the
  /// recording for a sensor, else of the values received.
  std::optional<double> usable = std::nullopt;
  std::optional<double> no_contact = std::nullopt;  ///< share of values sent without contact with the skin
  /// What it said of its values, as sensing/bluetooth/gatt_values.h names it, each once.
  std::vector<std::string> notices = {};
};

/// Returns a device's name without what it knows as an address or a serial number: "Polar H10 9C2A6B21"
/// becomes "Polar H10". Other names of a single device stay. At most 80 bytes; control characters are left
/// out.
[[nodiscard]] std::string device_name(std::string_view told);

}  // namespace reprise::session
