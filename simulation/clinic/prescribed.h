// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exercises/catalog.h"
#include "simulation/clinic/person.h"

namespace reprise::simulation {

/// One exercise of a simulated programme.
struct SimulatedPrescription {
  const exercises::CatalogExercise* exercise = nullptr;
  std::string request;               ///< UUID: that of the ServiceRequest
  std::optional<engine::Side> side;  ///< empty: the exercise has none, or both
  bool both = false;                 ///< either side in turn
  std::optional<double> ceiling;     ///< of the primary measure, degrees
  std::optional<double> target;      ///< degrees or ratio
  int repetitions = 10;
  std::optional<Seconds> hold;
};

struct SimulatedProgramme {
  std::string id;  ///< UUID: that of the CarePlan
  int first_day = 0;
  int end_day = 0;  ///< the first day on which it no longer holds; `days` or later: it still does
  std::vector<SimulatedPrescription> exercises;
};

/// Returns a patient's one or two programmes; one set per exercise and session. Errors: not_found if the
/// catalog lacks an exercise.
[[nodiscard]] Result<std::vector<SimulatedProgramme>> programmes_of(
    std::uint64_t seed, const SimulatedPerson& person, int days,
    const std::vector<exercises::CatalogExercise>& catalog);

/// The value of an exercise's primary measure at a share of the way to its target: degrees or ratio.
[[nodiscard]] double value_at(const exercises::CatalogExercise& exercise, double progress);

}  // namespace reprise::simulation
