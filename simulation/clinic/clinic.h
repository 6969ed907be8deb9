// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "simulation/clinic/registration.h"

// A clinic of simulated patients, for trials and for testing rules against a known truth:
// docs/guide/simulated-clinic.md.
namespace reprise::simulation {

struct ClinicOptions {
  std::uint64_t seed = 1;
  int patients = 60;
  int days = 120;         ///< before today
  std::string today;      ///< "2026-03-02": only appointments are of this day or later
  int zone_minutes = 0;   ///< east of Greenwich
  int recorded_days = 7;  ///< the last days keep recordings of the body model
};

/// A part of one patient's resources.
struct ClinicPart {
  int patient = 0;    ///< from 1
  bool last = false;  ///< of this patient
  Json bundle;        ///< a transaction of at most some hundred entries; sent twice, it changes nothing
};

/// The truth about one patient, beside what the record shows.
struct ClinicTruth {
  SimulatedPerson person;
  Diary diary;
};

/// Checks them. Errors: invalid_argument.
[[nodiscard]] Result<Calendar> calendar_of(const ClinicOptions& options);

/// The truth about patient `number`: the same from the same options.
[[nodiscard]] ClinicTruth truth_about(const ClinicOptions& options, const Calendar& calendar, int number);

/// Returns the first patient whose own pages show what three months look like: who is filmed and lets
/// movement be kept, has had a programme for 90 days or more, exercised within the last three days, and was
/// not stopped by a warning sign in the last two weeks; nullopt if there is none.
[[nodiscard]] std::optional<SimulatedPerson> patient_with_history(const ClinicOptions& options,
                                                                  const Calendar& calendar);

/// Gives `take` all parts of one patient, in order: who is registered before what they did. Several patients
/// may be simulated at the same time. Errors: those of `take`, which end it; invalid_argument; not_found,
/// where the catalog lacks an exercise.
[[nodiscard]] Result<void> simulate_patient(const ClinicOptions& options, const SimulatedStaff& staff,
                                            const std::vector<exercises::CatalogExercise>& catalog,
                                            int number, const std::function<Result<void>(ClinicPart)>& take);

/// Writes the simulated events of all patients, for programs.
[[nodiscard]] Result<Json> truth_json(const ClinicOptions& options);

}  // namespace reprise::simulation
