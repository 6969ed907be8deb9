// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/side.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// Muscles that a target can be set for: those whose electrodes a person can place by a picture in words.
inline constexpr std::array<std::string_view, 12> kMuscles = {
    "vastus-medialis", "rectus-femoris",    "hamstrings",      "gluteus-maximus",
    "gluteus-medius",  "tibialis-anterior", "gastrocnemius",   "biceps",
    "triceps",         "deltoid",           "upper-trapezius", "forearm-extensors"};

/// What a clinician wants a muscle to do in an exercise: to reach a share of today's reference contraction
/// (urn:reprise:muscle-target).
struct MuscleTarget {
  std::string muscle;  ///< one of kMuscles
  Side side = Side::left;
  double share_percent = 0;  ///< of the reference contraction, kLeastMuscleShare to kMostMuscleShare
  double hold_s = 0;         ///< kLeastMuscleHold to kMostMuscleHold

  bool operator==(const MuscleTarget&) const = default;
};

/// Beyond these a number is a slip. Unsourced defaults.
inline constexpr double kLeastMuscleShare = 5;
inline constexpr double kMostMuscleShare = 100;
inline constexpr double kLeastMuscleHold = 1;
inline constexpr double kMostMuscleHold = 60;

/// The target of a request; empty: none. Fails with why it cannot be followed.
[[nodiscard]] tl::expected<std::optional<MuscleTarget>, std::string> read_muscle_target(
    const fhir::Json& request);

/// The extension that says it.
[[nodiscard]] fhir::Json muscle_extension(const MuscleTarget& target);

}  // namespace reprise::care
