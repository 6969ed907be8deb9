#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

// What the page that writes programmes asks of this module and of care: texts in, texts out
// (wasm/reprise.d.mts shapes them).
namespace reprise::care {

/// Why each of the exercises is not, or not simply, for somebody: lists in the order of the files. `answers`:
/// of the record, with the Conditions. `options`: `today`, `ceilings` (of each file; null: none).
[[nodiscard]] Result<std::string> objections_text(std::span<const std::string> rules,
                                                  std::span<const std::string> exercises,
                                                  std::span<const std::string> answers,
                                                  std::string_view options);

/// A phase of a template as CarePlan and ServiceRequests. `exercises`: files, at least of those that the
/// phase has. `options`: `phase`, `patient`, `affected`, `language`, `start`, `simulated`.
[[nodiscard]] Result<std::string> template_text(const std::string& protocol,
                                                std::span<const std::string> exercises,
                                                std::string_view options);

/// What the last days speak for, of each exercise of the active programme (`answers` as of read_programme,
/// with Procedures and Observations). `today`: a day.
[[nodiscard]] Result<std::string> intensity_text(std::span<const std::string> answers,
                                                 std::string_view today);

/// An exercise's file as the record keeps it.
[[nodiscard]] Result<std::string> definition_text(const std::string& exercise);

}  // namespace reprise::care
