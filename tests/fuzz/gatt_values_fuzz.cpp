// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "sensing/bluetooth/gatt_values.h"

// Any bytes: an error or values that a body can have, none of them NaN.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  const std::span<const std::uint8_t> bytes{data, size};
  if (const auto heart = sensing::parse_heart_rate(bytes)) {
    must(heart->rate_bpm >= 0 && heart->rate_bpm <= sensing::kMostHeartRate);
    for (const Seconds interval : heart->rr) must(interval.value() > 0 && interval.value() <= 64);
  }
  for (const auto reading : {sensing::OxygenReading::spot_check, sensing::OxygenReading::continuous}) {
    const auto oxygen = sensing::parse_oxygen(bytes, reading);
    if (!oxygen) continue;
    must(std::none_of(oxygen->notices.begin(), oxygen->notices.end(), sensing::spoils) ||
         (!oxygen->saturation_percent && !oxygen->pulse_bpm));
    must(!oxygen->saturation_percent ||
         (*oxygen->saturation_percent > 0 && *oxygen->saturation_percent <= 100));
    must(!oxygen->pulse_bpm || (std::isfinite(*oxygen->pulse_bpm) && *oxygen->pulse_bpm > 0));
  }
  if (const auto pressure = sensing::parse_blood_pressure(bytes); pressure && pressure->systolic_mmhg)
    must(std::none_of(pressure->notices.begin(), pressure->notices.end(), sensing::spoils) &&
         pressure->diastolic_mmhg >= sensing::kLeastPressureMmhg &&
         pressure->diastolic_mmhg < pressure->systolic_mmhg &&
         pressure->systolic_mmhg <= sensing::kMostPressureMmhg);
  return 0;
}
