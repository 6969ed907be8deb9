#include "exercises/prescription.h"

#include <cmath>

#include "engine/exercise/signal_value.h"
#include "json/strict_json.h"

namespace reprise {

Result<CoachOptions> coach_options(const ExerciseDefinition& definition, const Prescription& prescription) {
  CoachOptions options;
  options.side = prescription.side;
  if (!prescription.ceiling) return options;
  const bool angle = is_angle(definition.primary.measure);
  options.ceiling = angle ? Radians{Degrees{*prescription.ceiling}}.value() : *prescription.ceiling;
  if (std::isfinite(*options.ceiling) && progress(definition, *options.ceiling) > 0) return options;
  return fail(ErrorCode::invalid_argument, "reading the prescription",
              "the ceiling " + json::shown(*prescription.ceiling) +
                  " is no number beyond the rest position of " + definition.id,
              angle ? "give the largest allowed value of the main measure, in degrees"
                    : "give the largest allowed value of the main measure");
}

}  // namespace reprise
