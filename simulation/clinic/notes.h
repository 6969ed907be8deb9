// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulation/clinic/registration.h"

namespace reprise::simulation {

/// Builds a visit's note (Composition) in SOAP form from the reports so far. `second`: of the day.
/// `signed_off`: if false, the note is preliminary.
[[nodiscard]] Json visit_note(const Registration& registration, const std::string& id,
                              const std::string& encounter, int day, int second, bool signed_off);

}  // namespace reprise::simulation
