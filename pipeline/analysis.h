#pragma once

#include "base/result.h"
#include "exercises/catalog.h"
#include "exercises/prescription.h"
#include "pipeline/recording.h"
#include "session/document.h"

namespace reprise {

/// Runs the live and the recorded pass over a recording of one exercise. Errors: those of `coach_options`
/// (invalid_argument: a ceiling at or before the rest position).
[[nodiscard]] Result<SessionDocument> analyze(const Recording& recording, const CatalogExercise& exercise,
                                              const Prescription& prescription = {});

}  // namespace reprise
