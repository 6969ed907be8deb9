// SPDX-License-Identifier: Apache-2.0
#include "sensing/bluetooth/gatt_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

namespace reprise::sensing {
namespace {

constexpr double kMmhgInKpa = 7.50062;  // the conventional millimeter of mercury is 133.322 Pa

tl::unexpected<Error> bad_value(ErrorCode code, const char* device, std::string cause) {
  return fail(code, std::string{"reading a "} + device, std::move(cause),
              "connect the device again; if it stays so, type the value in");
}

// Reads from the front; a read past the end is remembered and gives 0.
class LittleEndian {
 public:
  explicit LittleEndian(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  unsigned byte() {
    if (left_.empty()) {
      ended_ = true;
      return 0;
    }
    const unsigned value = left_.front();
    left_ = left_.subspan(1);
    return value;
  }
  unsigned word() {
    const unsigned low = byte();
    return low | byte() << 8U;
  }
  // IEEE 11073 SFLOAT: 4 bits of exponent to the base of ten, 12 of mantissa, both signed. Empty for its five
  // special values (infinities, not a number, not at this resolution, reserved).
  std::optional<double> sfloat() {
    const unsigned bits = word();
    constexpr unsigned kMantissa = 0x0FFF, kSign = 0x0800, kFirstSpecial = 0x07FE, kLastSpecial = 0x0802;
    const unsigned mantissa = bits & kMantissa;
    if (mantissa >= kFirstSpecial && mantissa <= kLastSpecial) return std::nullopt;
    const int exponent = static_cast<int>(bits >> 12U);
    const int value = static_cast<int>(mantissa) - ((mantissa & kSign) != 0 ? 0x1000 : 0);
    return value * std::pow(10.0, exponent >= 8 ? exponent - 16 : exponent);
  }
  // Year, month, day, hour, minute, second. Empty where the device's clock was never set.
  std::string date_time() {
    const unsigned year = word(), month = byte(), day = byte(), hour = byte(), minute = byte(),
                   second = byte();
    if (year == 0 || month == 0 || month > 12 || day == 0 || day > 31 || hour > 23 || minute > 59 ||
        second > 59)
      return {};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04u-%02u-%02uT%02u:%02u:%02u", year, month, day, hour, minute,
                  second);
    return text.data();
  }
  void skip(std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) byte();
  }
  [[nodiscard]] std::size_t left() const { return left_.size(); }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  std::span<const std::uint8_t> left_;
  bool ended_ = false;
};

Result<void> check_length(std::span<const std::uint8_t> bytes, const char* device) {
  if (bytes.size() <= kMostAttributeBytes) return {};
  return bad_value(ErrorCode::corrupt, device, "it sent more bytes than a value may have");
}

std::optional<double> above_zero(std::optional<double> value) {
  return value && *value > 0 ? value : std::nullopt;
}

struct StatusBit {
  unsigned bit;
  DeviceNotice notice;
};

using enum DeviceNotice;

// Measurement Status of an oximeter. Bits 7 and 8 say that a value is good.
constexpr std::array<StatusBit, 9> kMeasurementStatus = {{{5, not_ready},
                                                          {6, not_ready},
                                                          {9, not_live},
                                                          {10, not_live},
                                                          {11, not_live},
                                                          {12, not_ready},
                                                          {13, poor_signal},
                                                          {14, poor_signal},
                                                          {15, poor_signal}}};

// Device and Sensor Status of an oximeter. Bit 0 is about its display.
constexpr std::array<StatusBit, 15> kSensorStatus = {{{1, faulty},
                                                      {2, poor_signal},
                                                      {3, poor_signal},
                                                      {4, poor_signal},
                                                      {5, low_perfusion},
                                                      {6, poor_signal},
                                                      {7, poor_signal},
                                                      {8, poor_signal},
                                                      {9, not_ready},
                                                      {10, poor_signal},
                                                      {11, not_worn},
                                                      {12, faulty},
                                                      {13, not_worn},
                                                      {14, faulty},
                                                      {15, not_worn}}};

// Measurement Status of a cuff. Bits 3 and 4 are about the pulse rate's range.
constexpr std::array<StatusBit, 4> kCuffStatus = {
    {{0, body_movement}, {1, cuff_loose}, {2, irregular_pulse}, {5, wrong_position}}};

class Notices {
 public:
  void add(unsigned status, std::span<const StatusBit> bits) {
    for (const StatusBit& one : bits)
      if ((status >> one.bit & 1U) != 0) found_[static_cast<std::size_t>(one.notice)] = true;
  }
  [[nodiscard]] std::vector<DeviceNotice> all() const {
    std::vector<DeviceNotice> notices;
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (found_[i]) notices.push_back(static_cast<DeviceNotice>(i));
    return notices;
  }
  [[nodiscard]] bool spoil() const {
    const auto notices = all();
    return std::any_of(notices.begin(), notices.end(), spoils);
  }

 private:
  std::array<bool, kDeviceNoticeNames.size()> found_{};
};

}  // namespace

Result<HeartRateValue> parse_heart_rate(std::span<const std::uint8_t> bytes) {
  constexpr const char* kDevice = "heart rate sensor";
  if (auto right = check_length(bytes, kDevice); !right) return tl::unexpected(right.error());
  constexpr unsigned kWide = 1, kContact = 2, kTellsContact = 4, kEnergy = 8, kIntervals = 16;
  constexpr double kUnitsPerSecond = 1024;
  LittleEndian input{bytes};
  HeartRateValue value;
  const unsigned flags = input.byte();
  const unsigned rate = (flags & kWide) != 0 ? input.word() : input.byte();
  if (rate <= kMostHeartRate) value.rate_bpm = rate;
  // The contact bit says something only where the device can tell.
  if ((flags & kTellsContact) != 0)
    value.contact = (flags & kContact) != 0 ? SkinContact::good : SkinContact::lost;
  if ((flags & kEnergy) != 0) input.skip(2);
  while ((flags & kIntervals) != 0 && input.left() >= 2) {
    const unsigned units = input.word();
    if (units > 0) value.rr.emplace_back(units / kUnitsPerSecond);
  }
  if (input.ended() || ((flags & kIntervals) != 0 && input.left() > 0))
    return bad_value(ErrorCode::corrupt, kDevice, "a value ends in the middle of a field");
  return value;
}

bool spoils(DeviceNotice notice) {
  return notice != DeviceNotice::low_perfusion && notice != DeviceNotice::irregular_pulse;
}

Result<OxygenValue> parse_oxygen(std::span<const std::uint8_t> bytes, OxygenReading reading) {
  constexpr const char* kDevice = "pulse oximeter";
  if (auto right = check_length(bytes, kDevice); !right) return tl::unexpected(right.error());
  const bool spot = reading == OxygenReading::spot_check;
  LittleEndian input{bytes};
  const unsigned flags = input.byte();
  const auto saturation = input.sfloat();
  const auto pulse = input.sfloat();
  constexpr std::size_t kTimestampBytes = 7, kPairBytes = 4;
  if ((flags & 1U) != 0) input.skip(spot ? kTimestampBytes : kPairBytes);
  if (!spot && (flags & 2U) != 0) input.skip(kPairBytes);
  Notices notices;
  if ((flags & (spot ? 2U : 4U)) != 0) {
    // Continuous measuring is always under way: that says nothing of a value of it.
    constexpr unsigned kOngoing = 1U << 5U;
    const unsigned status = input.word();
    notices.add(spot ? status : status & ~kOngoing, kMeasurementStatus);
  }
  if ((flags & (spot ? 4U : 8U)) != 0) {
    notices.add(input.word(), kSensorStatus);
    input.skip(1);  // reserved
  }
  if (input.ended()) return bad_value(ErrorCode::corrupt, kDevice, "a value ends in the middle of a field");
  OxygenValue value;
  value.notices = notices.all();
  if (notices.spoil()) return value;
  constexpr double kMostPercent = 100;
  if (saturation && *saturation > 0 && *saturation <= kMostPercent) value.saturation_percent = saturation;
  value.pulse_bpm = above_zero(pulse);
  return value;
}

Result<BloodPressureValue> parse_blood_pressure(std::span<const std::uint8_t> bytes) {
  constexpr const char* kDevice = "blood pressure monitor";
  if (auto right = check_length(bytes, kDevice); !right) return tl::unexpected(right.error());
  constexpr unsigned kKilopascals = 1, kTimestamp = 2, kPulse = 4, kUser = 8, kStatus = 16;
  LittleEndian input{bytes};
  const unsigned flags = input.byte();
  const auto systolic = input.sfloat();
  const auto diastolic = input.sfloat();
  input.skip(2);  // mean arterial pressure
  BloodPressureValue value;
  if ((flags & kTimestamp) != 0) value.taken = input.date_time();
  std::optional<double> pulse;
  if ((flags & kPulse) != 0) pulse = input.sfloat();
  if ((flags & kUser) != 0) input.skip(1);
  Notices notices;
  if ((flags & kStatus) != 0) notices.add(input.word(), kCuffStatus);
  if (input.ended()) return bad_value(ErrorCode::corrupt, kDevice, "a value ends in the middle of a field");
  value.notices = notices.all();
  if (notices.spoil()) return value;
  // Each is empty where the cuff failed.
  const double to_mmhg = (flags & kKilopascals) != 0 ? kMmhgInKpa : 1;
  const double high = systolic.value_or(0) * to_mmhg;
  const double low = diastolic.value_or(0) * to_mmhg;
  if (!(low >= kLeastPressureMmhg) || !(high <= kMostPressureMmhg) || low >= high)
    return bad_value(ErrorCode::nothing_measured, kDevice, "it found no pressure, or an impossible one");
  value.systolic_mmhg = high;
  value.diastolic_mmhg = low;
  value.pulse_bpm = above_zero(pulse);
  return value;
}

}  // namespace reprise::sensing
