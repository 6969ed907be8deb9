// SPDX-License-Identifier: Apache-2.0
#include "exercises/prescription.h"

#include <cmath>

#include "engine/exercise/signal_value.h"
#include "json/strict_json.h"

namespace reprise::exercises {

Result<engine::CoachOptions> coach_options(const engine::ExerciseDefinition& definition,
                                           const Prescription& prescription) {
  engine::CoachOptions options;
  options.side = prescription.side;
  if (!prescription.ceiling) return options;
  const bool angle = engine::is_angle(definition.primary.measure);
  options.ceiling = angle ? Radians{Degrees{*prescription.ceiling}}.value() : *prescription.ceiling;
  if (std::isfinite(*options.ceiling) && engine::progress(definition, *options.ceiling) > 0) return options;
  return fail(ErrorCode::invalid_argument, "reading the prescription",
              "the ceiling " + json::shown(*prescription.ceiling) +
                  " is no number beyond the rest position of " + definition.id,
              angle ? "give the largest allowed value of the main measure, in degrees"
                    : "give the largest allowed value of the main measure");
}

}  // namespace reprise::exercises
