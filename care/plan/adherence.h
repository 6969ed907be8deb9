#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/plan/programme_history.h"

// How much of what was prescribed was done, each day by the programme then in force. Everything that shows
// adherence (chart, report, notes) takes it from here.
namespace reprise::care {

/// A set that was done, to its end or until it was stopped: stopping for pain is right.
struct SetOnDay {
  fhir::Day day = 0;  ///< by the patient's clock
  std::string exercise;
};

struct AdherenceDay {
  fhir::Day day = 0;
  int done = 0;
  double prescribed = 0;  ///< sets on an average day of the programme in force; 0: nothing was prescribed
  bool changed = false;   ///< another programme than on the day before
};

struct AdherenceWeek {
  fhir::Day monday = 0;
  int done = 0;
  double prescribed = 0;          ///< sets; of a week partly covered, those of the days in force; of the
                                  ///< running week, those of the days that are over and of what was done
                                  ///< today
  int days = 0;                   ///< on which a programme was in force
  std::optional<double> percent;  ///< of what was prescribed; more than prescribed of one exercise makes up
                                  ///< for nothing of another; empty: nothing was prescribed
  bool running = false;           ///< the week of `today`, so far
};

/// From `from` to `today`, both included.
[[nodiscard]] std::vector<AdherenceDay> adherence_days(const ProgrammeHistory& history,
                                                       std::span<const SetOnDay> sets, fhir::Day from,
                                                       fhir::Day today);

/// Whole weeks from that of `from` to that of `today`; Monday is their first day.
[[nodiscard]] std::vector<AdherenceWeek> adherence_weeks(const ProgrammeHistory& history,
                                                         std::span<const SetOnDay> sets, fhir::Day from,
                                                         fhir::Day today);

/// The mean of the weeks that are over, each by its days in force; empty: there is none.
[[nodiscard]] std::optional<double> mean_adherence(std::span<const AdherenceWeek> weeks);

}  // namespace reprise::care
