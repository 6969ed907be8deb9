#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "care/simulation/clinic.h"
#include "record/store/record.h"

namespace reprise::server {

/// The clinic's time, from this machine's clock and zone.
void set_today(care::ClinicOptions& options);

/// Fills a demonstration's record with a simulated clinic, once: what an earlier start began is gone on with
/// as it was begun, and what is complete stays as people have left it. `tell`: is told how far it is.
/// `interrupted`: ends it between two changes. Errors: cancelled; those of the record and of
/// care::simulate_clinic.
[[nodiscard]] Result<void> add_simulated_clinic(record::Record& record, const care::ClinicOptions& options,
                                                const std::vector<CatalogueFile>& exercises,
                                                const std::function<void(std::string_view)>& tell,
                                                const std::function<bool()>& interrupted);

}  // namespace reprise::server
