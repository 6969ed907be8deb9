#pragma once

#include <optional>

#include "exercises/catalog.h"

namespace reprise {

/// The leg that somebody stands on while doing a one-legged exercise on the prescribed side (in the
/// exercise's own words), as it is drawn. Empty where both feet bear weight, or where none can be told.
[[nodiscard]] std::optional<Side> standing_leg(const CatalogExercise& exercise, Side prescribed);

}  // namespace reprise
