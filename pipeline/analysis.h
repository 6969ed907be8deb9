#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exercises/catalog.h"
#include "exercises/prescription.h"
#include "pipeline/recording.h"
#include "session/document.h"

namespace reprise {

/// Returns the options that change a result, as typed in the command: "--side left --ceiling 90 --person 2".
/// `of_recording`: those of the recording. Empty: none does.
[[nodiscard]] std::string options_text(const Prescription& prescription, std::string_view of_recording);

/// Runs the live and the recorded pass over a recording of one exercise. Errors: those of `coach_options`
/// (invalid_argument: a ceiling at or before the rest position).
[[nodiscard]] Result<SessionDocument> analyze(const Recording& recording, const CatalogExercise& exercise,
                                              const Prescription& prescription = {});

}  // namespace reprise
