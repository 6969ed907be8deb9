// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

// The functions behind the programme builder's page: texts in, texts out (wasm/reprise.d.mts
// shapes them).
namespace reprise::care {

/// Lists the contraindications of each exercise, in the order of the files. `answers`: of the record, with
/// the Conditions. `options`: `today`, `ceilings` (of each file; null: none).
[[nodiscard]] Result<std::string> contraindications_text(std::span<const std::string> rules,
                                                         std::span<const std::string> exercises,
                                                         std::span<const std::string> answers,
                                                         std::string_view options);

/// Turns a phase of a template into the items of a draft, with keys of their own. `exercises`: files, at
/// least those of the phase. `options`: `phase`, `patient`, `affected`, `language`, `start`, `simulated`.
[[nodiscard]] Result<std::string> template_text(const std::string& protocol,
                                                std::span<const std::string> exercises,
                                                std::string_view options);

/// Proposes progressions for each exercise of the active programme from its last days. `answers`: as of
/// read_programme, with Procedures and Observations. `today`: a day.
[[nodiscard]] Result<std::string> intensity_text(std::span<const std::string> answers,
                                                 std::string_view today);

/// Returns an exercise's file as the record keeps it.
[[nodiscard]] Result<std::string> definition_text(const std::string& exercise);

}  // namespace reprise::care
