#pragma once

#include <string>

#include "simulation/clinic/registration.h"

namespace reprise::care {

/// A note of a visit (Composition) in SOAP form, with what was reported until then. `second`: of the day.
/// `signed_off`: else it is preliminary.
[[nodiscard]] Json visit_note(const Registration& registration, const std::string& id,
                              const std::string& encounter, int day, int second, bool signed_off);

}  // namespace reprise::care
