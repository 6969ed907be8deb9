// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "fhir/model/json.h"

namespace reprise::care {

enum class LoadUnit : std::uint8_t { percent, kg };

/// The most load that the affected leg may bear (urn:reprise:load-limit), beside a partial weight bearing.
/// Load sensors in the shoes follow it.
struct LoadLimit {
  double amount = 0;
  LoadUnit unit = LoadUnit::percent;  ///< of the body's mass, or kg
  double body_mass_kg = 0;            ///< of the patient as dressed; the sensors are checked against it
  bool helper = true;                 ///< to walk with sensors only with a helper

  /// Share of the body's weight.
  [[nodiscard]] double share() const;
  bool operator==(const LoadLimit&) const = default;
};

/// Beyond these a number is a slip. Unsourced defaults.
inline constexpr double kLeastBodyMassKg = 20;
inline constexpr double kMostBodyMassKg = 300;
inline constexpr double kLeastLoadShare = 0.1;
inline constexpr double kLeastLoadKg = 5;
inline constexpr double kMostLoadShare = 1;

/// Empty if the limit can be followed, else why not.
[[nodiscard]] std::string why_no_load_limit(const LoadLimit& limit);

/// The limit of a CarePlan; empty: none. Fails with why it cannot be followed.
[[nodiscard]] tl::expected<std::optional<LoadLimit>, std::string> read_load_limit(
    const fhir::Json& care_plan);

/// The extension that says it.
[[nodiscard]] fhir::Json load_limit_extension(const LoadLimit& limit);

}  // namespace reprise::care
