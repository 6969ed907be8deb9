#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/accounts/secret.h"
#include "record/store/record.h"

// A record for trying out: a patient who is none, with a programme.
namespace reprise::server {

/// Somebody of the demonstration.
struct DemonstrationPerson {
  std::string who;                           ///< "Robin Simulated, the patient"
  std::string account;                       ///< the name to sign in by
  std::optional<record::Secret> invitation;  ///< while the account has no password: a new one
};

/// Fills a record with `bundle`, a transaction whose entries are conditional (catalog/demo/patient.json),
/// where that is not there yet, and makes accounts for its Patient and its Practitioner. What somebody has
/// changed stays. Errors: conflict, where the record has a patient who is not marked as simulated; corrupt,
/// where the bundle is not as said; those of the record.
[[nodiscard]] Result<std::vector<DemonstrationPerson>> prepare_demonstration(record::Record& record,
                                                                             std::string_view bundle);

/// Says how each of them gets in; `addresses`: of the server, the first for its own machine, the second for a
/// phone. `in_terminal`: also by a code that a phone can read.
void tell_links(const std::vector<DemonstrationPerson>& people, const std::vector<std::string>& addresses,
                bool in_terminal, const std::function<void(std::string_view)>& tell);

}  // namespace reprise::server
