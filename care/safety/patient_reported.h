// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fhir/fields/fields.h"

// What a patient says of pain and effort, as Observations.
namespace reprise::care {

enum class Moment : std::uint8_t { before, during, after, next_morning };

/// "before", "during", "after", "next-morning".
[[nodiscard]] std::string_view code_of(Moment moment);
[[nodiscard]] std::optional<Moment> moment_of(std::string_view code);

/// What an Observation has beside its value.
struct ReportContext {
  std::string patient;
  std::string session;  ///< UUID; empty: of none
  std::string when;     ///< as FHIR writes times
  bool simulated = false;
};

/// Pain on the numeric scale from 0 to 10 (LOINC 72514-3), and when it was felt.
[[nodiscard]] Json pain_observation(const ReportContext& by, Moment moment, int value);
/// How hard it was, from 0 to 10: a scale of our own.
[[nodiscard]] Json effort_observation(const ReportContext& by, int value);

}  // namespace reprise::care
