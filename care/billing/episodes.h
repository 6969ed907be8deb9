// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "care/billing/facts.h"

namespace reprise::care::billing {

/// Plans that overlap or share a day, as one stretch of monitoring: a patient is monitored once at a time.
struct Monitoring {
  Day from;
  std::optional<Day> to;
  std::vector<Episode> episodes;  ///< in the order in which they began
};

/// In the order of time.
[[nodiscard]] std::vector<Monitoring> monitored(std::vector<Episode> episodes);

/// A period of supply. All are of the same length and none overlap.
struct Window {
  Day from;
  Day to;
};

/// The periods of `days` days, one behind the other from the first day of each stretch of monitoring on, or
/// from the end of the period before where that is later; those that begin by `today`. What the patient
/// recorded moves none of them.
[[nodiscard]] std::vector<Window> windows_of(std::span<const Monitoring> all, int length, Day today);

[[nodiscard]] bool covers(const Episode& episode, Day day);

}  // namespace reprise::care::billing
