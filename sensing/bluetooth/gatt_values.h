// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

// Values of GATT characteristics as health devices notify them (docs/sources.md W25 to W27, W34, W35):
// little-endian bytes.
namespace reprise::sensing {

enum class SkinContact : std::uint8_t {
  unknown,  ///< the device cannot tell
  lost,
  good,
};

/// Heart Rate Measurement, 0x2A37, of a chest strap or an armband.
struct HeartRateValue {
  double rate_bpm = 0;  ///< 0: the device does not know it, or sent more than kMostHeartRate
  SkinContact contact = SkinContact::unknown;
  std::vector<Seconds> rr;  ///< intervals since the last value, oldest first; empty: not sent
};

/// What an oximeter or a cuff says of a value besides the number, by what a person can do about it.
enum class DeviceNotice : std::uint8_t {
  not_worn,       ///< oximeter: not on the person, or displaced
  poor_signal,    ///< too weak, erratic, disturbed, or the device itself doubts the value
  low_perfusion,  ///< little blood flows where it measures, as in a cold finger
  not_ready,      ///< still measuring or calibrating
  not_live,       ///< a kept value, or one of a demonstration or a test
  faulty,         ///< the device or its sensor does not work
  cuff_loose,
  body_movement,
  wrong_position,
  irregular_pulse,
};
/// In the order of the enumeration.
inline constexpr std::array<std::string_view, 10> kDeviceNoticeNames = {
    "not_worn", "poor_signal", "low_perfusion", "not_ready",      "not_live",
    "faulty",   "cuff_loose",  "body_movement", "wrong_position", "irregular_pulse"};

/// Whether a value with this notice is none: all but low perfusion and an irregular pulse, which a value may
/// have. Unsourced default.
[[nodiscard]] bool spoils(DeviceNotice notice);

/// Which characteristic of a pulse oximeter a value comes from: their flags differ.
enum class OxygenReading : std::uint8_t {
  spot_check,  ///< 0x2A5E
  continuous,  ///< 0x2A5F
};

/// PLX Spot-Check or Continuous Measurement of a pulse oximeter.
struct OxygenValue {
  std::optional<double> saturation_percent;  ///< 0 to 100; empty: the device has none, or a notice spoils it
  std::optional<double> pulse_bpm;           ///< above 0; empty likewise
  std::vector<DeviceNotice> notices;         ///< each once, in the order of the enumeration
};

/// Blood Pressure Measurement, 0x2A35.
struct BloodPressureValue {
  /// Both or none; empty: a notice spoils them.
  std::optional<double> systolic_mmhg, diastolic_mmhg;
  std::optional<double> pulse_bpm;
  /// The cuff's own clock, without a zone: "2026-03-02T10:00:00"; empty: it has none. A cuff may send
  /// readings that it kept.
  std::string taken;
  std::vector<DeviceNotice> notices = {};  ///< each once, in the order of the enumeration
};

/// Beyond these no body is: bytes of another meaning. Unsourced defaults.
inline constexpr double kMostHeartRate = 300;
inline constexpr double kLeastPressureMmhg = 10;
inline constexpr double kMostPressureMmhg = 350;

/// Errors of all: corrupt (shorter than its own flags say, longer than an attribute may be).
[[nodiscard]] Result<HeartRateValue> parse_heart_rate(std::span<const std::uint8_t> bytes);
[[nodiscard]] Result<OxygenValue> parse_oxygen(std::span<const std::uint8_t> bytes, OxygenReading reading);
/// Also nothing_measured: the cuff found no pressure, or an impossible one, and does not say why.
[[nodiscard]] Result<BloodPressureValue> parse_blood_pressure(std::span<const std::uint8_t> bytes);

/// The longest attribute value of GATT.
inline constexpr std::size_t kMostAttributeBytes = 512;

}  // namespace reprise::sensing
