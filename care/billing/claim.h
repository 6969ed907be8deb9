// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/billing/billing_summary.h"
#include "fhir/fields/fields.h"

namespace reprise::care::billing {

/// What a claim says beside its lines.
struct ClaimHead {
  std::string patient;
  std::string practitioner;  ///< whose claim it is
  std::string created;       ///< as FHIR writes times
  bool simulated = false;
};

/// A draft of a FHIR Claim of all lines that are ready, each with its evidence; codes alone, without the
/// words that belong to their owner. Errors: invalid_argument; nothing_measured where no line is ready.
[[nodiscard]] Result<Json> draft_claim(std::span<const Line> lines, const ClaimHead& head);

/// What csv_lines's columns are called, as its first line.
[[nodiscard]] std::string csv_header();
/// All lines of a patient, whatever their state, by RFC 4180. What a spreadsheet would take for a formula is
/// a text.
[[nodiscard]] std::string csv_lines(std::span<const Line> lines, std::string_view patient);

}  // namespace reprise::care::billing
