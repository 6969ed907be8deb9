// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

// Values of GATT characteristics as health devices notify them (docs/sources.md W25 to W27): little-endian
// bytes.
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

/// PLX Spot-Check (0x2A5E) or Continuous (0x2A5F) Measurement of a pulse oximeter.
struct OxygenValue {
  std::optional<double> saturation_percent;  ///< 0 to 100; empty: the device has none
  std::optional<double> pulse_bpm;           ///< above 0
};

/// Blood Pressure Measurement, 0x2A35.
struct BloodPressureValue {
  double systolic_mmhg = 0;
  double diastolic_mmhg = 0;
  std::optional<double> pulse_bpm;
  /// The cuff's own clock, without a zone: "2026-03-02T10:00:00"; empty: it has none. A cuff may send
  /// readings that it kept.
  std::string taken;
};

/// Beyond these no body is: bytes of another meaning. Unsourced defaults.
inline constexpr double kMostHeartRate = 300;
inline constexpr double kLeastPressureMmhg = 10;
inline constexpr double kMostPressureMmhg = 350;

/// Errors of all: corrupt (shorter than its own flags say, longer than an attribute may be).
[[nodiscard]] Result<HeartRateValue> parse_heart_rate(std::span<const std::uint8_t> bytes);
[[nodiscard]] Result<OxygenValue> parse_oxygen(std::span<const std::uint8_t> bytes);
/// Also nothing_measured: the cuff found no pressure, or an impossible one.
[[nodiscard]] Result<BloodPressureValue> parse_blood_pressure(std::span<const std::uint8_t> bytes);

/// The longest attribute value of GATT.
inline constexpr std::size_t kMostAttributeBytes = 512;

}  // namespace reprise::sensing
