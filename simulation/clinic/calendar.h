// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"

namespace reprise::simulation {

/// The days of a simulation as a clinic's clock has them. Day 0 is its first; `days` is today.
class Calendar {
 public:
  /// `today`: "2026-03-02". `zone_minutes`: east of Greenwich, the same on all days. Errors:
  /// invalid_argument.
  [[nodiscard]] static Result<Calendar> of(const std::string& today, int days, int zone_minutes);

  [[nodiscard]] std::string date(int day) const;
  /// As FHIR writes times; `second`: since the day began.
  [[nodiscard]] std::string time(int day, int second) const;
  /// Of day 0; Monday is 0.
  [[nodiscard]] int first_weekday() const;
  [[nodiscard]] int year(int day) const;

 private:
  Calendar(int first, int zone_minutes) : first_(first), zone_minutes_(zone_minutes) {}

  int first_;  ///< days from 1970-01-01 to day 0
  int zone_minutes_;
};

}  // namespace reprise::simulation
