#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "record/store/record.h"
#include "simulation/clinic/clinic.h"

namespace reprise::server {

/// The clinic's time, from this machine's clock and zone.
void set_today(care::ClinicOptions& options);

/// How far the simulated clinic's history is.
struct Filling {
  int patients = 0;  ///< that are complete
  int of = 0;
};

/// Whoever waits for it.
struct SeedingListener {
  std::function<void(std::string_view)> tell;            ///< is told how far it is, by one thread at a time
  std::function<bool()> interrupted;                     ///< ends it between two changes
  std::function<void(Filling)> filled = [](Filling) {};  ///< is told of each patient that is complete
};

/// Fills a demonstration's record with a simulated clinic, once: what an earlier start began is gone on with
/// as it was begun, and what is complete stays as people have left it. Errors: cancelled; those of the record
/// and of care::simulate_patient.
[[nodiscard]] Result<void> add_simulated_clinic(record::Record& record, const care::ClinicOptions& options,
                                                const std::vector<CatalogFile>& exercises,
                                                const SeedingListener& listener);

}  // namespace reprise::server
