// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fhir/fields/fields.h"
#include "simulation/clinic/calendar.h"
#include "simulation/clinic/diary.h"
#include "simulation/clinic/prescribed.h"

namespace reprise::simulation {

/// The clinic that the simulated patients come to: ids of resources that are there already.
struct SimulatedStaff {
  std::string organization;
  std::string practitioner;  ///< in the care team of all
};

/// All resources of a simulated patient except those of sessions at home.
struct Registration {
  const SimulatedPerson& person;
  const std::vector<SimulatedProgramme>& programmes;
  const Diary& diary;
  const SimulatedStaff& staff;
  const Calendar& calendar;
  std::uint64_t seed = 1;
  int days = 0;
  int recorded_from = 0;  ///< from this day on movement is recorded
};

/// Patient, Conditions, CareTeam, Goals, programmes and consents, as one transaction.
[[nodiscard]] Result<Json> registration_bundle(const Registration& registration);

/// Visits (Encounter) and messages (Communication), as one transaction.
[[nodiscard]] Json contacts_bundle(const Registration& registration);

}  // namespace reprise::simulation
