// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "record/store/record.h"
#include "simulation/clinic/clinic.h"

namespace reprise::server {

/// Returns the clinic's time, by this machine's clock and time zone.
void set_today(simulation::ClinicOptions& options);

/// The progress of the simulated clinic's history.
struct Filling {
  int patients = 0;  ///< complete ones
  int of = 0;
};

/// The callbacks of the caller.
struct SeedingListener {
  std::function<void(std::string_view)> on_progress;  ///< progress callback; called by one thread at a time
  std::function<bool()> interrupted;                  ///< returns true to cancel between two changes
  std::function<void(Filling)> filled = [](Filling) {};  ///< called for each complete patient
  /// Called when simulation::patient_with_history is complete, at each start; that patient is the first one.
  std::function<void(const simulation::SimulatedPerson&)> has_history =
      [](const simulation::SimulatedPerson&) {};
};

/// Fills a demonstration's record with a simulated clinic, once. Continues an interrupted start with the same
/// options; complete patients stay as users left them. Errors: cancelled; those of the record and of
/// care::simulate_patient.
[[nodiscard]] Result<void> add_simulated_clinic(record::Record& record,
                                                const simulation::ClinicOptions& options,
                                                const std::vector<exercises::CatalogFile>& exercises,
                                                const SeedingListener& listener);

}  // namespace reprise::server
