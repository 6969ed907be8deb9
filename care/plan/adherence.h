// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/plan/programme_history.h"

// Adherence: the share of the prescribed exercise that was done, each day by the programme then in force. The
// chart, the report and the notes all use this computation.
namespace reprise::care {

/// A set, finished or stopped: stopping for pain is right.
struct SetOnDay {
  fhir::Day day = 0;  ///< in the patient's time zone
  std::string exercise;
};

struct AdherenceDay {
  fhir::Day day = 0;
  int done = 0;
  double prescribed = 0;  ///< sets on an average day of the programme in force; 0: none
  bool changed = false;   ///< the programme differs from the day before
};

struct AdherenceWeek {
  fhir::Day monday = 0;
  int done = 0;
  /// Sets. Of a week partly covered: those of the days in force. Of the running week: those of the days that
  /// are over, and today's completed ones.
  double prescribed = 0;
  int days = 0;  ///< with a programme in force
  /// Of the prescribed sets; extra sets of one exercise do not make up for another. Empty: none prescribed.
  std::optional<double> percent;
  bool running = false;  ///< the week of `today`, so far
};

/// Returns one entry a day from `from` to `today`, both included.
[[nodiscard]] std::vector<AdherenceDay> adherence_days(const ProgrammeHistory& history,
                                                       std::span<const SetOnDay> sets, fhir::Day from,
                                                       fhir::Day today);

/// Returns whole weeks, from the one of `from` to the one of `today`; a week begins on Monday.
[[nodiscard]] std::vector<AdherenceWeek> adherence_weeks(const ProgrammeHistory& history,
                                                         std::span<const SetOnDay> sets, fhir::Day from,
                                                         fhir::Day today);

/// Returns the mean of the completed weeks, weighted by their days in force; empty if there is none.
[[nodiscard]] std::optional<double> mean_adherence(std::span<const AdherenceWeek> weeks);

}  // namespace reprise::care
