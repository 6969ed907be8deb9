// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// When an endurance session may start, and when it must stop: limits that a clinician set for this patient
// (docs/reference/programme.md). Rules, no inference; no limit has a default.
namespace reprise::care {

enum class EnduranceSign : std::uint8_t {
  heart_rate,         ///< beats a minute
  oxygen_saturation,  ///< percent
  systolic,           ///< mm[Hg]
  diastolic,          ///< mm[Hg]
  breathlessness,     ///< 0 to 10
};

/// "heart-rate", "oxygen-saturation", …: as Flags and the page name it.
[[nodiscard]] std::string_view name_of(EnduranceSign sign);
[[nodiscard]] std::optional<EnduranceSign> endurance_sign_from_name(std::string_view name);

/// Empty: the clinician set none.
struct EnduranceLimits {
  // At rest, before the start.
  std::optional<double> start_heart_rate;  ///< more: no start
  std::optional<double> start_oxygen;      ///< less: no start
  std::optional<double> start_systolic;    ///< more: no start
  std::optional<double> start_diastolic;   ///< more: no start
  // During the session.
  std::optional<double> stop_heart_rate;      ///< more: stop
  std::optional<double> stop_oxygen;          ///< less: stop
  std::optional<double> stop_breathlessness;  ///< this or more: stop
};

/// Measured or rated values; empty: not known.
struct EnduranceSigns {
  std::optional<double> heart_rate;
  std::optional<double> oxygen;
  std::optional<double> systolic;
  std::optional<double> diastolic;
  std::optional<double> breathlessness;
};

struct EnduranceStart {
  std::vector<EnduranceSign> passed;   ///< no start today
  std::vector<EnduranceSign> missing;  ///< have a limit, so they must be measured first
  [[nodiscard]] bool allowed() const { return passed.empty() && missing.empty(); }
};

[[nodiscard]] EnduranceStart judge_start(const EnduranceLimits& limits, const EnduranceSigns& at_rest);

/// Returns the limits that are passed now. A missing value passes none: a strap may fail during a session.
[[nodiscard]] std::vector<EnduranceSign> passed_limits(const EnduranceLimits& limits,
                                                       const EnduranceSigns& now);

}  // namespace reprise::care
