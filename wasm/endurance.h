// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sensing/activity/heart_rate_file.h"

// What an endurance session in the browser needs of the engine: texts in, texts out (reprise.d.mts).
namespace reprise::wasm {

/// A value that a device notified, as a HeartRateValue, OxygenValue or BloodPressureValue. Errors: those of
/// sensing/bluetooth/gatt_values.h.
[[nodiscard]] Result<std::string> heart_rate_value_text(std::span<const std::uint8_t> bytes);
[[nodiscard]] Result<std::string> oxygen_value_text(std::span<const std::uint8_t> bytes, bool continuous);
[[nodiscard]] Result<std::string> blood_pressure_value_text(std::span<const std::uint8_t> bytes);

/// The heart rates of a file, as a HeartRatesOfFile. Errors: those of `file.finish`.
[[nodiscard]] Result<std::string> file_heart_rates_text(sensing::HeartRateFile& file);

/// Whether a session may start, or must stop: care::judge_start and care::passed_limits. `facts`: an
/// EnduranceFacts; returns an EnduranceVerdict. Errors: those of reading.
[[nodiscard]] Result<std::string> endurance_verdict_text(std::string_view facts);

/// Sums up a session. `session`: an EnduranceSession; returns a MeasuredResult. Errors: those of reading and
/// of session::measure_endurance.
[[nodiscard]] Result<std::string> endurance_session_text(std::string_view session);

}  // namespace reprise::wasm
