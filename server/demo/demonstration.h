// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/accounts/secret.h"
#include "record/store/record.h"
#include "simulation/clinic/person.h"

// The demonstration: a record with a simulated patient and a programme.
namespace reprise::server {

/// A user of the demonstration.
struct DemonstrationPerson {
  std::string who;                           ///< "Robin Simulated, the patient"
  std::string account;                       ///< the login name
  std::optional<record::Secret> invitation;  ///< a new one while the account has no password
};

/// Fills a record with `bundle`, a transaction of conditional entries (catalog/demo/patient.json), and
/// creates accounts for its Patient and Practitioner. Existing resources stay, with all changes by users.
/// Errors: conflict (the record has a patient who is not marked as simulated), corrupt (the bundle has
/// another form); those of the record.
[[nodiscard]] Result<std::vector<DemonstrationPerson>> prepare_demonstration(record::Record& record,
                                                                             std::string_view bundle);

/// Creates the account of a patient of the simulated clinic, named as the patient is; nullopt if another
/// person has an account of that name. Errors: those of the record.
[[nodiscard]] Result<std::optional<DemonstrationPerson>> let_in_with_history(
    record::Record& record, const simulation::SimulatedPerson& person);

/// Prints how each user signs in. `addresses`: of the server, the first for its own machine, the second for a
/// phone. `in_terminal`: also prints a QR code.
void print_links(const std::vector<DemonstrationPerson>& people, const std::vector<std::string>& addresses,
                 bool in_terminal, const std::function<void(std::string_view)>& on_progress);

}  // namespace reprise::server
